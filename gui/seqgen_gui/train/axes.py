"""Axes: where the ticks are, what they say, and where a value lies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

MARGIN = 0.04  # of the range, left free at both ends
Tick = tuple[float, str]


@dataclass(frozen=True)
class Axis:
    """Maps values from ``low`` to ``high`` to 0 to 1, by their logarithms where ``log``."""

    low: float
    high: float
    log: bool = False

    def place(self, value: float) -> float:
        """Where a value is; NaN where it has no place."""
        if not self.log:
            return (value - self.low) / (self.high - self.low)
        return math.log(value / self.low) / self._decades if value > 0 else math.nan

    @cached_property
    def _decades(self) -> float:
        return math.log(self.high / self.low)

    def value(self, place: float) -> float:
        """The value at a place."""
        if self.log:
            return self.low * math.exp(place * math.log(self.high / self.low))
        return self.low + (self.high - self.low) * place

    def ticks(self, most: int) -> list[Tick]:
        """About ``most`` round values within, with their texts."""
        return self._log_ticks(most) if self.log else self._even_ticks(most)

    def _even_ticks(self, most: int) -> list[Tick]:
        step = nice_step((self.high - self.low) / max(1, most))
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        digits = max(0, -math.floor(math.log10(step)))
        found = (number * step for number in range(first, last + 1))
        if digits > 4:
            return [(value, f"{value:.3g}") for value in found]
        return [(value, f"{value:,.{digits}f}") for value in found]

    def _log_ticks(self, most: int) -> list[Tick]:
        decades = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        found: list[float] = []
        for parts in ((1,), (1, 3), (1, 2, 5), tuple(range(1, 10))):
            inside = [
                part * 10.0**decade
                for decade in decades
                for part in parts
                if self.low <= part * 10.0**decade <= self.high
            ]
            if not found or len(inside) <= most:
                found = inside
        if len(found) < 2:
            return Axis(self.low, self.high)._even_ticks(most)
        step = -(-len(found) // max(2, most))
        return [(value, f"{value:g}") for value in found[::step]]


def nice_step(least: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is not less than ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next((part * power for part in (1, 2, 5) if part * power >= least), 10 * power)


def fitting(low: float, high: float, log: bool) -> Axis:
    """An axis on which all values from ``low`` to ``high`` have a place, with some room."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return Axis(0.1, 1.0, log)
    if log:
        room = max((high / low) ** MARGIN, 1.05)
        return Axis(low / room, high * room, log)
    room = (high - low) * MARGIN or abs(high) * MARGIN or 0.5
    return Axis(low - room, high + room)
