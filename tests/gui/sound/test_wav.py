from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from seqgen_gui.sound.score import Playing
from seqgen_gui.sound.voices import RATE
from seqgen_gui.sound.wav import write_wav
from seqgen_gui.sound.wav_job import WavJob
from tests.gui.sound.tunes import scale

PATIENCE = 20_000  # milliseconds that a busy machine may take


def test_a_wav_file_holds_the_whole_score(tmp_path: Path) -> None:
    shares: list[float] = []

    def goes_on(share: float) -> bool:
        shares.append(share)
        return True

    assert write_wav(tmp_path / "a.wav", scale(), Playing(loop=(0, 1)), goes_on)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, RATE)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)
    assert scale().end < len(samples) / RATE < scale().end + 3
    assert np.abs(samples).max() > 2000
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_cancelled_file_leaves_nothing(tmp_path: Path) -> None:
    assert not write_wav(tmp_path / "a.wav", scale(), Playing(), lambda share: share < 0.1)
    assert list(tmp_path.iterdir()) == []


def test_a_job_tells_that_it_is_done(tmp_path: Path, qtbot: QtBot) -> None:
    job = WavJob(tmp_path / "a.wav", scale(2), Playing())
    shares: list[float] = []
    job.progressed.connect(shares.append)
    with qtbot.waitSignal(job.finished, timeout=PATIENCE) as told:
        job.start()
    assert told.args == [str(tmp_path / "a.wav")]
    assert (tmp_path / "a.wav").exists()
    assert shares


def test_a_job_tells_why_it_cannot(tmp_path: Path, qtbot: QtBot) -> None:
    job = WavJob(tmp_path / "none" / "a.wav", scale(2), Playing())
    with qtbot.waitSignal(job.failed, timeout=PATIENCE) as told:
        job.start()
    assert "cannot write" in told.args[0]
    assert "No such file" in told.args[0]


def test_a_cancelled_job_says_so_and_leaves_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    job = WavJob(tmp_path / "a.wav", scale(4000), Playing())
    with qtbot.waitSignal(job.progressed, timeout=PATIENCE):
        job.start()
    with qtbot.waitSignal(job.failed) as told:
        job.cancel()
    assert told.args == ["cancelled"]
    assert list(tmp_path.iterdir()) == []


def test_a_job_whose_process_cannot_start_says_so(tmp_path: Path, qtbot: QtBot) -> None:
    job = WavJob(tmp_path / "a.wav", scale(2), Playing(), command=["no-such-program"])
    with qtbot.waitSignal(job.failed, timeout=PATIENCE) as told:
        job.start()
    assert "no-such-program cannot be started" in told.args[0]


@pytest.mark.parametrize("tempo", [0.5, 2.0])
def test_the_tempo_counts_in_a_file_too(tmp_path: Path, tempo: float) -> None:
    write_wav(tmp_path / "a.wav", scale(), Playing(tempo=tempo), lambda share: True)
    with wave.open(str(tmp_path / "a.wav")) as file:
        seconds = file.getnframes() / RATE
    assert scale().end / tempo < seconds < scale().end / tempo + 3
