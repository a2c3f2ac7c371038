from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from seqgen.errors import UsageError
from seqgen.marks import Mark, birth, mark_of
from seqgen_gui.train import process
from seqgen_gui.train.run import FILE, TOLD, Run, State
from seqgen_gui.train.runs import Runs
from tests.gui.train.made import MUSIC, end, fake_runs, made_run


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[Callable[[str], tuple[Runs, Run]]]:
    """Begins runs with fake trainers, which do not outlive the test."""
    started: list[Run] = []

    def begin(mode: str) -> tuple[Runs, Run]:
        runs = fake_runs(tmp_path, mode)
        started.append(runs.begin("My waltzes", MUSIC))
        return runs, started[-1]

    yield begin
    for run in started:
        end(run)


def wait(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end
        time.sleep(0.01)


def wait_for(run: Run, state: State) -> None:
    wait(lambda: run.standing().state is state)


Begun = Callable[[str], tuple[Runs, Run]]


def test_a_run_is_found_again_running_by_another_window(begun: Begun) -> None:
    runs, run = begun("wait")
    wait(lambda: run.standing().stage == "reading")
    again = Runs(runs.folder).all()[0]
    standing = again.standing()
    assert (standing.state, standing.done, standing.total) == (State.RUNNING, 3, 12)
    assert again.record == run.record
    assert run.folder.name == "my-waltzes"


def test_a_run_outlives_the_process_that_started_it(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.gui.train.made import *; "
        "fake_runs(Path(sys.argv[1])).begin('My waltzes', MUSIC)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, timeout=60)
    run = Runs(tmp_path).all()[0]
    assert run.standing().state is State.RUNNING
    wait(lambda: run.standing().stage == "reading")
    process.kill(run.record.mark)
    wait(lambda: not run.running)


def test_a_paused_run_goes_on_with_what_it_was_begun_with(begun: Begun) -> None:
    runs, run = begun("wait")
    wait(lambda: run.resumable)
    runs.pause(run)
    wait_for(run, State.PAUSED)
    runs.resume(run)
    wait(lambda: "--resume" in (run.folder / "arguments.json").read_text())
    assert run.standing().state is State.RUNNING
    told = json.loads((run.folder / "arguments.json").read_text())
    assert told[1:] == [
        "train", "music", "starter", "--out", str(run.folder), "--json", "--resume",
        "--device", "auto",
    ]  # fmt: skip


def test_a_run_gives_way_to_everything_else(begun: Begun) -> None:
    _, run = begun("wait")
    wait(lambda: run.standing().stage == "reading")
    pid = run.record.mark.pid
    nice = min(os.getpriority(os.PRIO_PROCESS, 0) + process.NICE, 19)
    assert os.getpriority(os.PRIO_PROCESS, pid) == nice
    group = Path(f"/proc/{pid}/autogroup")  # a kernel may be built without
    assert not group.exists() or group.read_text().split()[1:] == ["nice", str(nice)]


def test_a_run_can_be_stopped_where_the_window_ignores_the_signal(begun: Begun) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _, run = begun("wait")
    finally:
        signal.signal(signal.SIGINT, before)
    status = Path(f"/proc/{run.record.mark.pid}/status").read_text()
    ignored = int(status.split("SigIgn:")[1].split()[0], 16)
    assert not ignored & 1 << (signal.SIGINT - 1)


def test_a_run_that_does_not_pause_can_be_ended_at_once(begun: Begun) -> None:
    runs, run = begun("stubborn")
    wait(lambda: run.resumable)
    runs.pause(run)
    assert run.standing().state is State.PAUSING
    runs.end(run)
    wait_for(run, State.PAUSED)


def test_a_run_is_stopped_when_it_has_measured_what_it_learned(begun: Begun) -> None:
    runs, run = begun("stubborn")
    wait(lambda: run.training)
    runs.stop(run)
    assert run.standing().state is State.STOPPING
    runs, run = begun("wait")
    wait(lambda: run.training)
    runs.stop(run)
    wait_for(run, State.STOPPED)


def test_a_run_that_has_not_begun_to_learn_is_stopped_as_it_is_paused(tmp_path: Path) -> None:
    quiet = [sys.executable, "-c", "import time; time.sleep(60)"]
    runs = Runs(tmp_path, quiet)
    run = runs.begin("Slow to read", MUSIC)
    try:
        runs.stop(run)
        wait_for(run, State.PAUSED)
    finally:
        end(run)


def test_a_run_that_is_through_says_why(begun: Begun) -> None:
    _, run = begun("finish")
    wait_for(run, State.FINISHED)
    assert run.standing().words == "minutes"


def test_a_run_that_failed_has_its_last_words_and_one_that_was_killed_is_told_from_a_stopped(
    begun: Begun,
) -> None:
    _, run = begun("crash")
    wait_for(run, State.CRASHED)
    assert run.standing().words == "training diverged at update 7: loss nan"
    _, other = begun("wait")
    assert other.folder.name == "my-waltzes-2"
    wait(lambda: other.resumable)
    os.kill(other.record.mark.pid, signal.SIGKILL)
    wait_for(other, State.INTERRUPTED)


def test_another_process_of_the_same_number_is_not_taken_for_the_run(tmp_path: Path) -> None:
    mine = birth(os.getpid())
    assert mine
    run = made_run(tmp_path / "a", mark=Mark(os.getpid(), mine))
    assert run.standing().state is State.RUNNING
    run.keep(mark=Mark(os.getpid(), mine + "1"))
    assert run.standing().state is State.INTERRUPTED


def test_a_running_run_is_neither_deleted_nor_begun_twice(begun: Begun) -> None:
    runs, run = begun("wait")
    with pytest.raises(UsageError, match="is running, stop it first"):
        runs.delete(run)
    with pytest.raises(UsageError, match="is running already"):
        runs.resume(run)
    wait(lambda: run.resumable)
    runs.pause(run)
    wait_for(run, State.PAUSED)
    runs.delete(run)
    assert runs.all() == []
    assert not run.folder.exists()


def test_runs_are_listed_the_newest_first_without_what_is_damaged(tmp_path: Path) -> None:
    for number in (1, 3, 2):
        made_run(tmp_path / str(number), title=str(number), begun=float(number))
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / FILE).write_text("{")
    assert [run.record.title for run in Runs(tmp_path).all()] == ["3", "2", "1"]


def test_a_half_written_last_line_is_not_taken(tmp_path: Path) -> None:
    run = made_run(tmp_path / "a", mark=mark_of(os.getpid()))
    line = msgspec.json.encode({"kind": "progress", "stage": "reading", "done": 2})
    (run.folder / TOLD).write_bytes(line + b"\n" + line[:20])
    assert run.standing().stage == "reading"
    assert run.standing().done == 2
