"""The recipe that a MIDI file of ours carries, read back."""

from __future__ import annotations

import sys
from array import array
from hashlib import blake2b
from typing import Any

import msgspec

from seqgen_gui.music.sheet import Sheet
from seqgen_gui.music.state import Settings


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A recipe: how the music from bar ``at`` on was made; what is None was not told.

    ``primer`` is the fingerprint of the music before. ``excerpt`` are the bars of the file it is a
    part of, ``takes`` what the recipes of several takes side by side differ in.
    """

    model: str
    temperature: float
    seed: int
    top_k: int | None = None
    top_p: float | None = None
    density: float = 1.0
    bars: int | None = None
    seconds: float | None = None
    notes: int | None = None
    at: int | None = None
    key: str | None = None
    time: str = "auto"
    engine: str = "auto"
    primer: str = ""
    only_new: bool = False
    excerpt: tuple[int, int] | None = None
    takes: tuple[dict[str, Any], ...] = ()

    @property
    def is_alone(self) -> bool:
        """Whether the file lacks the music before the new one."""
        return self.only_new or (self.excerpt is not None and self.excerpt[0] > 1)

    @property
    def count(self) -> int:
        """How many takes in a row give those of the file again; 1 where they do not."""
        wanted = tuple({"seed": self.seed + index} for index in range(len(self.takes)))
        return max(len(self.takes), 1) if self.takes == wanted else 1

    def settings(self, before: Settings) -> Settings:
        """The settings of the recipe, its seed locked."""
        return msgspec.structs.replace(
            before,
            model=self.model,
            bars=self.bars or before.bars,
            seconds=self.seconds,
            notes=self.notes,
            temperature=self.temperature,
            top_k=self.top_k,
            top_p=self.top_p,
            density=self.density,
            key=self.key or "off",
            time=self.time,
            engine=self.engine,
            seed=self.seed,
            locked=True,
            count=self.count,
        )


def fingerprint(sheet: Sheet, bar: int) -> str:
    """The fingerprint of the music before a bar, as a recipe tells it."""
    notes = sheet.notes.before(sheet.meters.line(bar))
    starts = array("q", notes.starts)
    if sys.byteorder == "big":
        starts.byteswap()
    return blake2b(starts.tobytes() + notes.pitches.tobytes(), digest_size=8).hexdigest()


def told_by(recipe: str | None) -> Told | None:
    """What a recipe tells; None for one that is not ours."""
    try:
        return msgspec.json.decode(recipe or "", type=Told)
    except msgspec.DecodeError:  # a ValidationError is one
        return None
