"""What is played: notes in seconds, and how each track sounds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Instrument:
    """How a track sounds: a General MIDI program, or drums. ``pan`` is -1 (left) to 1."""

    program: int = 0
    is_drums: bool = False
    pan: float = 0.0


@dataclass(frozen=True)
class Score:
    """Notes (start, end, pitch, velocity, track) by start, in seconds; an instrument a track."""

    notes: tuple[tuple[float, float, int, int, int], ...]
    instruments: tuple[Instrument, ...]

    @property
    def end(self) -> float:
        """The second in which the last note ends."""
        return max((note[1] for note in self.notes), default=0.0)


@dataclass(frozen=True)
class Playing:
    """How a score is played: tempo factor, the seconds of a loop, tracks that keep silent."""

    tempo: float = 1.0
    loop: tuple[float, float] | None = None
    muted: frozenset[int] = frozenset()
