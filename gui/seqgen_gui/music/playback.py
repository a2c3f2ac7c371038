"""A picture of the roll as a score for the player."""

from __future__ import annotations

from itertools import chain

from seqgen.reports import TrackReport
from seqgen_gui.music.paint import Picture
from seqgen_gui.sound.score import Instrument, Score

WIDTH = 0.5  # how far parts stand from the middle, at most


def score_of(picture: Picture) -> Score:
    """The piece and the ghost behind it, in seconds."""
    sheet = picture.sheet
    seconds = sheet.tempos.seconds
    rows = chain(sheet.notes.rows(), picture.ghost.rows())
    notes = sorted((seconds(s), seconds(e), pitch, loud, part) for s, e, pitch, loud, part in rows)
    most = max((note[4] for note in notes), default=0) + 1
    told = (*sheet.parts, *[None] * (most - len(sheet.parts)))
    return Score(tuple(notes), tuple(_instrument(track, i) for i, track in enumerate(told)))


def _instrument(track: TrackReport | None, part: int) -> Instrument:
    if track is None:
        return Instrument()
    middle = part == 0 or track.is_drums or track.role == "bass"
    side = 0.0 if middle else WIDTH * (1 if part % 2 else -1) / (1 + part // 4)
    return Instrument(track.program, track.is_drums, side)
