"""The colours of a piano roll, made from the palette of the window's theme."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QPalette

LEVELS = 6
"""Shades that velocities are shown in."""
_HUES = (212, 24, 150, 322, 46, 268, 186, 0)


def mix(one: QColor, other: QColor, part: float) -> QColor:
    """A colour between two: ``part`` 0 is ``one``, 1 is ``other``."""
    channels = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + (b - a) * part) for a, b in channels))


def level_of(velocity: int) -> int:
    """Which of the LEVELS a velocity (0 to 127) is shown in."""
    return min(velocity * LEVELS // 128, LEVELS - 1)


@dataclass(frozen=True)
class RollColours:
    """Colours of everything in a roll but its notes, which ``note`` gives."""

    dark: bool
    row: QColor  # of white keys
    black_row: QColor
    octave_line: QColor
    beat_line: QColor
    bar_line: QColor
    text: QColor
    faint_text: QColor
    accent: QColor
    new_row: QColor  # behind new music
    new_black_row: QColor
    panel: QColor
    white_key: QColor
    black_key: QColor

    def note(self, track: int, level: int) -> QColor:
        """The colour of a note of ``track``: paler the softer it is."""
        return _note(track, level, self.dark, self.row.rgb())

    def edge(self, track: int) -> QColor:
        """The outline of a ghost of ``track``."""
        return _note(track, LEVELS - 1, self.dark, self.row.rgb())


def colours_of(palette: QPalette) -> RollColours:
    """The roll's colours in a theme."""
    base, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    accent = palette.color(QPalette.ColorRole.Highlight)
    dark = base.lightness() < text.lightness()
    black_row = mix(base, text, 0.06 if dark else 0.045)
    white_key, black_key = (text, base) if dark else (base, text)
    return RollColours(
        dark=dark,
        row=base,
        black_row=black_row,
        octave_line=mix(base, text, 0.16),
        beat_line=mix(base, text, 0.10),
        bar_line=mix(base, text, 0.28),
        text=text,
        faint_text=mix(base, text, 0.62),
        accent=accent,
        new_row=mix(base, accent, 0.10),
        new_black_row=mix(black_row, accent, 0.14),
        panel=palette.color(QPalette.ColorRole.Window),
        white_key=mix(white_key, black_key, 0.12 if dark else 0.0),
        black_key=mix(black_key, white_key, 0.12),
    )


@lru_cache(maxsize=1024)
def _note(track: int, level: int, dark: bool, base: int) -> QColor:
    hue = _HUES[track % len(_HUES)]
    full = QColor.fromHsl(hue, 190, 150 if dark else 112)
    return mix(QColor.fromRgb(base), full, 0.45 + 0.55 * level / (LEVELS - 1))
