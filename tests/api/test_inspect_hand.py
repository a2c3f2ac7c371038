from __future__ import annotations

import json
from pathlib import Path

import pytest

from seqgen.api.inspect import inspect
from seqgen.api.styles import model_fingerprint
from seqgen.core.checkpoint import read_bundle
from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.hand_file import FORMAT, HandFile, hand_bytes
from seqgen.reports import HandReport
from tests.tiny_ink import tiny_pen_bundle


def style_file(path: Path, model: str, fingerprint: str) -> Path:
    hand = HandFile(
        seqgen_hand=FORMAT,
        name="Ada",
        model=model,
        fingerprint=fingerprint,
        size=2,
        vector=[0.25, -1.0],
        lines=3,
        characters=90,
        nats_per_point={"no_style": 1.0, "fitted": 0.5},
    )
    path.write_bytes(hand_bytes(hand))
    return path


def report(path: Path) -> HandReport:
    found = inspect(str(path))
    assert isinstance(found, HandReport)
    return found


def test_a_style_says_for_whom_and_from_what_it_is(tmp_path: Path) -> None:
    model = tiny_pen_bundle(tmp_path / "tiny.safetensors")
    own = model_fingerprint(read_bundle(model)[1])
    told = report(style_file(tmp_path / "me.hand", str(model), own))
    assert (told.name, told.model, told.fingerprint) == ("Ada", str(model), own)
    assert (told.lines, told.characters) == (3, 90)
    assert told.nats_per_point == {"fitted": 0.5, "no_style": 1.0}
    assert told.warnings == []


def test_a_style_of_another_model_is_doubted(tmp_path: Path) -> None:
    model = tiny_pen_bundle(tmp_path / "tiny.safetensors")
    other = style_file(tmp_path / "me.hand", str(model), "0123456789abcdef")
    [told] = report(other).warnings
    assert "01234567, the one at hand is" in told
    [told] = report(style_file(tmp_path / "lost.hand", "nobody", "0123456789abcdef")).warnings
    assert told.startswith("its model cannot be looked at: unknown model 'nobody'")


def test_a_style_is_known_by_its_content_too(tmp_path: Path) -> None:
    path = style_file(tmp_path / "me.json", "nobody", "0123456789abcdef")
    assert report(path).name == "Ada"


def test_a_damaged_style_is_one_sentence(tmp_path: Path) -> None:
    path = style_file(tmp_path / "me.hand", "nobody", "0123456789abcdef")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"vector": [1.0]}))
    with pytest.raises(InputFileError, match=r"me\.hand is a damaged style file: .*1 numbers"):
        inspect(str(path))


@pytest.mark.parametrize("name", ["me.hand", "me.safetensors"])
def test_an_empty_file_is_told_to_be_empty_and_not_to_be_no_model(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).touch()
    with pytest.raises(InputFileError, match="is empty"):
        inspect(str(tmp_path / name))
