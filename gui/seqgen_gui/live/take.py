"""A take from a keyboard: keys become notes, and find their place in bars."""

from __future__ import annotations

from typing import Any

from seqgen_gui.live.recording import BEATS, Heard, Key, Pedal, Recording

EARLY = 0.5  # beats before bar 1 that count as its first beat


class LiveTake:
    """Gathers what is heard; without a count-in and clicks, bar 1 begins with the first note."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._beat = 60 / recording.tempo
        self._notes: list[tuple[float, float, int, int, int]] = []
        self._down: dict[tuple[int, int], tuple[float, int]] = {}  # channel, pitch
        self._pedals: list[Pedal] = []
        self.now = 0.0

    def hear(self, heard: Heard) -> None:
        """Take down what was heard."""
        for key in heard.keys:
            self._take(key)
        self._pedals += heard.pedals
        self.now = heard.now

    @property
    def count(self) -> int:
        """How many notes were begun."""
        return len(self._notes) + len(self._down)

    def rows(self) -> list[tuple[float, float, int, int, int]]:
        """Start, end (seconds), pitch, velocity and channel of the notes; held ones end now."""
        held = (
            (start, max(self.now, start), pitch, velocity, channel)
            for (channel, pitch), (start, velocity) in self._down.items()
        )
        return sorted([*self._notes, *held])

    def request(self, output: str) -> dict[str, Any]:
        """The request ``record_music`` that writes the take; there must be notes."""
        notes = self.rows()
        shift = self._shift(notes[0][0])
        return {
            "output": output,
            "tempo": self._recording.tempo,
            "notes": [(max(s + shift, 0.0), max(e + shift, 0.0), *rest) for s, e, *rest in notes],
            "pedals": [(max(second + shift, 0.0), *rest) for second, *rest in self._pedals],
        }

    def _take(self, key: Key) -> None:
        second, channel, pitch, velocity = key
        began = self._down.pop((channel, pitch), None)
        if began is not None:
            self._notes.append((began[0], second, pitch, began[1], channel))
        if velocity:
            self._down[channel, pitch] = second, velocity

    def _shift(self, first: float) -> float:
        """Seconds to add, so that the music begins in bar 1."""
        if not (self._recording.count_in or self._recording.clicks):
            return -first
        if first < -EARLY * self._beat:
            return BEATS * self._beat  # an upbeat: the count-in is a bar of the piece
        return 0.0
