"""Recipes in MIDI files: the text event that says how seqgen made the music from a bar on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any, TypeGuard

import numpy as np
from numpy.typing import NDArray

from seqgen.frontends.music.midi.smf import META, Smf

RECIPE = "seqgen: "
"""How the text event begins."""
TEXT = 0x01
Recipe = Mapping[str, Any]
"""``at`` is the bar (from 1) where the new music begins. ``own`` tells the primer's events from
what was added: how many in turn are its own and are not, in the order of the file, ``ends`` where
its tracks ended, in ticks: tracks behind them were added."""


def recipe_text(recipe: Recipe) -> str:
    """A recipe as it is written in a file."""
    return json.dumps(recipe, sort_keys=True)


def parsed(text: str | None) -> dict[str, Any]:
    """The recipe of a text, empty where it is none."""
    try:
        told = json.loads(text or "")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def runs_of(own: NDArray[np.bool_]) -> list[int]:
    """How many in turn are own and are not, beginning with own."""
    found = [len(list(run)) for _, run in groupby(own.tolist())]
    return found if len(own) and own[0] else [0, *found]


def flags_of(runs: object, count: int) -> NDArray[np.bool_] | None:
    """The inverse of ``runs_of`` for ``count`` events; None where ``runs`` do not fit them."""
    if not _are_numbers(runs) or sum(runs) != count:
        return None
    return np.repeat(np.arange(len(runs)) % 2 == 0, np.array(runs, np.int64))


def _are_numbers(told: object) -> TypeGuard[list[int]]:
    return isinstance(told, list) and all(type(n) is int and 0 <= n < 1 << 48 for n in told)


def own_events(smf: Smf, recipe: Recipe) -> NDArray[np.bool_]:
    """Which events (events,) are not what a recipe added; all where it does not tell."""
    own = flags_of(recipe.get("own"), len(smf.events))
    return np.ones(len(smf.events), bool) if own is None else own


def primer_of(smf: Smf, recipe: Recipe) -> Smf | None:
    """The file that a recipe continued, as it was; None where the recipe does not tell."""
    own = flags_of(recipe.get("own"), len(smf.events))
    ends = recipe.get("ends")
    if own is None or not _are_numbers(ends) or len(ends) > len(smf.ends):
        return None
    if (smf.events["track"][own] >= len(ends)).any():
        return None
    return replace(smf, events=smf.events[own], ends=np.array(ends, np.int64))


def rows_of(smf: Smf, bar: int) -> list[int]:
    """The events that are recipes of music from ``bar`` or a later one on."""
    return [row for row, told in _recipes(smf) if _bar(told) >= bar]


def _bar(recipe: Recipe) -> int:
    at = recipe.get("at")
    return at if isinstance(at, int) else 0


def _recipes(smf: Smf) -> Iterator[tuple[int, dict[str, Any]]]:
    events = smf.events
    for row in np.flatnonzero((events["status"] == META) & (events["data1"] == TEXT)).tolist():
        text = smf.payloads[events["payload"][row]].decode("latin-1")
        if text.startswith(RECIPE):
            yield row, parsed(text.removeprefix(RECIPE))
