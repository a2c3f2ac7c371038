from __future__ import annotations

import pytest

from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.ink import safe_xml
from seqgen.frontends.handwriting.ink.safe_xml import local_name, parse_xml

LAUGHS = "".join(f'<!ENTITY l{k + 1} "{f"&l{k};" * 10}">' for k in range(12))
BOMB = f'<!DOCTYPE ink [<!ENTITY l0 "ha">{LAUGHS}]><ink>&l12;</ink>'
OUTSIDE = '<!DOCTYPE ink [<!ENTITY x SYSTEM "file:///etc/passwd">]><ink>&x;</ink>'
PUBLIC = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg.dtd"><svg/>'


def refusal(data: bytes) -> str:
    with pytest.raises(InputFileError) as caught:
        parse_xml(data, "a.svg")
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith("a.svg ")
    return message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("document", [BOMB, OUTSIDE, PUBLIC])
def test_a_document_type_is_refused_in_every_encoding(document: str, encoding: str) -> None:
    start = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    expected = "a.svg has a document type (<!DOCTYPE ...>), which may hide entities: remove it"
    assert refusal((start + document).encode(encoding)) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_the_encoding_is_the_document_s_own(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    data = f'<?xml version="1.0" encoding="{declared}"?><ink>fünf</ink>'.encode(encoding)
    assert parse_xml(data, "a.svg").text == "fünf"


def test_utf_16_needs_a_mark_and_no_declaration() -> None:
    assert parse_xml("<ink>\u00fc</ink>".encode("utf-16"), "a").text == "\u00fc"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.svg is empty"),
        (b"MThd", "a.svg is not well-formed XML: syntax error: line 1, column 0"),
        (b"<ink><trace>1 2</ink>", "mismatched tag"),
        (b"<ink>", "no element found"),
        (b"<ink>&nbsp;</ink>", "undefined entity"),
        (b"<ink>\0</ink>", "not well-formed"),
        (b'<?xml version="1.0" encoding="klingon"?><ink/>', "unknown encoding: klingon"),
        (b'<?xml version="1.0" encoding="shift_jis"?><ink/>', "multi-byte encodings"),
        (b'<?xml version="1.0" encoding="cp037"?>\x4c', "unknown encoding"),
        (b"<g>" * 200_000 + b"</g>" * 200_000, "nests elements deeper than 256"),
        (b"<g " + b'a="" ' * 4_000_001 + b"/>", "more than 8,000,000 tags or 4,000,000"),
    ],
    ids=lambda value: repr(value[:30]),
)
def test_what_is_no_sound_xml_is_refused_in_one_line(data: bytes, message: str) -> None:
    assert message in refusal(data)


def test_a_document_over_the_size_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_xml, "MAX_BYTES", 2 << 20)
    data = b"<ink>" + b" " * (3 << 20) + b"</ink>"
    assert refusal(data) == "a.svg is 3 MB of XML: the limit is 2 MB"


def test_elements_may_be_nested_up_to_the_limit() -> None:
    depth = safe_xml.MAX_DEPTH
    assert parse_xml(b"<g>" * depth + b"</g>" * depth, "a").tag == "g"
    assert "deeper than 256" in refusal(b"<g>" * (depth + 1) + b"</g>" * (depth + 1))


def test_the_local_name_has_no_namespace() -> None:
    assert local_name(parse_xml(b'<a:path xmlns:a="urn:odd"/>', "a")) == "path"
    assert local_name(parse_xml(b"<path/>", "a")) == "path"
