from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from seqgen_gui.live.keys import HELD, RELEASE, Keys, OwnKeys
from seqgen_gui.sound.font import Font
from seqgen_gui.sound.instruments import Instruments
from seqgen_gui.sound.voices import RATE
from tests.gui.sound.test_font import needs_fluidsynth
from tests.gui.sound.tiny_font import write_font

BLOCK = 441


@pytest.fixture(params=["own", pytest.param("font", marks=needs_fluidsynth)])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> Keys:
    if request.param == "own":
        return OwnKeys()
    return Font(str(write_font(tmp_path / "a.sf2"))).keys()


def loud(keys: Keys, seconds: float) -> float:
    """How loud the last tenth of so many seconds is."""
    blocks = [keys.render(BLOCK) for _ in range(round(seconds * RATE / BLOCK))]
    assert all(block.shape == (BLOCK, 2) for block in blocks)
    return float(np.abs(np.concatenate(blocks[-len(blocks) // 10 :])).max())


def test_a_key_sounds_at_once_and_as_long_as_it_is_held(keys: Keys) -> None:
    assert loud(keys, 0.1) < 1e-4
    keys.strike(0, 69, 100)
    assert loud(keys, 0.02) > 0.01
    assert loud(keys, 1.0) > 0.01
    keys.strike(0, 69, 0)
    assert loud(keys, 1.5) < 0.01
    keys.close()


def test_a_key_does_not_end_another(keys: Keys) -> None:
    keys.strike(0, 69, 100)
    keys.strike(0, 60, 100)
    keys.strike(0, 60, 0)
    assert loud(keys, 1.0) > 0.01


def test_a_key_that_is_let_go_unpressed_is_nothing(keys: Keys) -> None:
    keys.strike(0, 69, 0)
    assert loud(keys, 0.1) < 1e-4


def test_many_keys_stay_within_bounds_and_come_to_an_end() -> None:
    keys = OwnKeys()
    for pitch in range(128):
        keys.strike(pitch % 16, pitch, 127)
    assert np.abs(keys.render(BLOCK)).max() <= 1.0
    for pitch in range(128):
        keys.strike(pitch % 16, pitch, 0)
    keys.render(round((RELEASE + 0.1) * RATE))
    assert not keys.render(BLOCK).any()
    assert not keys._down
    assert not keys._fading


def test_a_key_that_is_held_on_and_on_dies_away() -> None:
    keys = OwnKeys()
    keys.strike(0, 60, 100)
    keys.render(round((HELD + 2) * RATE))
    assert not keys._down


@needs_fluidsynth
def test_keys_sound_with_the_soundfont_that_is_chosen(tmp_path: Path) -> None:
    instruments = Instruments(lambda why: None)
    assert isinstance(instruments.keys(), OwnKeys)
    instruments.choose(str(write_font(tmp_path / "a.sf2")))
    keys = instruments.keys()
    assert not isinstance(keys, OwnKeys)
    keys.close()
