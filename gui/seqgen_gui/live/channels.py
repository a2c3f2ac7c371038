"""Which channel of a synth each track plays on, and what tells the synth so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seqgen_gui.sound.cursor import Stroke
from seqgen_gui.sound.score import Instrument, Note

NOTE_OFF, NOTE_ON, CONTROL, PROGRAM = 0x80, 0x90, 0xB0, 0xC0
DRUMS = 9
PAN, PEDAL, SOUNDS_OFF, NOTES_OFF = 10, 64, 120, 123
ALL = range(16)
_MELODIC = tuple(channel for channel in ALL if channel != DRUMS)


def channels_of(instruments: Sequence[Instrument]) -> list[int]:
    """A channel for each track: drums share one, others have their own as long as there are any.

    Then tracks share the channel of a like program, else they take turns.
    """
    found: list[int] = []
    free = iter(_MELODIC)
    by_program: dict[int, int] = {}
    for place, told in enumerate(instruments):
        if told.is_drums:
            found.append(DRUMS)
            continue
        channel = next(free, None)
        if channel is None:
            channel = by_program.get(told.program, _MELODIC[place % len(_MELODIC)])
        by_program.setdefault(told.program, channel)
        found.append(channel)
    return found


class Channels:
    """Makes MIDI messages of strokes; a program is told before the first note that needs it."""

    def __init__(self, instruments: Sequence[Instrument]) -> None:
        self._instruments = instruments
        self._of = channels_of(instruments)
        self._told: dict[int, Instrument] = {}
        self._down: set[tuple[int, int]] = set()  # channel, pitch

    def messages(self, strokes: Iterable[Stroke]) -> list[bytes]:
        """The messages of some strokes."""
        found: list[bytes] = []
        for track, pitch, velocity in strokes:
            channel = self._of[track]
            if velocity:
                found += self._tell(channel, self._instruments[track])
                found.append(bytes((NOTE_ON | channel, pitch, velocity)))
                self._down.add((channel, pitch))
            else:
                found.append(bytes((NOTE_OFF | channel, pitch, 0)))
                self._down.discard((channel, pitch))
        return found

    def silence(self) -> list[bytes]:
        """What ends all notes that were begun, for synths of any kind."""
        found = [bytes((NOTE_OFF | channel, pitch, 0)) for channel, pitch in sorted(self._down)]
        self._down.clear()
        for channel in sorted(set(self._of)):
            found += [bytes((CONTROL | channel, what, 0)) for what in (PEDAL, NOTES_OFF)]
        return found

    def _tell(self, channel: int, wanted: Instrument) -> list[bytes]:
        if self._told.get(channel) == wanted:
            return []
        self._told[channel] = wanted
        pan = bytes((CONTROL | channel, PAN, round((wanted.pan + 1) * 63.5)))
        if wanted.is_drums:
            return [pan]
        return [bytes((PROGRAM | channel, wanted.program)), pan]


def hush(instruments: Sequence[Instrument], notes: Iterable[Note]) -> list[bytes]:
    """What ends any notes of a score, where it is not known which of them sound."""
    of = channels_of(instruments)
    keys = sorted({(of[track], pitch) for _, _, pitch, _, track in notes})
    found = [bytes((NOTE_OFF | channel, pitch, 0)) for channel, pitch in keys]
    for channel in ALL:
        found += [bytes((CONTROL | channel, w, 0)) for w in (PEDAL, NOTES_OFF, SOUNDS_OFF)]
    return found
