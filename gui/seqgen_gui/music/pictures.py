"""What the roll shows of a state, or of a take that is being drawn."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from seqgen.config import SampleMusic
from seqgen_gui.music.notes import Notes, Row, notes_of
from seqgen_gui.music.paint import Picture
from seqgen_gui.music.sheet import Sheet, empty_sheet
from seqgen_gui.music.sheets import Sheets
from seqgen_gui.music.state import MusicState

BARS = 8
"""What a request asks for that says nothing."""


def picture_of_drawing(base: Sheet, rows: Iterable[Row], request: SampleMusic) -> Picture:
    """A piece, and the notes that have come so far of the take of a request behind it.

    ``rows`` name tracks as the worker does: by their index in the file of the piece.
    """
    ghost = notes_of((s, e, p, v, base.part(track)) for s, e, p, v, track in rows)
    first, tempos = base.meters.line(base.next_bar), base.tempos
    if request.seconds is not None:
        end = round(tempos.tick(tempos.seconds(first) + request.seconds))
    elif request.notes is not None:  # nobody knows where that many notes end
        last = max((*ghost.ends, base.meters.line(base.next_bar + 1)))
        end = base.meters.line(base.meters.bar_at(last - 1) + 1)
    else:
        end = base.meters.line(base.next_bar + (request.bars or BARS))
    return Picture(sheet=base, ghost=ghost, new=(first, end))


def picture_of_state(state: MusicState, other: int | None, sheets: Sheets) -> Picture | None:
    """The piece and the ghost of a state; None while their sheets are on the way.

    ``other`` is the number of the take that the ghost is compared with.
    """
    piece, ghost, bar = state.piece, state.ghost, state.ghost_bar
    path = ghost.path if ghost else piece.path
    whole = empty_sheet() if path is None else sheets.at_hand(path)
    if whole is None:
        return None
    if ghost is None:
        return Picture(sheet=_until(whole, piece.last_bar))
    begin = whole.meters.line(bar)
    take = state.take(other)
    return Picture(
        sheet=_until(whole, bar - 1),
        ghost=_since(whole.notes, begin),
        other=_notes_of(sheets.at_hand(take.path) if take and take is not ghost else None, bar),
        new=(begin, max(whole.meters.line(whole.next_bar), begin)),
    )


def _notes_of(sheet: Sheet | None, bar: int) -> Notes:
    return _since(sheet.notes, sheet.meters.line(bar)) if sheet else notes_of([])


@lru_cache(16)
def _until(sheet: Sheet, bar: int | None) -> Sheet:
    return sheet.until(bar)


@lru_cache(16)
def _since(notes: Notes, tick: int) -> Notes:
    return notes.since(tick)
