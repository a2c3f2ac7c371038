from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from seqgen.config import Progress
from seqgen.reports import Datasets
from seqgen_gui.link import worker as module
from seqgen_gui.link.requests import Handle, Requests
from seqgen_gui.link.worker import COMMAND, State, Worker
from tests.workers import worker_command

USE_CASES = """
import os
def check(source, dataset=None):
    if source == "die":
        sys.stderr.write("dying words\\n")
        os._exit(7)
    done = 0
    while done < 3 or source == "endless":
        done += 1
        time.sleep(0.005)
        yield Progress(stage="reading", done=done, data={"source": source})
    yield {"source": source}
def inspect(path):
    time.sleep(600)
put("datasets", check)
put("inspect", inspect)
"""


class Told:
    """Collects what a request is answered."""

    def __init__(self, requests: Requests, verb: str, **request: Any) -> None:
        self.progress: list[Progress] = []
        self.results: list[Any] = []
        self.errors: list[str] = []
        self.handle: Handle = requests.send(
            verb, request, self.progress.append, self.results.append, self.errors.append
        )

    @property
    def done(self) -> bool:
        return bool(self.results or self.errors)


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Callable[..., Worker]]:
    workers: list[Worker] = []

    def make(command: list[str] | None = None) -> Worker:
        workers.append(Worker(command or worker_command(USE_CASES)))
        workers[-1].start()
        return workers[-1]

    yield make
    for worker in workers:
        worker.stop()


Start = Callable[..., Worker]


def test_the_real_worker_answers(qtbot: QtBot, start: Start) -> None:
    import msgspec

    worker = start(COMMAND)
    told = Told(worker, "datasets")
    wrong = Told(worker, "inspect", path="no.mid")
    qtbot.waitUntil(lambda: told.done and wrong.done, timeout=20_000)
    assert msgspec.convert(told.results[0], Datasets).datasets
    assert wrong.errors == ["no such file: no.mid"]
    assert not wrong.results


def test_requests_made_before_it_is_ready_are_answered_in_their_order(
    qtbot: QtBot, start: Start
) -> None:
    worker = start()
    assert worker.state is State.STARTING
    first, second = Told(worker, "check", source="a"), Told(worker, "check", source="b")
    assert worker.busy
    qtbot.waitUntil(lambda: first.done, timeout=20_000)
    assert not second.done
    qtbot.waitUntil(lambda: second.done)
    assert first.results == [{"source": "a"}]
    assert second.results == [{"source": "b"}]
    assert [value.done for value in first.progress][-1] == 3
    assert first.progress[0].data == {"source": "a"}
    assert not worker.busy


def test_a_request_starts_a_worker_that_is_not_running(qtbot: QtBot) -> None:
    worker = Worker(worker_command(USE_CASES))
    told = Told(worker, "check", source="a")
    qtbot.waitUntil(lambda: told.done, timeout=20_000)
    worker.stop()
    assert worker.state is State.STOPPED


def test_nothing_is_told_of_a_cancelled_request_and_the_worker_goes_on(
    qtbot: QtBot, start: Start
) -> None:
    worker = start()
    endless, after = Told(worker, "check", source="endless"), Told(worker, "check", source="b")
    qtbot.waitUntil(lambda: bool(endless.progress), timeout=20_000)
    pid = worker.pid
    endless.handle.cancel()
    endless.handle.cancel()
    count = len(endless.progress)
    qtbot.waitUntil(lambda: after.done)
    assert len(endless.progress) == count
    assert not endless.done
    assert worker.pid == pid
    after.handle.cancel()


def test_a_request_cancelled_before_the_worker_is_ready_is_never_sent(
    qtbot: QtBot, start: Start
) -> None:
    worker = start()
    told, after = Told(worker, "check", source="die"), Told(worker, "check", source="b")
    told.handle.cancel()
    qtbot.waitUntil(lambda: after.done, timeout=20_000)
    assert after.results
    assert not told.done


def test_work_that_does_not_heed_a_cancel_is_killed_without_a_fuss(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 50)
    worker = start()
    crashes: list[str] = []
    worker.crashed.connect(crashes.append)
    told, after = Told(worker, "inspect", path="a"), Told(worker, "check", source="b")
    qtbot.waitUntil(lambda: worker.state is State.READY, timeout=20_000)
    told.handle.cancel()
    qtbot.waitUntil(lambda: after.done, timeout=20_000)
    assert after.results
    assert not told.done
    assert not crashes


def test_after_a_crash_the_request_at_hand_fails_and_the_others_are_answered(
    qtbot: QtBot, start: Start
) -> None:
    worker = start()
    first = Told(worker, "check", source="a")
    dies, after = Told(worker, "check", source="die"), Told(worker, "check", source="b")
    with qtbot.waitSignal(worker.crashed, timeout=20_000) as crash:
        pass
    assert crash.args == ["it ended with status 7: dying words"]
    assert worker.log == "dying words"
    assert first.results
    assert dies.errors == ["the worker stopped and was started again: " + crash.args[0]]
    qtbot.waitUntil(lambda: after.done, timeout=20_000)
    assert after.results == [{"source": "b"}]
    assert worker.state is State.READY


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal here")
def test_a_killed_worker_is_started_anew(qtbot: QtBot, start: Start) -> None:
    worker = start()
    told = Told(worker, "check", source="endless")
    for _ in range(2):
        qtbot.waitUntil(lambda: worker.state is State.READY, timeout=20_000)
        with qtbot.waitSignal(worker.crashed):
            os.kill(worker.pid, signal.SIGKILL)
    assert told.errors == ["the worker stopped and was started again: it was ended by signal 9"]
    after = Told(worker, "check", source="b")
    qtbot.waitUntil(lambda: after.done, timeout=20_000)
    assert after.results


def test_a_worker_that_does_not_start_is_given_up_until_it_is_asked_for(
    qtbot: QtBot, start: Start
) -> None:
    worker = start([sys.executable, "-c", "raise SystemExit('no torch for you')"])
    told = Told(worker, "check", source="a")
    crashes: list[str] = []
    worker.crashed.connect(crashes.append)
    qtbot.waitUntil(lambda: worker.state is State.STOPPED, timeout=20_000)
    assert crashes == ["it ended with status 1: no torch for you"]
    assert told.errors == ["the worker cannot run: it ended with status 1: no torch for you"]
    again = Told(worker, "check", source="a")
    qtbot.waitUntil(lambda: again.done, timeout=20_000)


def test_a_callback_that_fails_does_not_end_the_answers(qtbot: QtBot, start: Start) -> None:
    worker = start()

    def fail(_: object) -> None:
        raise RuntimeError("a bug in a page")

    with qtbot.captureExceptions() as exceptions:
        worker.send("check", {"source": "a"}, fail, fail, fail)
        told = Told(worker, "check", source="b")
        qtbot.waitUntil(lambda: told.done, timeout=20_000)
    assert told.results
    assert {str(error) for _, error, _ in exceptions} == {"a bug in a page"}
