"""A piece as the roll shows it: what the worker's ``music_sheet`` tells, made ready."""

from __future__ import annotations

from dataclasses import dataclass, replace

from seqgen.reports import MidiReport, MusicSheet, TrackReport
from seqgen_gui.music.notes import Notes, notes_from
from seqgen_gui.music.timeline import Meters, Tempos

NEW_PIECE = (480, 666_667, (4, 4))
"""Ticks a beat, microseconds a beat and meter of a piece that the worker begins anew."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """A piece: ``end`` is the tick where its music ends, ``next_bar`` the first bar behind it.

    ``parts`` are the tracks that have notes; the notes name them by their place there, so that
    a part keeps its colour when a file is written anew with other tracks around. ``report`` says
    what was understood of the file; None for an empty sheet. ``doubts`` are those of MusicSheet.
    """

    notes: Notes
    meters: Meters
    tempos: Tempos
    ticks_per_beat: int
    parts: tuple[TrackReport, ...]
    end: int
    next_bar: int
    report: MidiReport | None = None
    found_key: str | None = None
    doubts: tuple[str, ...] = ()

    def part(self, track: int) -> int:
        """The part that the track of this index in the file plays."""
        if self.report is None:
            return max(track - 1, 0)  # a new piece has a conductor's track before its parts
        playing = [index for index, told in enumerate(self.report.tracks) if told.notes]
        return playing.index(track) if track in playing else track

    def until(self, bar: int | None) -> Sheet:
        """The piece up to the end of ``bar`` (from 1); all of it for None."""
        if bar is None or bar >= self.next_bar - 1:
            return self
        end = self.meters.line(bar + 1)
        return replace(self, notes=self.notes.before(end), end=end, next_bar=bar + 1)


def sheet_from(told: MusicSheet) -> Sheet:
    """The sheet of a file, from what the worker tells."""
    beat = told.report.ticks_per_beat
    playing = [index for index, track in enumerate(told.report.tracks) if track.notes]
    return Sheet(
        notes=notes_from(told.notes, {track: part for part, track in enumerate(playing)}),
        meters=Meters(told.meters, beat),
        tempos=Tempos(told.tempos, beat),
        ticks_per_beat=beat,
        parts=tuple(told.report.tracks[index] for index in playing),
        end=told.end,
        next_bar=told.next_bar,
        report=told.report,
        found_key=told.found_key,
        doubts=tuple(told.doubts),
    )


def empty_sheet() -> Sheet:
    """The sheet of a piece that is to begin."""
    beat, tempo, meter = NEW_PIECE
    return Sheet(
        notes=Notes().index(),
        meters=Meters([(0, *meter)], beat),
        tempos=Tempos([(0, tempo)], beat),
        ticks_per_beat=beat,
        parts=(),
        end=0,
        next_bar=1,
    )
