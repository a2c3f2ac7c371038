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
from tests.gui.sound.test_font import needs_fluidsynth
from tests.gui.sound.tiny_font import write_font
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


def test_a_job_whose_soundfont_is_gone_says_so_and_writes_with_the_built_in_sounds(
    tmp_path: Path, qtbot: QtBot
) -> None:
    job = WavJob(tmp_path / "a.wav", scale(2), Playing(), font="/none/a.sf2")
    warnings: list[str] = []
    job.warned.connect(warnings.append)
    with qtbot.waitSignal(job.finished, timeout=PATIENCE):
        job.start()
    assert warnings == ["the built-in sounds play: the SoundFont /none/a.sf2 is gone"]


@needs_fluidsynth
def test_a_job_writes_with_the_soundfont_that_is_chosen(tmp_path: Path, qtbot: QtBot) -> None:
    font = str(write_font(tmp_path / "a.sf2"))
    for name, path in (("ours.wav", ""), ("theirs.wav", font)):
        job = WavJob(tmp_path / name, scale(2), Playing(), font=path)
        with qtbot.waitSignal(job.finished, timeout=PATIENCE):
            job.start()
    assert (tmp_path / "ours.wav").read_bytes() != (tmp_path / "theirs.wav").read_bytes()


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
