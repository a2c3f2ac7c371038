from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from seqgen.core.checkpoint import bundle_bytes, pack
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.page_ink import PageInk, PenInk
from seqgen.frontends.handwriting.ink.svg_writer import svg_page
from tests.api.test_inspect_hand import style_file
from tests.core.tiny import make_card, make_model, weights_of
from tests.tiny_ink import tiny_pen_bundle

Seqgen = Callable[..., Any]
MIDI = b"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x00\x60MTrk\x00\x00\x00\x14" + (
    b"\x00\xff\x03\x04Solo\x00\x90\x3c\x40\x60\x80\x3c\x00\x00\xff\x2f\x00"
)


def test_a_midi_file_is_told_in_a_few_lines(seqgen: Seqgen, tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(MIDI)
    told = seqgen("inspect", str(path))
    assert told.status == 0
    assert told.out.splitlines() == [
        f"{path}: MIDI format 0, 0:00.5, 1 bars, 1 notes",
        "tempo 120.0 bpm; 96 ticks a beat",
        "meter 4/4 from bar 1",
        "track 1  1 notes  melody  program 1  Solo",
    ]


@pytest.mark.parametrize(
    ("recipe", "told"),
    [
        (
            {"model": "pop", "seed": 7, "at": 9, "key": None, "own": [1, 2], "ends": [0]},
            "made by seqgen: at 9, model pop, seed 7",
        ),
        ("words", "made by seqgen: words"),
        ("[1]", "made by seqgen: [1]"),
    ],
)
def test_a_recipe_is_told_without_what_is_for_files_only(
    seqgen: Seqgen, tmp_path: Path, recipe: object, told: str
) -> None:
    text = recipe if isinstance(recipe, str) else json.dumps(recipe, sort_keys=True)
    event = b"\x00\xff\x01" + bytes([len(text) + 8]) + b"seqgen: " + text.encode()
    body = MIDI[MIDI.index(b"MTrk") + 8 :]
    size = (len(body) + len(event)).to_bytes(4, "big")
    path = tmp_path / "a.mid"
    path.write_bytes(MIDI[: MIDI.index(b"MTrk") + 4] + size + event + body)
    assert told in seqgen("inspect", str(path)).out.splitlines()


def test_json_is_one_object(seqgen: Seqgen, tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(MIDI)
    found = json.loads(seqgen("inspect", str(path), "--json").out)
    assert (found["kind"], found["notes"]) == ("midi", 1)
    assert found["tracks"][0]["name"] == "Solo"


def test_what_is_no_midi_is_one_line(seqgen: Seqgen, tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_text("hello")
    told = seqgen("inspect", str(path))
    assert (told.status, told.out) == (3, "")
    assert told.err.count("\n") == 1


def test_the_lists_print_one_json_object_each(seqgen: Seqgen) -> None:
    assert {"models", "folder"} == set(json.loads(seqgen("models", "--json").out))
    names = [entry["name"] for entry in json.loads(seqgen("datasets", "--json").out)["datasets"]]
    assert "starter" in names
    assert seqgen("datasets").out.count("licence: ") == len(names)


def test_the_card_of_a_model_is_told_in_lines_that_can_be_read(
    seqgen: Seqgen, tmp_path: Path
) -> None:
    path = tmp_path / "tiny.safetensors"
    scores = {"nats": 7.529876, "fields": {"pitch": {"nats": 2.0, "accuracy": 0.25}}}
    path.write_bytes(bundle_bytes(make_card(name="tiny", scores=scores), weights_of(make_model())))
    told = seqgen("inspect", str(path))
    assert told.status == 0
    scored = told.out[told.out.index("scores") :].splitlines()[:3]
    assert scored == ["scores: nats 7.53", "  fields:", "    pitch: accuracy 0.25, nats 2"]


def test_a_training_checkpoint_is_told_from_a_model(seqgen: Seqgen, tmp_path: Path) -> None:
    path = tmp_path / "last.checkpoint"
    path.write_bytes(pack({}, {"training": 1, "position": {}}))
    told = seqgen("inspect", str(path))
    assert told.status == 4
    assert "is a training checkpoint, the model is the file beside it" in told.err


def test_json_counts_before_and_behind_a_sub_command(seqgen: Seqgen, tmp_path: Path) -> None:
    (tmp_path / "a.mid").write_bytes(MIDI)
    for words in (("--json", "check", str(tmp_path)), ("check", "--json", str(tmp_path))):
        assert json.loads(seqgen("datasets", *words).out)["pieces"] == 1


def test_what_is_left_out_is_named_or_counted(seqgen: Seqgen, tmp_path: Path) -> None:
    (tmp_path / "a.mid").write_bytes(MIDI)
    for index in range(12):
        (tmp_path / f"bad-{index:02}.mid").write_bytes(b"no MIDI")
    lines = seqgen("datasets", "check", str(tmp_path)).out.splitlines()
    assert (lines[1], lines[-1]) == ("12 left out:", "  and 2 more, --json names all")


def test_the_styles_of_a_model_of_handwriting_are_named(seqgen: Seqgen, tmp_path: Path) -> None:
    path = tiny_pen_bundle(tmp_path / "pen.safetensors", styles=("ada", "bob"))
    told = seqgen("inspect", str(path))
    assert told.status == 0
    assert told.out.splitlines()[1] == "styles: ada, bob"


def test_ink_is_told_with_its_pens(seqgen: Seqgen, tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    ink = Ink((np.array([[1.0, 1.0], [11.0, 1.0]]),))
    path.write_bytes(svg_page(PageInk(20, 10, (PenInk(ink, width=0.3),)), title="Hi"))
    told = seqgen("inspect", str(path))
    assert told.out.splitlines() == [
        f"{path}: SVG, 20 x 10 mm, 1 strokes, 2 points",
        "0.01 m of ink, 0.01 m of travel, plots in 1 s or more",
        "title Hi",
        "pen ink  1 strokes  black  0.3 mm",
    ]


def test_a_style_is_told_in_a_few_lines(seqgen: Seqgen, tmp_path: Path) -> None:
    path = style_file(tmp_path / "me.hand", "nobody", "0123456789abcdef")
    told = seqgen("inspect", str(path))
    assert told.status == 0
    assert told.out.splitlines() == [
        f"{path}: style 'Ada' for model nobody (01234567)",
        "fitted to 3 lines, 90 characters",
        "nats a point: fitted 0.500, no style 1.000",
    ]
    assert "unknown model 'nobody'" in told.err
