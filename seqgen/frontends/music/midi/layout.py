"""The events of a file that is being made, and which of them are the primer's own."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from seqgen.frontends.music.midi.recipes import RECIPE, TEXT, Recipe, recipe_text, runs_of
from seqgen.frontends.music.midi.smf import EVENT, META, Smf, write_smf

NOTE_OFF, NOTE_ON = 0x80, 0x90


class Layout:
    """Events to be written; of those at one tick of a track, what was added first comes first."""

    def __init__(self, payloads: Iterable[bytes] = ()) -> None:
        self._payloads = list(payloads)
        self._parts: list[NDArray[np.void]] = []
        self._own: list[NDArray[np.bool_]] = []
        self._recipe: tuple[int, Recipe] | None = None

    def add(self, events: NDArray[np.void], own: NDArray[np.bool_] | None = None) -> None:
        """Add events; ``own`` (events,) says which are the primer's, None for none."""
        self._parts.append(events)
        self._own.append(np.zeros(len(events), bool) if own is None else own)

    def add_meta(self, tick: int, track: int, kind: int, data: bytes) -> None:
        """Add a meta event."""
        self.add(np.array([(tick, track, len(self._payloads), META, kind, 0)], dtype=EVENT))
        self._payloads.append(data)

    def add_recipe(self, recipe: Recipe) -> None:
        """Add a recipe at tick 0, which will tell what is the primer's own."""
        self._recipe = len(self._payloads), recipe
        self.add_meta(0, 0, TEXT, b"")

    def add_short(
        self,
        tick: ArrayLike,
        track: ArrayLike,
        status: ArrayLike,
        data1: ArrayLike,
        data2: ArrayLike = 0,
    ) -> None:
        """Add channel events, of which arguments may be one for all."""
        columns = np.broadcast_arrays(tick, track, -1, status, data1, data2)
        events = np.empty(columns[0].size, dtype=EVENT)
        for name, column in zip(EVENT.names or (), columns, strict=True):
            events[name] = column.ravel()
        self.add(events)

    def add_notes(self, notes: NDArray[np.void], tracks: NDArray[np.int64]) -> None:
        """Add notes; ``tracks`` (notes,) says on which track of the file each goes."""
        channel, pitch = notes["channel"], notes["pitch"]
        self.add_short(notes["end"], tracks, NOTE_OFF | channel, pitch)
        self.add_short(notes["start"], tracks, NOTE_ON | channel, pitch, notes["velocity"])

    def written(self, division: int, ends: NDArray[np.int64]) -> bytes:
        """The file, of a track an end in ``ends``."""
        events, own = np.concatenate(self._parts), np.concatenate(self._own)
        order = np.lexsort((events["tick"], events["track"]))
        if self._recipe is not None:
            place, recipe = self._recipe
            told = {**recipe, "own": runs_of(own[order])} if "ends" in recipe else recipe
            self._payloads[place] = (RECIPE + recipe_text(told)).encode()
        return write_smf(Smf(1, division, events[order], tuple(self._payloads), ends))
