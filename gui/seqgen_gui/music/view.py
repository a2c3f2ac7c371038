"""What part of a piece the roll shows, and how large."""

from __future__ import annotations

from dataclasses import dataclass

PITCHES = 128
KEY_HEIGHTS = (4, 40)  # pixels, least and most
BEAT_WIDTHS = (3.0, 640.0)


@dataclass
class View:
    """Zoom and scroll, in logical pixels; ``width`` and ``height`` are those of what is shown.

    A tick lies at ``round(tick * scale) - left``: scrolling by whole pixels moves everything
    alike, so that what is painted can be moved and not painted anew.
    """

    ticks_per_beat: int = 480
    beat_width: float = 28.0
    key_height: int = 10
    left: int = 0
    top: int = 0
    width: int = 100
    height: int = 100

    @property
    def scale(self) -> float:
        """Pixels a tick."""
        return self.beat_width / self.ticks_per_beat

    def x(self, tick: int) -> int:
        """Where ``tick`` is, from the left edge."""
        return round(tick * self.scale) - self.left

    def tick(self, x: float) -> int:
        """The tick at ``x`` from the left edge, at least 0."""
        return max(round((x + self.left) / self.scale), 0)

    def y(self, pitch: int) -> int:
        """The upper edge of the row of ``pitch``."""
        return (PITCHES - 1 - pitch) * self.key_height - self.top

    def pitch(self, y: float) -> int:
        """The pitch whose row is at ``y``, within 0 to 127."""
        row = int((y + self.top) // self.key_height)
        return min(max(PITCHES - 1 - row, 0), PITCHES - 1)

    @property
    def ticks(self) -> tuple[int, int]:
        """The first and last tick in sight."""
        return self.tick(0), self.tick(self.width)

    def zoom_time(self, factor: float, x: float) -> None:
        """Widen beats by ``factor``, the tick at ``x`` staying where it is."""
        tick = (x + self.left) / self.scale
        low, high = BEAT_WIDTHS
        self.beat_width = min(max(self.beat_width * factor, low), high)
        self.left = max(round(tick * self.scale - x), 0)

    def zoom_pitch(self, steps: int, y: float) -> None:
        """Make rows ``steps`` pixels higher, what is at ``y`` staying where it is."""
        row = (y + self.top) / self.key_height
        low, high = KEY_HEIGHTS
        self.key_height = min(max(self.key_height + steps, low), high)
        self.top = max(round(row * self.key_height - y), 0)
