"""Work that gives no progress, done beside so that whoever waits for it may give it up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import suppress
from typing import TypeVar

from seqgen.config import Progress

T = TypeVar("T")
PAUSE = 0.05  # seconds


def beside(work: Callable[[], T], told: Progress) -> Generator[Progress, None, T]:
    """Do ``work`` in a thread, yielding ``told`` again and again until it is done; its result.

    What ``work`` raises is raised here. Where the generator is closed, the work goes on to its
    end unheard: it must be over in a second or so, and change nothing that others see.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    while not future.done():
        yield told
        with suppress(TimeoutError):
            future.exception(PAUSE)
    return future.result()
