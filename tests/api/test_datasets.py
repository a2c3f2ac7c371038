from __future__ import annotations

import json
from pathlib import Path

import pytest

from seqgen.api.datasets import check, datasets
from seqgen.config import Progress
from seqgen.errors import InputFileError
from seqgen.reports import DataReport


def report_on(path: Path) -> DataReport:
    *progress, report = check(str(path))
    assert all(isinstance(value, Progress) for value in progress)
    assert isinstance(report, DataReport)
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


def test_bad_files_among_good_ones_are_named_with_the_reason(tmp_path: Path) -> None:
    note = b"\x00\x90\x3c\x40\x60\x80\x3c\x00\x00\xff\x2f\x00"
    good = b"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x00\x60MTrk\x00\x00\x00\x0c" + note
    (tmp_path / "good.mid").write_bytes(good)
    (tmp_path / "bad.mid").write_bytes(b"no MIDI at all")
    report = report_on(tmp_path)
    assert (report.pieces, report.notes) == (1, 1)
    assert list(report.skipped) == ["bad.mid"]


@pytest.mark.parametrize("source", ["no/such/folder", ""])
def test_a_source_that_is_not_there_is_an_input_error(source: str) -> None:
    with pytest.raises(InputFileError):
        list(check(source))
