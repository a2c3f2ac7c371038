from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from seqgen_gui.train.reading import TURN, Reading
from tests.gui.train.made import made_run, report, write_metrics


def test_long_logs_of_several_runs_are_read_in_turns_and_each_to_its_end(
    tmp_path: Path, qtbot: QtBot
) -> None:
    runs = [made_run(tmp_path / str(number)) for number in range(3)]
    for run in runs:
        write_metrics(run.folder, *[report(n) for n in range(6000)])
    reading = Reading()
    told: list[int] = []
    reading.news.connect(lambda: told.append(len(reading.log(runs[2]).train)))
    assert reading.read(runs)
    assert len(reading.log(runs[2]).train) == 0, f"more than {TURN} ms was read at once"
    qtbot.waitUntil(lambda: bool(told) and told[-1] == 6000)
    assert [len(reading.log(run).train) for run in runs] == [6000] * 3
    assert not reading.read(runs)
    write_metrics(runs[0].folder, report(6000))
    assert reading.read(runs)


def test_what_was_read_of_a_run_is_forgotten(tmp_path: Path) -> None:
    run = made_run(tmp_path / "a")
    write_metrics(run.folder, report(1))
    reading = Reading()
    reading.read([run])
    before = reading.log(run)
    reading.forget(run)
    assert reading.log(run) is not before
    assert len(reading.log(run).train) == 0
