from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from seqgen_gui.sound.score import Instrument, Playing, Score
from seqgen_gui.sound.synth import BLOCK, Synth
from seqgen_gui.sound.voices import RATE, Wave
from tests.gui.sound.tunes import scale


def rendered(synth: Synth, seconds: float, block: int = BLOCK) -> Wave:
    """So many seconds of sound (samples, 2), made in blocks of one size."""
    samples = round(seconds * RATE)
    blocks = [synth.block(block) for _ in range(-(-samples // block))]
    return np.concatenate(blocks)[:samples]


def test_the_size_of_blocks_does_not_matter() -> None:
    one = rendered(Synth(scale(), Playing()), 2.0, 4096)
    other = rendered(Synth(scale(), Playing()), 2.0, 1000)
    np.testing.assert_allclose(one, other, atol=2e-3)


def test_sound_stays_within_bounds_however_many_notes() -> None:
    chord = tuple((0.0, 1.0, 20 + i, 127, 0) for i in range(90))
    sound = rendered(Synth(Score(chord, (Instrument(48),)), Playing()), 1.0)
    assert np.abs(sound).max() <= 1.0
    assert sound.std() > 0.05


def test_it_ends_after_the_last_echo() -> None:
    synth = Synth(scale(), Playing())
    seconds = 0.0
    while not synth.ended:
        synth.block(BLOCK)
        seconds += BLOCK / RATE
        assert seconds < 8
    assert seconds > scale().end


def test_a_loop_comes_round_and_never_ends() -> None:
    synth = Synth(scale(), Playing(loop=(0.5, 1.0)), 0.5)
    for _ in range(60):
        synth.block(BLOCK)
        assert 0.5 <= synth.position <= 1.0
    assert not synth.ended


def test_a_loop_shorter_than_a_block_is_played_evenly() -> None:
    synth = Synth(scale(), Playing(loop=(0.5, 0.56)), 0.5)
    rendered(synth, 2.0)
    assert 0.5 <= synth.position <= 0.56


def test_an_empty_loop_is_none() -> None:
    synth = Synth(scale(), Playing(loop=(1.0, 1.0)), 0.9)
    rendered(synth, 1.0)
    assert synth.position > 1.5


def test_a_factor_of_two_is_twice_as_fast() -> None:
    synth = Synth(scale(), Playing(tempo=2.0))
    rendered(synth, 0.5)
    assert synth.position == pytest.approx(1.0, abs=0.2)


def test_muted_tracks_are_silent() -> None:
    every = rendered(Synth(scale(), Playing(muted=frozenset({0, 1, 2}))), 1.0)
    assert np.abs(every).max() == 0
    one = rendered(Synth(scale(), Playing(muted=frozenset({1, 2}))), 1.0)
    assert np.abs(one).max() > 0.01


def test_pan_places_a_track() -> None:
    left = Score(scale().notes[:4], (Instrument(pan=-1.0),) * 3)
    sound = rendered(Synth(left, Playing()), 1.0)
    assert sound[:, 0].std() > 2 * sound[:, 1].std()


def test_it_begins_in_the_middle() -> None:
    late = replace(scale(), notes=tuple(n for n in scale().notes if n[0] >= 1.0))
    sound = rendered(Synth(late, Playing(), 0.99), 0.2)
    assert np.abs(sound).max() > 0.01
