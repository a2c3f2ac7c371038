"""XML from anywhere: read without entities, and only up to a size and a depth."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from seqgen.errors import InputFileError, UsageError, reason

MAX_BYTES = 64 << 20
MAX_DEPTH = 256
MAX_TAGS = 8_000_000
MAX_ATTRIBUTES = 4_000_000
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse_xml(data: bytes, name: str) -> ElementTree.Element:
    """Return the root of an XML document; ``name`` is what messages call it.

    A document type is refused whole, for it alone can declare entities: nothing is ever expanded
    or fetched. The encoding is the document's own (UTF-8, UTF-16, Latin-1 and other 8-bit ones).
    Raises InputFileError where it is no well-formed XML, or beyond one of the limits above.
    """
    _check_bytes(data, name)
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise InputFileError(f"{name} is not well-formed XML: {error}") from error
    except (LookupError, ValueError) as error:  # encodings that Python or expat does not know
        raise InputFileError(f"{name} cannot be read as XML: {reason(error)}") from error
    level, depth = [root], 1
    while level := [child for element in level for child in element]:
        depth += 1
        if depth > MAX_DEPTH:
            raise InputFileError(f"{name} nests elements deeper than {MAX_DEPTH}")
    return root


def _check_bytes(data: bytes, name: str) -> None:
    """Refuse what expat should not even see: it would go on expanding behind a handler."""
    if not data:
        raise InputFileError(f"{name} is empty")
    if len(data) > MAX_BYTES:
        size, most = len(data) / (1 << 20), MAX_BYTES >> 20
        raise InputFileError(f"{name} is {size:.0f} MB of XML: the limit is {most} MB")
    if b"<!DOCTYPE" in data.replace(b"\0", b""):  # without zeros UTF-16 spells it the same
        raise InputFileError(
            f"{name} has a document type (<!DOCTYPE ...>), which may hide entities: remove it"
        )
    if data.count(b"<") > MAX_TAGS or data.count(b"=") > MAX_ATTRIBUTES:
        raise InputFileError(
            f"{name} has more than {MAX_TAGS:,} tags or {MAX_ATTRIBUTES:,} attributes"
        )


def local_name(element: ElementTree.Element) -> str:
    """The tag without its namespace: "path"."""
    return element.tag.rpartition("}")[2]


def xml_text(text: str) -> str:
    """Return ``text``, or raise UsageError where it holds a character that XML cannot."""
    wrong = _NO_XML.search(text)
    if wrong:
        raise UsageError(
            f"a text cannot hold the character U+{ord(wrong[0]):04X} at {wrong.start()}"
        )
    return text
