from __future__ import annotations

import math
from pathlib import Path

from seqgen.files import write_file
from seqgen_gui.train.log import Log
from tests.gui.train.made import report, write_metrics


def test_lines_are_taken_as_they_are_written_the_broken_last_one_when_it_is_whole(
    tmp_path: Path,
) -> None:
    log = Log(tmp_path / "metrics.jsonl")
    assert log.read() == (False, False)
    path = write_metrics(tmp_path, report(1), report(2))
    assert log.read() == (True, False)
    whole = path.read_bytes()
    with path.open("ab") as file:
        file.write(whole[:40])
    log.read()
    assert list(log.train.update) == [1, 2]
    with path.open("ab") as file:
        file.write(whole[40:])
    log.read()
    assert list(log.train.update) == [1, 2, 1, 2]
    assert log.read() == (False, False)


def test_validations_are_kept_apart_and_the_best_is_known(tmp_path: Path) -> None:
    write_metrics(
        tmp_path,
        report(1),
        report(1, "valid", loss=3.0),
        report(2, "valid", loss=2.0),
        report(3, "valid", loss=2.5),
    )
    log = Log(tmp_path / "metrics.jsonl")
    log.read()
    assert (len(log.train), list(log.valid.loss)) == (1, [3.0, 2.0, 2.5])
    assert (log.best, log.best_update) == (2.0, 2)
    assert log.last_valid is not None
    assert log.last_valid.right == 50.0


def test_a_log_that_a_resumed_run_cut_back_is_read_anew(tmp_path: Path) -> None:
    path = write_metrics(tmp_path, *[report(n) for n in range(1, 9)])
    log = Log(path)
    log.read()
    kept = path.read_bytes().splitlines(keepends=True)[:3]
    write_file(path, b"".join(kept) * 4)  # longer than it was, yet another file
    assert log.read() == (True, False)
    assert list(log.train.update) == [1, 2, 3] * 4


def test_what_is_no_report_is_passed_over_and_a_norm_that_is_no_number_is_read(
    tmp_path: Path,
) -> None:
    path = write_metrics(tmp_path, {"kind": "news"}, report(5, gradient_norm=math.inf))
    path.write_bytes(b"no JSON\n" + path.read_bytes())
    log = Log(path)
    log.read()
    assert math.isnan(log.train.norm[0])


def test_a_long_log_is_taken_in_turns(tmp_path: Path) -> None:
    path = write_metrics(tmp_path, *[report(n) for n in range(20_000)])
    log, more, turns = Log(path), True, 0
    while more:
        _, more = log.read()
        turns += 1
    assert len(log.train) == 20_000
    assert turns > 1
