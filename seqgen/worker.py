"""The worker, ``python -m seqgen.worker``: the use-cases as JSON lines, for the desktop app.

Standard input takes ``{"id": 7, "do": "sample_music", "request": {...}}``, ``{"cancel": 7}`` and
``{"quit": true}``. Standard output first says ``{"ready": {"version": ...}}``. Then a request is
answered by any number of ``{"id": 7, "progress": {...}}`` and one last line: ``{"id": 7,
"result": {...}}``, ``{"id": 7, "error": {"message": ..., "status": ...}}`` or ``{"id": 7,
"cancelled": true}``; a line that is no request, by an error with the id null. Requests run one at
a time, in their order; the end of the input ends the work at hand too. Whatever else is printed
goes to standard error.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

import msgspec

from seqgen import __version__, config
from seqgen.errors import SeqgenError, UsageError, did_you_mean, reason

INTERVAL = 0.02  # seconds between lines of progress that hold a count alone
GRACE = 3.0  # seconds that work may go on after the end of the input
FILES = ("primer", "path", "source", "output")
Id = int


def _fields(name: str, *fields: tuple[str, Any] | tuple[str, Any, Any]) -> type[msgspec.Struct]:
    return msgspec.defstruct(name, fields, forbid_unknown_fields=True)


@dataclass(frozen=True)
class Verb:
    """A use-case: a function of a module of the api.

    It takes the request itself where that is a struct of ``config``, else its fields.
    """

    module: str
    request: type[msgspec.Struct]

    def run(self, name: str, request: object) -> Any:
        """Call the use-case with a request as JSON gave it."""
        checked = self._checked(name, request)
        module = importlib.import_module(f"seqgen.api.{self.module}")
        use_case = getattr(module, name)
        if self.request.__module__ == config.__name__:
            return use_case(checked)
        return use_case(**msgspec.structs.asdict(checked))

    def _checked(self, name: str, request: object) -> msgspec.Struct:
        if isinstance(request, dict):
            known = self.request.__struct_fields__
            for field in request:
                if field not in known:
                    raise UsageError(f"{name} has no {field!r}, {did_you_mean(field, known)}")
                if field in FILES and request[field] == "-":
                    raise UsageError(f"{field} '-' is no file, the worker needs a name")
        try:
            return msgspec.convert(request, self.request)
        except msgspec.ValidationError as error:
            raise UsageError(f"bad request for {name}: {reason(error)}") from None


_NOTHING = _fields("Nothing")
_PATH = _fields("Path", ("path", str))
_PLAYED = _fields(
    "Played",
    ("output", str),
    ("tempo", float),
    ("notes", list[tuple[float, float, int, int, int]]),
    ("pedals", list[tuple[float, int, int]], []),
)
_TAKES = _fields(
    "Takes",
    ("takes", tuple[str, ...]),
    ("titles", tuple[str, ...]),
    ("output", str),
    ("force", bool, False),
)
_RECIPE = _fields("Recipe", ("frontend", str), ("name", str), ("overrides", tuple[str, ...], ()))
VERBS = {
    "sample_music": Verb("sample", config.SampleMusic),
    "hear_music": Verb("sample", config.SampleMusic),
    "sample_handwriting": Verb("handwriting", config.SampleHandwriting),
    "handwriting_sheets": Verb("handwriting_sheets", config.SampleHandwriting),
    "handwriting_styles": Verb(
        "style_samples",
        _fields(
            "Samples",
            ("model", str | None, None),
            ("names", tuple[str, ...], ()),
            ("text", str, "Hello there"),
        ),
    ),
    "fit_hand": Verb("hand", config.FitHand),
    "rename_hand": Verb("own_hands", _fields("Renamed", ("name", str), ("new", str))),
    "delete_hand": Verb("own_hands", _fields("Deleted", ("name", str))),
    "ink_lines": Verb("ink_lines", _PATH),
    "music_sheet": Verb("sheet", _PATH),
    "excerpt_music": Verb("excerpt", config.ExcerptMusic),
    "takes_as_tracks": Verb("tracks", _TAKES),
    "record_music": Verb("recording", _PLAYED),
    "train": Verb("train", config.Train),
    "evaluate": Verb("evaluate", config.Evaluate),
    "inspect": Verb("inspect", _PATH),
    "models": Verb("models", _NOTHING),
    "datasets": Verb("datasets", _NOTHING),
    "check": Verb("datasets", _fields("Source", ("source", str), ("dataset", str | None, None))),
    "recipes": Verb("recipe_book", _NOTHING),
    "recipe": Verb("recipe_book", _RECIPE),
    "keep_model": Verb("models", _fields("Kept", ("run", str), ("name", str))),
    "doctor": Verb("doctor", _NOTHING),
}


class Voice:
    """Writes the lines of the protocol."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def say(self, **line: object) -> None:
        """Write a line; a number that is not finite becomes null."""
        try:
            text = msgspec.json.encode(line)
        except UnicodeEncodeError:  # a file name that is no text
            plain = json.dumps(msgspec.to_builtins(line), ensure_ascii=False)
            text = msgspec.json.encode(json.loads(plain.encode(errors="replace")))
        self._out.write(text + b"\n")
        self._out.flush()

    def fail(self, job: Id | None, message: str, status: int) -> None:
        """Answer with an error of one line."""
        self.say(id=job, error={"message": " ".join(message.split()), "status": status})


class Desk:
    """The requests that wait, filled by a reader thread; knows at once what is cancelled."""

    def __init__(self) -> None:
        self._lines: deque[dict[str, Any] | str] = deque()
        self._open: set[Id] = set()
        self._cancelled: set[Id] = set()
        self._news = threading.Condition()
        self.closed = False

    def read(self, lines: BinaryIO) -> None:
        """Take lines until they end, or one says quit."""
        for line in lines:
            if line.strip() and not self._take(line):
                break
        with self._news:
            self.closed = True
            self._news.notify()
        time.sleep(GRACE)
        os._exit(1)  # work that gives no progress would outlive the window

    def _take(self, line: bytes) -> bool:
        try:
            told = json.loads(line)
        except (ValueError, RecursionError) as error:
            told = f"no line of JSON: {reason(error)}"
        if isinstance(told, dict) and told.get("quit") is True:
            return False
        with self._news:
            if isinstance(told, dict) and "cancel" in told:
                job = told["cancel"]
                if _is_id(job) and job in self._open:
                    self._cancelled.add(job)
                return True
            self._lines.append(self._looked_at(told))
            self._news.notify()
        return True

    def _looked_at(self, told: object) -> dict[str, Any] | str:
        """A request, or what is wrong with it."""
        if not isinstance(told, dict):
            return told if isinstance(told, str) else "a request is an object"
        if not _is_id(told.get("id")):
            return f"id {told.get('id')!r} is not allowed, it is a whole number from 0 to 2^53"
        if told["id"] in self._open:
            return f"id {told['id']} is taken by a request that is not done"
        self._open.add(told["id"])
        return told

    def requests(self) -> Iterator[dict[str, Any] | str]:
        """Requests and mistakes in their order, until the end of the input."""
        while True:
            with self._news:
                self._news.wait_for(lambda: self._lines or self.closed)
                if self.closed:
                    return
                line = self._lines.popleft()
            yield line

    def stops(self, job: Id) -> bool:
        """Whether a request is to end now."""
        return self.closed or job in self._cancelled

    def done(self, job: Id) -> None:
        """Forget a request that was answered."""
        with self._news:
            self._open.discard(job)
            self._cancelled.discard(job)


def _is_id(job: object) -> bool:
    return isinstance(job, int) and not isinstance(job, bool) and 0 <= job <= 2**53


def serve(desk: Desk, voice: Voice) -> None:
    """Answer requests until the input ends."""
    voice.say(ready={"version": __version__, "pid": os.getpid()})
    for request in desk.requests():
        if isinstance(request, str):
            voice.fail(None, request, UsageError.exit_code)
            continue
        job = request["id"]
        try:
            answer = _answer(request, desk, voice)
        except SeqgenError as error:
            answer = {"error": {"message": str(error), "status": error.exit_code}}
        except MemoryError:
            answer = {"error": {"message": "out of memory", "status": SeqgenError.exit_code}}
        except BrokenPipeError:
            raise
        except Exception as error:
            traceback.print_exc()
            said = f"unexpected {type(error).__name__}: {error}"
            answer = {"error": {"message": " ".join(said.split()), "status": 1}}
        desk.done(job)
        voice.say(id=job, **answer)


def _answer(request: dict[str, Any], desk: Desk, voice: Voice) -> dict[str, Any]:
    """Run a request; what its last line says beside the id."""
    job, name = request["id"], request.get("do")
    if desk.stops(job):
        return {"cancelled": True}
    if not isinstance(name, str) or name not in VERBS:
        raise UsageError(f"nothing is called {name!r}, {did_you_mean(str(name), VERBS)}")
    work = VERBS[name].run(name, request.get("request", {}))
    if not isinstance(work, Generator):
        return {"cancelled": True} if desk.stops(job) else {"result": work}
    told = 0.0
    with closing(work):
        for value in work:
            if not isinstance(value, config.Progress):
                return {"result": value}
            if desk.stops(job):
                return {"cancelled": True}
            now = time.monotonic()
            if value.data or value.metrics or value.warnings or now - told > INTERVAL:
                told = now
                voice.say(id=job, progress=value)
    raise RuntimeError(f"{name} ended without a result")


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep the two streams of the protocol from everything else in the process."""
    lines, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    os.close(nowhere)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return lines, out


def main() -> int:
    """Serve standard input and output."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # idle threads spin beside a training
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the window's, which ends the input
    lines, out = _own_streams()
    desk = Desk()
    threading.Thread(target=desk.read, args=(lines,), daemon=True).start()
    with suppress(BrokenPipeError), out:  # the window has gone
        serve(desk, Voice(out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
