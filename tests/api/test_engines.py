from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from seqgen.api import engines
from seqgen.api.engines import listen, warm_engine
from seqgen.core.checkpoint import Card
from seqgen.core.engine import Classes
from seqgen.core.engines import make_engine
from seqgen.core.steps import Field, Steps, StepSpec
from seqgen.errors import ModelError, UsageError
from tests.tiny_models import tiny_bundle

made: list[str] = []


def make(name: str, card: Card, weights: object) -> str:
    made.append(f"{card.name} {name}")
    return made[-1]


@pytest.fixture(autouse=True)
def _afresh() -> None:
    made.clear()
    engines._heard.clear()
    engines._engine.cache_clear()


def test_a_model_is_loaded_once_for_each_engine(tmp_path: Path) -> None:
    path = tiny_bundle("voices", tmp_path / "a.safetensors")
    assert [warm_engine(path, "numpy", make) for _ in range(3)] == ["tiny-voices numpy"] * 3
    assert warm_engine(path, "torch", make) == "tiny-voices torch"
    assert made == ["tiny-voices numpy", "tiny-voices torch"]


def test_a_changed_file_is_loaded_anew(tmp_path: Path) -> None:
    path = tiny_bundle("voices", tmp_path / "a.safetensors")
    warm_engine(path, "numpy", make)
    os.utime(path, ns=(1, 1))
    warm_engine(path, "numpy", make)
    tiny_bundle("events", path, name="other")
    os.utime(path, ns=(1, 1))
    assert warm_engine(path, "numpy", make) == "other numpy"
    assert len(made) == 3


def test_the_models_used_last_are_kept(tmp_path: Path) -> None:
    paths = [
        tiny_bundle("voices", tmp_path / f"{n}.safetensors", name=str(n))
        for n in range(engines.KEPT + 1)
    ]
    for path in (*paths, paths[-1], paths[1]):
        warm_engine(path, "numpy", make)
    assert made == [f"{n} numpy" for n in range(engines.KEPT + 1)]
    warm_engine(paths[0], "numpy", make)
    assert made[-1] == "0 numpy"


def test_one_name_from_another_folder_is_another_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        tiny_bundle("voices", tmp_path / folder / "a.safetensors", name=folder)
        monkeypatch.chdir(tmp_path / folder)
        assert warm_engine(Path("a.safetensors"), "numpy", make) == f"{folder} numpy"


def test_what_cannot_be_loaded_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    with pytest.raises(ModelError, match=r"cannot read model .*a\.safetensors: no such file"):
        warm_engine(path, "numpy", make_engine)
    tiny_bundle("voices", path)
    with pytest.raises(UsageError, match="no engine is called 'jax'"):
        warm_engine(path, "jax", make_engine)
    assert warm_engine(path, "auto", make_engine).name == "numpy"
    assert warm_engine(path, "auto", make_engine) is warm_engine(path, "auto", make_engine)


class CountingEngine:
    """An engine whose state is the number of steps it followed."""

    def __init__(self) -> None:
        self.spec = StepSpec(fields=(Field("pitch", 128),), sides=(Field("place", 16),))
        self.followed = 0

    def start(self, lanes: int = 1) -> list[int]:
        return [0]

    def follow(self, state: list[int], previous: Classes, sides: Classes) -> None:
        self.followed += len(previous)
        state[0] += len(previous)


def run(engine: Any, steps: Steps) -> tuple[list[int], list[int]]:
    """What was told on the way, and the state."""
    told: list[int] = []
    work = listen(engine, steps)
    while True:
        try:
            told.append(next(work))
        except StopIteration as end:
            return told, end.value


def steps_of(*pitches: int) -> Steps:
    fields = np.array(pitches, np.int16)[:, None]
    return Steps(fields, np.zeros_like(fields))


def test_the_same_steps_are_listened_to_once() -> None:
    engine, other = CountingEngine(), CountingEngine()
    assert run(engine, steps_of(60, 62, 64)) == ([3], [3])
    assert run(engine, steps_of(60, 62, 64)) == ([], [3])
    assert run(engine, steps_of(60, 62, 65)) == ([3], [3])
    assert run(other, steps_of(60, 62, 64)) == ([3], [3])
    assert (engine.followed, other.followed) == (6, 3)


def test_a_listening_that_was_broken_off_is_begun_again() -> None:
    engine = CountingEngine()
    work = listen(cast("Any", engine), steps_of(*[60] * 2000))
    next(work)
    work.close()
    assert run(engine, steps_of(*[60] * 2000))[1] == [2000]


def test_what_was_heard_longest_ago_is_forgotten() -> None:
    engine = CountingEngine()
    for pitch in range(engines.HEARD + 1):
        run(engine, steps_of(pitch))
    assert run(engine, steps_of(engines.HEARD)) == ([], [1])
    assert run(engine, steps_of(0)) == ([1], [1])
