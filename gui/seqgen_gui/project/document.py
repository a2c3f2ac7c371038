"""The project file: one JSON object with a part for each page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from seqgen import __version__
from seqgen.errors import InputFileError, reason

FORMAT = 1
SUFFIX = ".seqgen"
MAX_BYTES = 1 << 30


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """Everything in a project; ``parts`` belong to the pages, by name.

    A part that nobody here knows is kept as it is.
    """

    seqgen_project: int = FORMAT
    version: str = __version__
    parts: dict[str, Any] = {}


def document_bytes(document: Document) -> bytes:
    """The file of a document; the same content gives the same bytes."""
    return msgspec.json.format(msgspec.json.encode(document, order="sorted"), indent=1) + b"\n"


def read_document(path: Path) -> Document:
    """Read a project file.

    Raises InputFileError for one that is missing, damaged, no project or of a later format.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputFileError(f"{path} is longer than {MAX_BYTES >> 20} MiB")
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputFileError(f"no such file: {path}") from None
    except (OSError, ValueError) as error:
        raise InputFileError(f"cannot read {path}: {reason(error)}") from None
    try:
        told = msgspec.json.decode(data)
        if not isinstance(told, dict) or "seqgen_project" not in told:
            raise InputFileError(f"{path} is no seqgen project")
        document = msgspec.convert(told, Document)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InputFileError(f"{path} is no seqgen project: {reason(error)}") from None
    if document.seqgen_project != FORMAT:
        found = document.seqgen_project
        raise InputFileError(f"{path} has project format {found}, this seqgen reads {FORMAT}")
    return document
