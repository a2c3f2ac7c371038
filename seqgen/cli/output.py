"""What a command says: results on standard output, everything else on standard error."""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from seqgen.errors import OutputError, reason

if TYPE_CHECKING:
    import msgspec

    from seqgen.config import Progress

R = TypeVar("R", bound="msgspec.Struct")
BAR_AFTER = 0.5  # seconds of work before a progress bar is worth its import
LINE_EVERY = 30  # seconds between lines where there is no bar


def fail(message: str, status: int = 1) -> int:
    """Say in one line what went wrong and return ``status``."""
    with contextlib.suppress(OSError):  # standard error may be full or closed too
        print("seqgen: error:", " ".join(message.split()), file=sys.stderr, flush=True)
    return status


def emit(text: str) -> None:
    """Write ``text`` to standard output now; OutputError when it cannot be written."""
    try:
        print(text, end="", flush=True)
    except OSError as error:
        forget_stdout()
        if isinstance(error, BrokenPipeError):
            raise
        raise OutputError(f"cannot write to standard output: {reason(error)}") from None


def forget_stdout() -> None:
    """Point standard output nowhere, so that Python's own flush at exit cannot fail."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def to_json(value: msgspec.Struct, without: str = "", **extra: object) -> str:
    """Return ``value`` as one line of JSON after the ``extra`` keys; NaN becomes null."""
    import msgspec

    plain = _finite(msgspec.to_builtins(value))
    plain.pop(without, None)
    return json.dumps({**extra, **plain}, allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


class Output:
    """One command's voice, set by its ``--json``, ``--quiet`` and ``--verbose``."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.json: bool = args.json
        self.quiet: bool = args.quiet
        self.verbose: bool = args.verbose

    def result(self, value: msgspec.Struct, lines: Iterable[str], stream: bool = False) -> None:
        """Print ``value`` as JSON or ``lines`` for people; ``stream`` marks the last of many."""
        if self.json:
            emit((to_json(value, kind="result") if stream else to_json(value)) + "\n")
        elif not self.quiet:
            emit("".join(f"{line}\n" for line in lines))

    def say(self, text: str) -> None:
        """Print a line on standard error unless the run is quiet."""
        if not self.quiet:
            print(text, file=sys.stderr)

    def warn(self, warnings: Iterable[str]) -> None:
        """Print warnings, a line each."""
        for warning in warnings:
            self.say(f"seqgen: warning: {warning}")

    def follow(
        self,
        work: Iterator[Progress | R],
        stream: bool = False,
        line: Callable[[Progress], str] = lambda _: "",
    ) -> R:
        """Run ``work`` to its result and show how far it is.

        A terminal gets a bar, a log file a line now and then, both the warnings; ``line`` may
        have more to say of a value. With ``stream`` and ``--json`` each value is a line of
        JSON instead.
        """
        from seqgen.config import Progress

        with _Bar(shown=not self.quiet and _is_terminal()) as bar:
            for value in work:
                if not isinstance(value, Progress):
                    return value
                bar.update(value)
                if not self.quiet:
                    for warning in value.warnings:
                        bar.say(f"seqgen: warning: {warning}", value)
                if stream and self.json:
                    emit(to_json(value, without="data", kind="progress") + "\n")
                elif not self.quiet:
                    more = progress_line(value) if self.verbose else ""
                    bar.say(line(value) or more, value)
        raise RuntimeError("the work ended without a result")


def progress_line(value: Progress) -> str:
    """Return one line: stage, how far, note."""
    far = f"{value.done:g}" if value.total is None else f"{value.done:g}/{value.total:g}"
    return f"{value.stage} {far}  {value.note}".rstrip()


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


class _Bar:
    """How far the work is, on standard error: a rich bar where ``shown``, else a line at times.

    Work that is soon done shows nothing.
    """

    def __init__(self, shown: bool) -> None:
        self._shown = shown
        self._since = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def update(self, value: Progress) -> None:
        """Move the bar."""
        if self._bar is None and self._shown and time.monotonic() - self._since > BAR_AFTER:
            self._start()
        if self._bar is not None:
            text = f"{value.stage} {value.note}".strip()
            left = duration(value.metrics["eta"]) if "eta" in value.metrics else ""
            done, total = value.done, value.total
            self._bar.update(self._task, description=text, completed=done, total=total, left=left)

    def say(self, line: str, value: Progress) -> None:
        """Print ``line``; without one and without a bar, print how far ``value`` is at times."""
        if not line and not self._shown and time.monotonic() - self._since > LINE_EVERY:
            line, self._since = progress_line(value), time.monotonic()
        if line and self._bar is not None:
            self._bar.console.print(line, markup=False, highlight=False)
        elif line:
            print(line, file=sys.stderr, flush=True)

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[left]}"),
        )
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=None, left="")
        self._bar.start()


def duration(seconds: float) -> str:
    """Return seconds for people: 42 s, 7 min, 2.5 h."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return ``rows`` as lines with aligned columns."""
    cells = list(rows)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    padded = (zip(row, widths, strict=True) for row in cells)
    return ["  ".join(text.ljust(width) for text, width in row).rstrip() for row in padded]
