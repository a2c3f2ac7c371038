from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from seqgen.api.handwriting import sample_handwriting
from seqgen.config import HandwritingResult, Progress, SampleHandwriting
from tests.api.writing import ALPHABET, SLOW, drawing, hand, lines_in, run, words_in

TEXT = "Dear Ada, thank you for 1905.\n\nYours, Bob"
LATIN = [chr(code) for code in (*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100))]
FAR = "😀 👩‍👩‍👧 x́ שָׁלוֹם مرحبا 日本 क्षि ❤️ \U0001f1e9\U0001f1ea a\u200bb \ufeffz"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("hands")
    return {
        "steady": str(hand(folder / "steady.safetensors")),
        "restless": str(hand(folder / "restless.safetensors", whim=60.0)),
        "slow": str(hand(folder / "slow.safetensors", SLOW)),
        "unlearned": str(
            hand(
                folder / "unlearned.safetensors",
                state={
                    "codec": "hand",
                    "thin": 1.0,
                    "alphabet": ALPHABET,
                    "counts": {},
                    "styles": ["ada", "bob", "cy"],
                },
            )
        ),
    }


@pytest.fixture(scope="module")
def model(models: dict[str, str]) -> str:
    return models["steady"]


def test_a_text_becomes_a_page_in_millimetres(model: str, tmp_path: Path) -> None:
    output = tmp_path / "page.svg"
    result = run(output, model, TEXT, page="a5", x_height=3.0)
    [letter] = result.letters
    found = drawing(output)
    assert (found.page.width, found.page.height) == (148, 210)
    [pen] = found.page.pens
    assert len(pen.ink.strokes) == letter.strokes
    box = pen.ink.box()
    assert min(box.left, box.top) >= 14.8 - 0.01
    assert box.right <= 148 - 14.8 + 0.01
    assert letter.paths == [str(output)]
    assert (result.model, result.style, result.engine) == ("tiny-hand", "ada", "numpy")
    assert (result.characters, result.licence) == (len(TEXT), "for tests")
    assert result.glyphs == {"0": 1, "1": 1, "5": 1, "9": 1, ".": 1}
    assert not result.missing
    assert not result.warnings


def test_without_a_seed_one_is_drawn_and_told(model: str, tmp_path: Path) -> None:
    told = run(tmp_path / "a.svg", model, "Ada", seed=None).letters[0].seed
    run(tmp_path / "b.svg", model, "Ada", seed=told)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_each_style_writes_its_own_way_and_a_mix_another(model: str, tmp_path: Path) -> None:
    styles = ["ada", "bob", "none", "ada:0.5,bob:0.5"]
    found = set()
    for number, style in enumerate(styles):
        output = tmp_path / f"{number}.inkml"
        assert run(output, model, "Ada", style=style).style == style
        found.add(b"".join(stroke.tobytes() for stroke in lines_in(output)[0].ink.strokes))
    assert len(found) == 4


def test_every_word_appears_once_and_in_order(model: str, tmp_path: Path) -> None:
    text = "One two three 12 four.\n\n" + "never more, he said - " * 12 + "\nEnd"
    output = tmp_path / "page.inkml"
    run(output, model, text, page="a6")
    assert words_in(output) == text.split()
    assert all(line.ink for line in lines_in(output))


@pytest.mark.parametrize(
    "text", ["".join(LATIN), " ".join(LATIN), FAR], ids=["one", "many", "far"]
)
def test_every_character_leaves_ink_or_is_named(model: str, tmp_path: Path, text: str) -> None:
    output = tmp_path / "page.inkml"
    result = run(output, model, text, page="1000x500", wander=0.0)
    shown = "".join(words_in(output))
    kept = [c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf"]
    assert shown == "".join(c for c in kept if not c.isspace() and c != "\ufe0f")
    assert set(shown) <= set(ALPHABET) | set(result.glyphs) | set(result.missing) | set(LATIN)
    assert set(result.missing).isdisjoint(LATIN)
    named = "".join(result.warnings)
    assert all(f"U+{ord(c):04X}" in named for c in result.missing)
    assert bool(result.missing) == (text == FAR)
    edges = [(s[:, 0].min(), s[:, 0].max()) for line in lines_in(output) for s in line.ink.strokes]
    assert np.isfinite(edges).all()


def test_a_box_stands_for_what_has_no_glyph(model: str, tmp_path: Path) -> None:
    output = tmp_path / "page.inkml"
    result = run(output, model, "\u2603", wander=0.0)
    assert result.missing == {"\u2603": 1}
    assert result.warnings == ["there is no glyph for ☃ (U+2603): a box is drawn in its place"]
    box = lines_in(output)[0].ink.box()
    assert 1.0 < box.width < 5.0


@pytest.mark.parametrize("text", ["x", ".", "7", "?!", "-", "a\nb\nc", "\n\n a", "i" * 400, "é"])
def test_odd_texts_leave_ink(model: str, tmp_path: Path, text: str) -> None:
    output = tmp_path / "page.inkml"
    result = run(output, model, text, x_height=0.5)
    assert words_in(output) == text.split()
    assert result.letters[0].strokes == sum(len(line.ink.strokes) for line in lines_in(output))
    assert result.letters[0].points > 0


def test_a_model_that_learned_nothing_well_leaves_all_to_glyphs(
    models: dict[str, str], tmp_path: Path
) -> None:
    output = tmp_path / "page.inkml"
    request = SampleHandwriting(
        text="Ada 12", output=str(output), model=models["unlearned"], seed=1
    )
    *_, result = sample_handwriting(request)
    assert isinstance(result, HandwritingResult)
    assert sum(result.glyphs.values()) == 5
    assert words_in(output) == ["Ada", "12"]


def test_a_word_that_recurs_is_another_sample(model: str, tmp_path: Path) -> None:
    run(tmp_path / "page.inkml", model, "no\nno\nno", wander=0.0)
    lines = lines_in(tmp_path / "page.inkml")
    assert len({line.ink.strokes[0].tobytes() for line in lines}) == 3


def test_without_temperature_the_ink_is_the_same_for_every_seed(
    model: str, tmp_path: Path
) -> None:
    found = []
    for seed in (1, 2):
        output = tmp_path / f"{seed}.inkml"
        run(output, model, "never more", seed=seed, temperature=0.0, wander=0.0)
        found.append(output.read_bytes())
    assert found[0] == found[1]


def test_the_temperature_is_the_models_own_unless_asked_otherwise(tmp_path: Path) -> None:
    model = str(hand(tmp_path / "m.safetensors", sampling={"temperature": 0.5}))
    assert run(tmp_path / "a.svg", model, "Ada").temperature == 0.5
    assert run(tmp_path / "b.svg", model, "Ada", temperature=0.7).temperature == 0.7


def test_lines_with_faults_are_drawn_anew_and_counted(
    models: dict[str, str], tmp_path: Path
) -> None:
    result = run(tmp_path / "page.svg", models["restless"], "the quick brown fox\n" * 4)
    [letter] = result.letters
    assert letter.redrawn["skipped"] > 0
    named = ", ".join(f"{name} {count}" for name, count in letter.faults.items())
    told = [f"seed 1: lines that may not read well: {named}"] if letter.faults else []
    assert result.warnings == told


def test_lines_that_run_away_for_ever_are_written_and_warned_of(
    models: dict[str, str], tmp_path: Path
) -> None:
    result = run(tmp_path / "page.svg", models["slow"], "a b\nc", count=2)
    for letter in result.letters:
        assert letter.faults["runaway"] == 2
        assert letter.redrawn["runaway"] == 10
    assert [warning[:7] for warning in result.warnings] == ["seed 1:", "seed 2:"]
    assert (tmp_path / "page-2.svg").exists()


def test_progress_grows_take_by_take(model: str, tmp_path: Path) -> None:
    request = SampleHandwriting(
        text="never more\nonce more", output=str(tmp_path / "a.svg"), model=model, count=2, seed=1
    )
    *steps, _ = sample_handwriting(request)
    assert all(isinstance(step, Progress) for step in steps)
    for note in ("take 1", "take 2"):
        own = [step for step in steps if isinstance(step, Progress) and step.note == note]
        mine = [step for step in own if step.stage == "writing"]
        assert all(a.done <= b.done for a, b in pairwise(mine))
        assert mine[-1].done == mine[-1].total == 19
    notes = [step.note for step in steps if isinstance(step, Progress)]
    assert notes == sorted(notes)
