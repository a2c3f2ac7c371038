from __future__ import annotations

import string
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from seqgen.frontends.cards import bundled_data, read_cards
from seqgen.frontends.data.splits import by_content
from seqgen.frontends.handwriting.ink.inkml import InkLine, read_inkml
from tests.places import ROOT

CARD = read_cards(ROOT / "datasets")["starter-hand"]
FOLDER = bundled_data(ROOT / "datasets", CARD)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    assert FOLDER is not None
    return {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir())}


@pytest.fixture(scope="module")
def hands(files: dict[str, bytes]) -> dict[str, list[InkLine]]:
    return {name: read_inkml(data, name) for name, data in files.items()}


@pytest.fixture(scope="module")
def lines(hands: dict[str, list[InkLine]]) -> list[InkLine]:
    return [line for hand in hands.values() for line in hand]


def test_the_script_makes_the_same_files_again(tmp_path: Path, files: dict[str, bytes]) -> None:
    script = ROOT / "tools" / "make_starter_hand.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, timeout=120, cwd=ROOT)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_the_card_counts_what_is_there(files: dict[str, bytes], lines: list[InkLine]) -> None:
    splits = by_content({line.text: line.text for line in lines})
    counted: dict[str, int] = {
        "files": len(files),
        "lines": len(lines),
        "characters": sum(len(line.text) for line in lines),
        "points": sum(line.ink.points for line in lines),
    }
    assert counted | dict(Counter(splits.values())) == CARD.counts
    assert sum(map(len, files.values())) < 1_000_000


def test_a_file_is_a_hand_and_says_so(hands: dict[str, list[InkLine]]) -> None:
    for name, found in hands.items():
        assert {line.hand for line in found} == {name.removesuffix(".inkml")}
        assert {line.unit for line in found} == {"mm"}
        assert len(found) == 20


def test_no_text_is_written_twice_and_together_they_hold_every_letter_and_digit(
    lines: list[InkLine],
) -> None:
    texts = [line.text for line in lines]
    assert len(set(texts)) == len(texts)
    assert max(map(len, texts)) <= 32
    assert set(string.ascii_letters + string.digits + ".,:!?'") <= set("".join(texts))
    assert "".join(texts).isascii()


def test_points_are_as_few_as_a_pen_gives_and_none_is_doubled(lines: list[InkLine]) -> None:
    for line in lines:
        assert 6 < line.ink.points / len(line.text.replace(" ", "")) < 18
        for stroke in line.ink.strokes:
            assert len(stroke) >= 2
            assert np.hypot(*np.diff(stroke, axis=0).T).min() > 0


def test_lines_lie_below_one_another_on_a_page(hands: dict[str, list[InkLine]]) -> None:
    for found in hands.values():
        middles = [np.median(np.concatenate(line.ink.strokes)[:, 1]) for line in found]
        assert min(np.diff(middles)) > 0.7 * max(np.diff(middles)) > 5


def test_hands_differ_in_size_in_slant_and_in_joining(hands: dict[str, list[InkLine]]) -> None:
    heights, leans, lifts = set[float](), set[float](), set[float]()
    for found in hands.values():
        strokes = [stroke for line in found for stroke in line.ink.strokes]
        steps = np.concatenate([np.diff(stroke, axis=0) for stroke in strokes])
        down = steps[steps[:, 1] > np.quantile(steps[:, 1], 0.85)]
        heights.add(round(float(np.median([line.ink.box().height for line in found])), 1))
        leans.add(round(-float(np.median(down[:, 0] / down[:, 1])), 1))
        lifts.add(len(strokes) / sum(len(line.text) for line in found))
    assert len(heights) >= 6
    assert min(leans) < 0 < max(leans) > 0.4
    assert max(lifts) > 1.25 * min(lifts)
