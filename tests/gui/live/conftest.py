"""MIDI ports that the test makes, in this process and in those it starts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import mido
import pytest

from tests.gui.live.backend import FOLDER
from tests.gui.live.rig import KEYS, SYNTH, Rig
from tests.places import ROOT
from tests.workers import worker_environment

BACKEND = "tests.gui.live.backend"


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    folder = tmp_path / "ports"
    folder.mkdir()
    (folder / f"{SYNTH}.sent").touch()
    (folder / f"{KEYS}.keys").touch()
    monkeypatch.setenv(FOLDER, str(folder))
    monkeypatch.setenv("MIDO_BACKEND", BACKEND)
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}:{worker_environment()['PYTHONPATH']}")
    before = mido.backend
    mido.set_backend(BACKEND)
    yield Rig(folder)
    mido.set_backend(before)


@pytest.fixture
def no_rtmidi(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The extra is not installed, here and in processes that are started."""
    monkeypatch.setenv("MIDO_BACKEND", "seqgen_has_no_such_backend")
    before = mido.backend
    mido.set_backend("seqgen_has_no_such_backend")
    yield
    mido.set_backend(before)
