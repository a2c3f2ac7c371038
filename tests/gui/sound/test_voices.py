from __future__ import annotations

import numpy as np
import pytest

from seqgen_gui.sound.drums import drum
from seqgen_gui.sound.voices import RATE, Wave, note, timbre_of

PROGRAMS = [*range(0, 128, 8), 45, 48, 127]


def strongest(wave: Wave) -> float:
    """The frequency with most energy below 6 kHz, in Hz."""
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave))))
    return float(np.argmax(spectrum) * RATE / len(wave))


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_program_sounds_clean_at_the_edges_of_the_keyboard(program: int) -> None:
    for pitch in (0, 21, 60, 108, 127):
        wave = note(timbre_of(program), pitch, 100, 0.5)
        assert np.isfinite(wave).all()
        assert 0.02 < np.abs(wave).max() < 6
        assert abs(wave[0]) < 0.2
        assert abs(wave[-1]) < 1e-3


@pytest.mark.parametrize("program", [0, 40, 73])
def test_a_note_has_its_pitch(program: int) -> None:
    found = strongest(note(timbre_of(program), 69, 100, 1.0))
    assert abs(found / 440 - round(found / 440)) < 0.02
    assert strongest(note(timbre_of(73), 69, 100, 1.0)) == pytest.approx(440, rel=0.01)


def test_harmonics_beyond_hearing_are_left_out() -> None:
    wave = note(timbre_of(0), 108, 100, 0.5)  # 4186 Hz: two harmonics fit
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave)))) ** 2
    frequency = np.fft.rfftfreq(len(wave), 1 / RATE)
    assert spectrum[frequency > 15_000].sum() < 1e-3 * spectrum.sum()
    assert spectrum[frequency < 3800].sum() < 1e-3 * spectrum.sum()  # nothing folded down


def test_louder_is_louder_and_longer_is_longer() -> None:
    soft, loud = (note(timbre_of(0), 60, velocity, 0.5) for velocity in (30, 120))
    assert np.abs(loud).max() > 3 * np.abs(soft).max()
    assert len(note(timbre_of(48), 60, 90, 2.0)) - len(note(timbre_of(48), 60, 90, 1.0)) == RATE


def test_a_held_piano_note_dies_away() -> None:
    wave = note(timbre_of(0), 60, 100, 3600.0)
    assert len(wave) < 10 * RATE
    assert np.abs(wave[-RATE // 10 :]).max() < 0.01


@pytest.mark.parametrize("key", [0, 35, 38, 42, 46, 49, 51, 56, 60, 76, 81, 127])
def test_every_drum_key_sounds(key: int) -> None:
    wave = drum(key, 100)
    assert np.isfinite(wave).all()
    assert 0.05 < np.abs(wave).max() < 4
    assert abs(wave[-1]) < 1e-2


def test_a_kick_is_low_and_a_hat_is_high() -> None:
    assert strongest(drum(36, 100)) < 200
    assert strongest(drum(42, 100)) > 5000
