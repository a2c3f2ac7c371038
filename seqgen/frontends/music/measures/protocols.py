"""Protocols: what is averaged over what when a music model is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.core.steps import Steps
from seqgen.errors import UsageError, did_you_mean
from seqgen.frontends.music.codecs import voices


@dataclass(frozen=True)
class Protocol:
    """A way to measure models of ``codec``, whose pieces are encoded in ``time``.

    Nats are given per each of ``units``, of which the first is the one to compare; ``about``
    says in a sentence what is averaged.
    """

    name: str
    codec: str
    time: str
    units: tuple[str, ...]
    about: str
    has_baseline: bool = False


_ALL = "micro mean over all pieces of the split, teacher forced, LSTM state from zero at the start"
_NOTES = (
    "nats per note: the sum of the five fields (role, pitch, duration, velocity, shift to the "
    f"next note or the end) of every note over the number of notes, {_ALL} of each piece; {{}}; "
    "known at a note besides the notes before it: the file's clock, and the meter and tempo "
    "in force there, no other look-ahead"
)
_DEFAULTS = {"voices": "cells", "events": "notes"}
_KNOWN = (
    Protocol(
        name="cells",
        codec="voices",
        time="auto",
        units=("cell", "changed_cell", "step"),
        about="nats per grid cell: the total nats of every piece, all five fields of all chord "
        "steps, durations included and the last one coded as any other, over its number of cells "
        f"(4 voices x number of 16ths), {_ALL} of each piece; side inputs come from earlier "
        "steps only, no chord labels and no look-ahead",
    ),
    Protocol(
        name="notes",
        codec="events",
        time="auto",
        units=("note",),
        about=_NOTES.format(
            "each piece on its own clock, 12 units a beat where its onsets lie on a grid, else "
            "100 units a second"
        ),
        has_baseline=True,
    ),
    Protocol(
        name="free",
        codec="events",
        time="free",
        units=("note",),
        about=_NOTES.format("every piece in free time, 100 units a second"),
        has_baseline=True,
    ),
)


def find_protocol(codec: str, name: str | None) -> Protocol:
    """The protocol ``name`` for models of ``codec``, or its default; UsageError if unknown."""
    known = {protocol.name: protocol for protocol in _KNOWN if protocol.codec == codec}
    name = _DEFAULTS[codec] if name is None else name
    if name not in known:
        raise UsageError(
            f"no protocol for models of {codec} is called {name!r}, {did_you_mean(name, known)}"
        )
    return known[name]


class Tally:
    """Sums over pieces: nats and hits of every field, and what they are averaged over."""

    def __init__(self, protocol: Protocol, fields: int) -> None:
        self._protocol = protocol
        self.nats: NDArray[np.float64] = np.zeros(fields)
        self.hits: NDArray[np.int64] = np.zeros(fields, np.int64)
        self.counts = {"pieces": 0, "steps": 0}

    def add(self, steps: Steps, nll: NDArray[np.float64], hits: NDArray[np.bool_]) -> None:
        """Take in a piece: its steps, and nats and hits (T, F) of them."""
        self.nats += nll.sum(axis=0)
        self.hits += hits.sum(axis=0)
        found = {"pieces": 1, "steps": len(steps), **count_units(self._protocol.codec, steps)}
        for name, count in found.items():
            self.counts[name] = self.counts.get(name, 0) + count

    def scores(self) -> dict[str, float]:
        """Nats per each unit, and the mean accuracy of the fields."""
        accuracy = float(self.hits.mean()) / self.counts["steps"]
        return {**self._nats(float(self.nats.sum())), "accuracy": accuracy}

    def fields(self, names: Sequence[str]) -> dict[str, dict[str, float]]:
        """The same for each field; their nats add up to those of the scores."""
        columns = zip(names, self.nats.tolist(), self.hits.tolist(), strict=True)
        return {
            name: {**self._nats(nats), "accuracy": hits / self.counts["steps"]}
            for name, nats, hits in columns
        }

    def _nats(self, nats: float) -> dict[str, float]:
        units = self._protocol.units
        return {f"nats_per_{unit}": nats / self.counts[f"{unit}s"] for unit in units}


def count_units(codec: str, steps: Steps) -> dict[str, int]:
    """What a piece is made of: notes, or cells and those that differ from the row before.

    The cells of the first row have none before and count as changed.
    """
    if codec == "events":
        return {"notes": len(steps)}
    rows = voices.decode(steps.fields)
    changed = np.count_nonzero(np.diff(rows, axis=0)) + rows[:1].size
    return {"cells": rows.size, "changed_cells": int(changed)}
