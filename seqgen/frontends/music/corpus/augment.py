"""What is varied when a piece is drawn for training."""

from __future__ import annotations

import msgspec


class Augment(msgspec.Struct, frozen=True, kw_only=True):
    """What is varied each time a piece is drawn for training.

    ``transpose`` semitones either way at most, ``velocity`` classes either way, ``tempo`` a
    factor either way in free time, ``free`` the share of draws that hear a piece in free time.
    """

    transpose: int = 6
    velocity: int = 1
    tempo: float = 0.15
    free: float = 0.2
