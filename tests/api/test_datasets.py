from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from seqgen.api.datasets import check, datasets
from seqgen.config import Progress
from seqgen.data_reports import DataReport, InkReport, Lengths
from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml import InkLine, write_inkml
from tests.frontends.data.made import folder_of
from tests.frontends.handwriting.corpus.forms import form_files, whiteboard


def report_on(path: Path) -> DataReport:
    *progress, report = check(str(path))
    assert all(isinstance(value, Progress) for value in progress)
    assert isinstance(report, DataReport)
    return report


def ink_report_on(path: Path, dataset: str | None = None) -> InkReport:
    *progress, report = check(str(path), dataset)
    assert all(isinstance(value, Progress) for value in progress)
    assert isinstance(report, InkReport)
    return report


def test_the_data_sets_are_listed_with_their_terms() -> None:
    found = {entry.name: entry for entry in datasets().datasets}
    assert {"jsb-chorales", "pop909", "nottingham", "maestro", "folder", "starter"} <= set(found)
    assert all(entry.licence and entry.terms and entry.get for entry in found.values())
    assert Path(found["starter"].path).is_dir()


def test_chorales_are_counted_by_their_changes_of_pitch(tmp_path: Path) -> None:
    path = tmp_path / "jsb-chorales.json"
    rows = [[60, 55, 50, -1], [60, 55, 52, 40], [60, 55, 52, 40]]
    path.write_text(json.dumps({"train": [rows], "valid": [rows]}))
    report = report_on(path)
    assert (report.pieces, report.notes, report.dataset) == (2, 2 * 5, "jsb-chorales")
    sung = [(0, 360, 60), (0, 360, 55), (0, 120, 50), (120, 360, 52), (120, 360, 40)]
    assert [example.notes for example in report.examples] == [sung, sung]


def test_bad_files_among_good_ones_are_named_with_the_reason(tmp_path: Path) -> None:
    note = b"\x00\x90\x3c\x40\x60\x80\x3c\x00\x00\xff\x2f\x00"
    good = b"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x00\x60MTrk\x00\x00\x00\x0c" + note
    (tmp_path / "good.mid").write_bytes(good)
    (tmp_path / "bad.mid").write_bytes(b"no MIDI at all")
    report = report_on(tmp_path)
    assert (report.pieces, report.notes) == (1, 1)
    assert list(report.skipped) == ["bad.mid"]
    assert [(one.name, one.notes) for one in report.examples] == [("good.mid", [(0, 96, 60)])]
    assert report.lengths == Lengths(unit="notes", edges=[0.0, 1.0], counts=[1])


@pytest.mark.parametrize("source", ["no/such/folder", ""])
def test_a_source_that_is_not_there_is_an_input_error(source: str) -> None:
    with pytest.raises(InputFileError):
        list(check(source))


LISTS = {"trainset.txt": b"a01-000u\n", "testset_v.txt": b"b01-000\nc01-000\n"}


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    files = form_files("a01-000u", ["one", "two"]) | form_files("b01-000", ["three", "six"])
    spiky = [[(0, 0), (0, 0), (0, 301)], [(900, 0)]]
    files["lineStrokes/a01/a01-000/a01-000u-01.xml"] = whiteboard(spiky)
    files["lineStrokes/b01/b01-000/b01-000-02.xml"] = b"<Stroke>"
    return folder_of(tmp_path / "ink", files | LISTS)


def test_a_copy_of_the_iam_database_is_known_by_its_files_and_counted(forms: Path) -> None:
    report = ink_report_on(forms)
    assert (report.dataset, report.lines, report.hands) == ("iamondb", 3, 2)
    assert (report.strokes, report.points, report.longest_points) == (6, 12, 4)
    assert (report.spikes, report.spike_lines, report.spike_units) == (1, 1, 300)
    assert report.repeats == 3
    assert report.characters["e"] == 3
    assert {name: one.lines for name, one in report.splits.items()} == {
        "train": 2,
        "valid": 1,
        "test": 0,
    }


def test_every_line_of_every_list_is_accounted_for(forms: Path) -> None:
    report = ink_report_on(forms)
    train, valid = report.lists
    assert (train.name, train.split, train.lines) == (
        "trainset.txt",
        "train",
        {"a01-000u": (2, 2)},
    )
    assert valid.lines == {"b01-000": (1, 2), "c01-000": (0, 0)}
    assert (valid.used, valid.expected) == (1, 2)
    assert "broken XML" in report.skipped["b01-000-02"]
    assert report.warnings == ["testset_v.txt: 1 of 2 lines are used, 1 of 2 forms are not there"]


def test_ink_of_ones_own_is_counted_without_a_unit(tmp_path: Path) -> None:
    ink = Ink((np.array([[0.0, 0.0], [900.0, 0.0]]),))
    lines = [InkLine(ink, text, "me") for text in ("one", "two", "three")]
    folder_of(tmp_path, {"mine.inkml": write_inkml(lines)})
    report = ink_report_on(tmp_path)
    assert (report.dataset, report.lines, report.hands) == ("folder-ink", 3, 1)
    assert (report.spikes, report.spike_lines, report.spike_units) == (None, None, None)
    assert report.lists == []


def test_a_data_set_that_is_named_is_taken_for_that(forms: Path) -> None:
    with pytest.raises(InputFileError, match="no MIDI files"):
        list(check(str(forms), "folder"))
    assert ink_report_on(forms, "iamondb").lines == 3
