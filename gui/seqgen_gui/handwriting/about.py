"""Sentences about a letter."""

from __future__ import annotations

from collections.abc import Mapping

from seqgen.ink_sheets import HandwritingSheets
from seqgen_gui.handwriting.flow import Written
from seqgen_gui.handwriting.gallery import title_of
from seqgen_gui.handwriting.sheet import Word
from seqgen_gui.handwriting.state import HandwritingState, parts_of

NAMED = 12  # characters that a note names


def summary_of(written: Written) -> str:
    """Size, pages, pen lifts and the time to plot, in a line."""
    sheets, told = written.sheets, written.told
    first = sheets[0]
    lines = sum(len(sheet.by_line) for sheet in sheets)
    parts = [
        f"{first.width:g} x {first.height:g} mm",
        counted(len(sheets), "page"),
        counted(lines, "line"),
        f"{sum(sheet.pen_mm for sheet in sheets) / 1000:.1f} m of ink",
        counted(sum(sheet.lifts for sheet in sheets), "pen lift"),
        f"plots in {duration(sum(sheet.plot_seconds for sheet in sheets))} or more",
        f"style {mix_title(told.style)}",
        f"seed {told.seed}",
    ]
    return " · ".join(parts)


def mix_title(style: str) -> str:
    """A style for people: titles, with their shares where it is a mix."""
    parts = [(title_of(name), float(weight or 1)) for name, weight in parts_of(style)]
    if len(parts) == 1:
        return parts[0][0]
    whole = sum(weight for _, weight in parts)
    return " and ".join(f"{weight / whole:.0%} {title}" for title, weight in parts)


def advice_of(state: HandwritingState, running: bool) -> str:
    """What to do next, or to know."""
    if running:
        return ""
    if not state.text.strip():
        return "Type a text, then write it."
    return "The page shows an older text or hand." if state.is_stale else ""


def note_of(told: HandwritingSheets) -> str:
    """What a user should know of a letter: what glyphs drew, and what may not read well."""
    notes = []
    if told.glyphs:
        notes.append(f"Drawn from glyphs, as the model never learned them: {_named(told.glyphs)}")
    if told.missing:
        notes.append(f"A box stands for: {_named(told.missing)}")
    if told.faults:
        lines = counted(sum(told.faults.values()), "line")
        notes.append(f"{lines} may not read well, a click draws a word anew")
    return ". ".join(notes)


def _named(characters: Mapping[str, int]) -> str:
    shown = "  ".join(list(characters)[:NAMED])
    more = len(characters) - NAMED
    return f"{shown}  and {more} more" if more > 0 else shown


def hint_of(word: Word) -> str:
    """What a click would do."""
    return f"Click to draw “{word.text}” anew, Shift-click for its whole line"


def counted(number: int, what: str) -> str:
    """1 page, 2 pages."""
    return f"{number} {what}" if number == 1 else f"{number:,} {what}s"


def duration(seconds: float) -> str:
    """A time for people."""
    if seconds < 60:
        return f"{max(round(seconds), 1)} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if minutes < 10 else f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"
