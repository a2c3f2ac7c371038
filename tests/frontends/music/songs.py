"""Primers as musicians bring them, made in code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.music.midi.score import NOTE, Score, Track, read_score
from seqgen.frontends.music.midi.writer import new_piece

BEAT = 480
Line = Iterable[tuple[float, float, int]]
"""Notes as (start in beats, length in beats, pitch)."""


def notes_of(line: Line, track: int, channel: int, velocity: int) -> NDArray[np.void]:
    rows = [
        (round(start * BEAT), round((start + length) * BEAT), pitch, velocity, channel, track)
        for start, length, pitch in line
    ]
    return np.array(rows, NOTE)


def song(
    parts: Mapping[str, tuple[int, int, int, Line]],
    meter: tuple[int, int] = (4, 4),
    bpm: float = 120,
) -> bytes:
    """A file from parts by name: (channel, program, velocity, line)."""
    tracks, notes = [], []
    for index, (name, (channel, program, velocity, line)) in enumerate(parts.items()):
        tracks.append(Track(index, name, channel, program, channel == 9, ""))
        notes.append(notes_of(line, index, channel, velocity))
    return new_piece(tracks, np.concatenate(notes), BEAT, round(60e6 / bpm), meter)


def score_of(data: bytes) -> Score:
    return read_score(data)


def tune(bars: int = 4, beats: int = 4, root: int = 60) -> Line:
    """Quarters up and down the scale, the last bar held."""
    scale = [0, 2, 4, 5, 7, 5, 4, 2]
    for beat in range(bars * beats):
        yield beat, 1.0, root + scale[beat % 8]


def loop(bars: int = 4) -> bytes:
    """Drums, bass, chords and lead, as a sequencer exports them."""
    chords = [(57, 60, 64), (53, 57, 60), (48, 52, 55), (55, 59, 62)]
    beats = [bar * 4 + beat for bar in range(bars) for beat in range(4)]
    drums: list[tuple[float, float, int]] = [(b, 0.25, 36 if b % 2 == 0 else 38) for b in beats]
    drums += [(b / 2, 0.25, 42) for b in range(bars * 8)]
    bass = [(b / 2, 0.45, chords[b // 8 % 4][0] - 24) for b in range(bars * 8)]
    pads = [(bar * 4, 4.0, p) for bar in range(bars) for p in chords[bar % 4]]
    lead = [
        (b / 2, 0.5, chords[b // 8 % 4][b % 3] + 12 + 12 * (b % 5 == 0)) for b in range(bars * 8)
    ]
    return song(
        {
            "Drums": (9, 0, 110, sorted(drums)),
            "Bass": (1, 33, 100, bass),
            "Chords": (2, 88, 60, pads),
            "Lead": (3, 81, 90, lead),
        }
    )


def piano(bars: int = 8, seed: int = 0) -> bytes:
    """Both hands on one track."""
    rng = np.random.default_rng(seed)
    left = [(b / 2, 0.5, int(36 + rng.choice([0, 7, 12]))) for b in range(bars * 8)]
    right = [(float(b), 1.0, int(60 + p)) for b in range(bars * 4) for p in (0, 4, 7)]
    return song({"": (0, 0, 70, sorted(left + right))})


def rubato(seconds: int = 40, seed: int = 0) -> bytes:
    """A recording without a grid."""
    rng = np.random.default_rng(seed)
    onsets = np.cumsum(rng.gamma(4, 0.08, seconds * 3))
    line = [(float(t), 0.7 + float(rng.random()), int(rng.integers(48, 80))) for t in onsets]
    return song({"Recording": (0, 0, 64, line)})


def waltz(bars: int = 8) -> bytes:
    bass = [(3 * bar, 0.9, 48 - 5 * (bar % 2)) for bar in range(bars)]
    chords = [
        (3 * bar + beat, 0.9, p) for bar in range(bars) for beat in (1, 2) for p in (60, 64, 67)
    ]
    return song(
        {
            "Melody": (0, 73, 90, tune(bars, 3, 72)),
            "Accompaniment": (1, 0, 60, sorted(bass + chords)),
        },
        meter=(3, 4),
    )


def jig(bars: int = 8) -> bytes:
    line = [(n / 2, 0.5, 67 + [0, 2, 4, 7, 4, 2][n % 6]) for n in range(bars * 6)]
    return song({"Fiddle": (0, 40, 90, line)}, meter=(6, 8))


def orchestra(bars: int = 8) -> bytes:
    """Twelve tracks from flute to double bass."""
    parts = [
        ("Flute", 73, 84), ("Oboe", 68, 76), ("Clarinet", 71, 72), ("Bassoon", 70, 50),
        ("Horn", 60, 58), ("Trumpet", 56, 70), ("Timpani", 47, 40), ("Violin I", 48, 79),
        ("Violin II", 48, 72), ("Viola", 48, 62), ("Cello", 48, 50), ("Double Bass", 43, 36),
    ]  # fmt: skip
    return song(
        {
            name: (index + (index > 8), program, 40 + 6 * index, tune(bars, 4, root))
            for index, (name, program, root) in enumerate(parts)
        }
    )


def chorale(bars: int = 8) -> bytes:
    """Soprano, alto, tenor and bass on a track each."""
    roots = {"Soprano": 67, "Alto": 62, "Tenor": 55, "Bass": 43}
    return song(
        {
            name: (index, 52, 80, tune(bars, 4, root))
            for index, (name, root) in enumerate(roots.items())
        }
    )


def single() -> bytes:
    return song({"Melody": (0, 0, 80, [(0.0, 1.0, 60)])})


SONGS = {
    build.__name__: build
    for build in (loop, piano, rubato, waltz, jig, orchestra, chorale, single)
}
