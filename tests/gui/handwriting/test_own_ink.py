from __future__ import annotations

import string
from collections import Counter
from pathlib import Path

import pytest

from seqgen.api.ink_lines import ink_lines
from seqgen_gui.handwriting.own_ink import (
    SENTENCES,
    OwnLine,
    coverage,
    inkml_bytes,
    merged,
    new_lines,
    seen,
)

STROKE = [(1.0, 2.0), (3.0, 14.0)]


def test_the_sentences_cover_every_letter_twice_and_need_no_digits() -> None:
    assert len(SENTENCES) == 10
    lines = Counter(c for line in SENTENCES for c in set(line.lower()))
    assert min(lines[c] for c in string.ascii_lowercase) >= 2
    assert all(c.isalpha() or c in " .,?!;'-" for line in SENTENCES for c in line)
    assert max(map(len, SENTENCES)) <= 50


def test_coverage_grows_with_every_line_to_all() -> None:
    lines, found = new_lines(), [0.0]
    for line in lines:
        line.strokes.append(STROKE)
        found.append(coverage(lines))
    assert found == sorted(found)
    assert 0.9 < found[-1] <= 1.0
    assert seen(lines)["e"] > 10


def test_what_is_exported_is_read_again(tmp_path: Path) -> None:
    lines = new_lines()
    lines[2].strokes = [STROKE, [(5.0, 6.0)]]
    path = tmp_path / "mine.inkml"
    path.write_bytes(inkml_bytes(lines))
    again = merged(new_lines(), ink_lines(str(path)), height=40.0)
    assert [bool(line.strokes) for line in again] == [k == 2 for k in range(10)]
    assert [len(stroke) for stroke in again[2].strokes] == [2, 1]
    (x, y), (right, low) = again[2].strokes[0]
    assert (right - x, low - y) == pytest.approx((2.0, 12.0))


def test_lines_of_other_texts_are_added_and_ink_of_a_device_is_scaled(tmp_path: Path) -> None:
    path = tmp_path / "other.inkml"
    path.write_text(
        "<ink><traceGroup><annotation type='truth'>Hello</annotation>"
        "<trace>0 0, 9000 4000</trace></traceGroup></ink>"
    )
    found = merged([OwnLine("Jack")], ink_lines(str(path)), height=40.0)
    assert [line.text for line in found] == ["Jack", "Hello"]
    assert max(y for _, y in found[1].strokes[0]) == pytest.approx(30.0)
