"""What is recorded from a keyboard, and what the sound process tells of it. No ports here."""

from __future__ import annotations

import msgspec

BEATS = 4  # a bar
Key = tuple[float, int, int, int]
"""A key that went down, or up where the last is 0: second, channel, pitch, velocity."""
Pedal = tuple[float, int, int]
"""The sustain pedal was moved: second, channel, value."""


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """How to record: from a port, at a tempo in beats a minute, in 4/4.

    ``count_in`` is a bar before bar 1; ``clicks`` go on behind it. With ``sounds`` keys are heard.
    All that comes from ``device``.
    """

    port: str
    tempo: float = 120.0
    count_in: bool = True
    clicks: bool = True
    sounds: bool = False
    device: str = ""


class Heard(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was heard since the last time; seconds are since bar 1, in the count-in below 0.

    ``beat`` is the beat that has begun, 0 the first of bar 1; ``now`` is the second.
    """

    beat: int
    now: float
    keys: tuple[Key, ...] = ()
    pedals: tuple[Pedal, ...] = ()
