from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.frontends.data.made import folder_of
from tests.frontends.handwriting.corpus.forms import form_files

Seqgen = Callable[..., Any]


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    files = form_files("a01-000u", ["one", "two"]) | form_files("b01-000", ["three"], inks=0)
    lists = {"trainset.txt": b"a01-000u\n", "testset_v.txt": b"b01-000\n"}
    return folder_of(tmp_path / "iam", files | lists)


def test_handwriting_is_told_in_a_few_lines(seqgen: Seqgen, forms: Path) -> None:
    told = seqgen("datasets", "check", "iamondb", str(forms))
    assert told.status == 0
    assert told.out.splitlines() == [
        f"{forms} (iamondb): 2 lines in 1 hands",
        "4 strokes, 8 points, 6 characters",
        "longest line: 4 points, 3 characters",
        "train: 2 lines in 1 hands; valid: 0 lines in 0 hands; test: 0 lines in 0 hands",
        "   trainset.txt   train  1 of 1 forms  2 of 2 lines",
        "   testset_v.txt  valid  1 of 1 forms  0 of 1 lines",
        "  lines of form b01-000 in testset_v.txt: 0 of 1",
        "tracker spikes: 0 steps over 300 units in 0 lines, kept as they are",
        "points that repeat the one before: 2",
        "written less than 100 times: o 2, e 1, n 1, t 1, w 1",
        "1 left out:",
        "   b01-000-01  no ink for this line of text",
    ]
    assert "testset_v.txt: 0 of 1 lines are used" in told.err


def test_the_name_of_the_data_set_may_be_left_out(seqgen: Seqgen, forms: Path) -> None:
    told = seqgen("datasets", "check", str(forms), "--json")
    found = json.loads(told.out)
    assert (found["kind"], found["dataset"], found["lines"]) == ("handwriting", "iamondb", 2)
    assert found["lists"][1]["lines"] == {"b01-000": [0, 1]}
    assert found["skipped"] == {"b01-000-01": "no ink for this line of text"}


def test_a_data_set_that_is_no_name_is_one_line(seqgen: Seqgen, forms: Path) -> None:
    told = seqgen("datasets", "check", "iamond", str(forms))
    assert told.status == 2
    assert told.err.splitlines()[-1] == (
        "seqgen: error: no data set is called 'iamond', did you mean iamondb?"
    )
