"""Sentences about a letter."""

from __future__ import annotations

from seqgen_gui.handwriting.flow import Written
from seqgen_gui.handwriting.gallery import title_of
from seqgen_gui.handwriting.sheet import Word


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
    parts = [part.rpartition(":") for part in style.split(",")]
    if len(parts) == 1:
        return title_of(style)
    return " and ".join(f"{float(share):.0%} {title_of(name)}" for name, _, share in parts)


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
