from __future__ import annotations

import threading
from collections.abc import Generator
from typing import TypeVar

import pytest

from seqgen.api.beside import beside
from seqgen.config import Progress
from seqgen.errors import UsageError

T = TypeVar("T")
TOLD = Progress(stage="comparing", done=0)


def drained(work: Generator[Progress, None, T]) -> T:
    while True:
        try:
            assert next(work) is TOLD
        except StopIteration as stop:
            result: T = stop.value
            return result


def test_progress_is_told_until_the_work_is_done() -> None:
    go = threading.Event()
    work = beside(lambda: go.wait(60), TOLD)
    for _ in range(3):
        assert next(work) is TOLD
    go.set()
    assert drained(work)


def test_what_the_work_raises_is_raised() -> None:
    def fail() -> None:
        raise UsageError("steps 0 is out of range")

    with pytest.raises(UsageError, match="steps 0"):
        drained(beside(fail, TOLD))


def test_work_that_is_given_up_holds_nobody() -> None:
    go, done = threading.Event(), threading.Event()

    def work() -> None:
        go.wait(60)
        done.set()

    waiting = beside(work, TOLD)
    next(waiting)
    waiting.close()
    assert not done.is_set()
    go.set()
    assert done.wait(60)
