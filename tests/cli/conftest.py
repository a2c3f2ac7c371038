"""Two ways to run the command line: in this process, and in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import msgspec
import pytest

from seqgen.cli import main
from seqgen.config import MusicResult, Progress, Take, TrainResult
from tests.places import ROOT

Finished = subprocess.CompletedProcess[str]


class Told(msgspec.Struct):
    status: int
    out: str
    err: str


@pytest.fixture
def seqgen(capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Run a command in this process; returns its status and what it printed."""

    def run(*arguments: str) -> Told:
        status = main(arguments)
        return Told(status, *capsys.readouterr())

    return run


@pytest.fixture
def process() -> Callable[..., Finished]:
    """Run a command line in a process of its own, as a user does."""

    def run(*arguments: str, code: str = "", **options: Any) -> Finished:
        path = os.pathsep.join([str(ROOT), str(ROOT / "gui")])
        environment = os.environ | {"PYTHONPATH": path, "PYTHONWARNINGS": "error"}
        start = ["-c", code] if code else ["-m", "seqgen"]
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        command = [sys.executable, *start, *arguments]
        return subprocess.run(command, text=True, timeout=60, env=environment, **options)

    return run


Work = Callable[[Any], Iterator[Any]]


@pytest.fixture
def use_case(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, Work], list[Any]]:
    """Put ``work`` in the place of a use-case; returns the list of requests it gets."""

    def put(module: str, function: str, work: Work) -> list[Any]:
        requests: list[Any] = []

        def use(request: Any) -> Iterator[Any]:
            requests.append(request)
            return work(request)

        stand_in = ModuleType(module)
        setattr(stand_in, function, use)
        monkeypatch.setitem(sys.modules, module, stand_in)
        return requests

    return put


def music_result(**changes: Any) -> MusicResult:
    take = Take(path="out.mid", seed=7, notes=40, bars=8, seconds=16, guards={"loop": 2})
    result = MusicResult(
        model="pop",
        engine="numpy",
        temperature=1,
        key="D minor",
        time="metric",
        primer_notes=100,
        at_bar=9,
        takes=[take],
        warnings=["the last track is cut short"],
    )
    return msgspec.structs.replace(result, **changes)


@pytest.fixture
def sampling(use_case: Callable[[str, str, Work], list[Any]]) -> list[Any]:
    """A use-case that samples at once; the list of the requests it gets."""

    def work(_: Any) -> Iterator[Any]:
        yield Progress(stage="sampling", done=4, total=8)
        yield music_result()

    return use_case("seqgen.api.sample", "sample_music", work)


@pytest.fixture
def training(use_case: Callable[[str, str, Work], list[Any]]) -> list[Any]:
    """A use-case that trains at once; the list of the requests it gets."""

    def work(_: Any) -> Iterator[Any]:
        yield Progress(stage="training", done=10, total=20, metrics={"loss": float("nan")})
        scores = {"nll_pitch": 1.5, "accuracy_pitch": 0.25}
        yield Progress(stage="validating", done=20, total=20, note="epoch 1", metrics=scores)
        yield TrainResult(
            model="run/best.safetensors",
            updates=20,
            epochs=1.5,
            seconds=90,
            best={"valid_nll": 1.5},
            reason="finished",
            warnings=[],
        )

    return use_case("seqgen.api.train", "train", work)
