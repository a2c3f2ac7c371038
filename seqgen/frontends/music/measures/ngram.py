"""Interpolated n-grams: the classical baseline that a network has to beat.

A field is predicted from three tokens, by four orders interpolated down to the uniform
distribution: p_k(w | h) = (c(h w) - d + m(h) p_{k-1}(w | h')) / n(h), where h' lacks the token
furthest away and m(h) makes it sum to one. Two ways to choose d, m and n are known to do well
(Chen & Goodman 1998): modified Kneser-Ney and Witten-Bell.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from seqgen.core.steps import StepSpec

ORDER = 4
SMOOTHINGS = ("kneser-ney", "witten-bell")
CONTEXTS = ("stream", "field")
LEAST_DISCOUNT = 0.1
_CHUNK = 4096

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def contexts_of(fields: NDArray[np.integer], spec: StepSpec, field: int, kind: str) -> Ints:
    """The three tokens (T, 3) before ``field`` of every step of a sequence, the nearest first.

    ``stream`` are those drawn before it when all fields (T, F) are written one after another,
    ``field`` the same field of the three steps before. Before the first step stand the start
    classes, each field's ``size``.
    """
    start = np.array([[f.size for f in spec.fields]] * (ORDER - 1), np.int64)
    padded = np.concatenate([start, fields.astype(np.int64)])
    width = len(spec.fields)
    here = (np.arange(len(fields)) + len(start)) * width + field
    back = np.arange(1, ORDER) * (1 if kind == "stream" else width)
    return np.asarray(padded.ravel()[here[:, None] - back], np.int64)


def context_sizes(spec: StepSpec, field: int, kind: str) -> tuple[int, ...]:
    """How many classes each of the three tokens of ``contexts_of`` has, start classes included."""
    width = len(spec.fields)
    places = [(field - back) % width if kind == "stream" else field for back in range(1, ORDER)]
    return tuple(spec.fields[place].size + 1 for place in places)


@dataclass(frozen=True)
class _Order:
    """The n-grams of one order, sorted by context: C contexts of G grams in all.

    After context i, symbol ``symbols[j]`` has count less discount ``gains[j]``, j from
    ``offsets[i]`` to ``offsets[i + 1]``; the rest, ``mass[i]``, goes to the order below.
    """

    contexts: Ints
    offsets: Ints
    symbols: Ints
    gains: Floats
    mass: Floats
    total: Floats

    def refine(self, contexts: Ints, lower: Floats) -> Floats:
        """Distributions (N, size) after ``contexts`` (N,), from those of the order below."""
        at = np.minimum(np.searchsorted(self.contexts, contexts), len(self.contexts) - 1)
        rows = np.flatnonzero(self.contexts[at] == contexts)
        at = at[rows]
        refined = lower.copy()
        refined[rows] *= (self.mass / self.total)[at, None]
        lengths = np.diff(self.offsets)[at]
        firsts = np.repeat(self.offsets[at] - np.cumsum(lengths) + lengths, lengths)
        grams = firsts + np.arange(lengths.sum())
        shares = self.gains[grams] / np.repeat(self.total[at], lengths)
        refined[np.repeat(rows, lengths), self.symbols[grams]] += shares
        return refined


class NGram:
    """A 4-gram of one field: symbols (N,) below ``size`` after contexts (N, 3), nearest first.

    ``sizes`` are the classes of the three context tokens. The counts of the lower orders are
    those of distinct longer n-grams for Kneser-Ney (1995), plain ones for Witten-Bell (1991).
    """

    def __init__(
        self, symbols: Ints, contexts: Ints, *, size: int, sizes: tuple[int, ...], smoothing: str
    ) -> None:
        self._size = size
        self._radices = [prod(sizes[:k]) for k in range(ORDER)]
        grams, counts = np.unique(self._keys(contexts) * size + symbols, return_counts=True)
        self._orders = [_order(grams, counts, size, smoothing)]
        for radix in reversed(self._radices[:-1]):
            shorter, place = np.unique(grams % (radix * size), return_inverse=True)
            weights = None if smoothing == "kneser-ney" else counts
            grams, counts = shorter, np.bincount(place, weights).astype(np.int64)
            self._orders.insert(0, _order(grams, counts, size, smoothing))

    def _keys(self, contexts: Ints) -> Ints:
        """One number for a context, the nearest token in the lowest digit."""
        return np.asarray(contexts @ np.array(self._radices[:-1], np.int64), np.int64)

    def distribution(self, contexts: Ints) -> Floats:
        """The distributions (N, size) after contexts (N, 3)."""
        keys = self._keys(contexts)
        found = np.full((len(keys), self._size), 1 / self._size)
        for order, radix in zip(self._orders, self._radices, strict=True):
            found = order.refine(keys % radix, found)
        return found

    def score(self, symbols: Ints, contexts: Ints) -> tuple[Floats, NDArray[np.bool_]]:
        """NLL in nats and hits, both (N,), of symbols after contexts (N, 3)."""
        nll = np.empty(len(symbols))
        hits = np.empty(len(symbols), np.bool_)
        for start in range(0, len(symbols), _CHUNK):
            cut = slice(start, start + _CHUNK)
            found = self.distribution(contexts[cut])
            nll[cut] = -np.log(found[np.arange(len(found)), symbols[cut]])
            hits[cut] = found.argmax(axis=1) == symbols[cut]
        return nll, hits


def _order(grams: Ints, counts: Ints, size: int, smoothing: str) -> _Order:
    """An order from its sorted n-grams, context * size + symbol, and their counts."""
    contexts, firsts = np.unique(grams // size, return_index=True)
    total = np.add.reduceat(counts, firsts).astype(np.float64)
    if smoothing == "kneser-ney":
        discounts = _discounts(counts)[np.minimum(counts, 3)]
        mass = np.add.reduceat(discounts, firsts)
    else:
        discounts = np.zeros(len(counts))
        mass = np.diff(firsts, append=len(grams)).astype(np.float64)
        total = total + mass
    offsets = np.append(firsts, len(grams))
    return _Order(contexts, offsets, grams % size, counts - discounts, mass, total)


def _discounts(counts: Ints) -> Floats:
    """What is taken off counts of 0, 1, 2 and 3 or more (Chen & Goodman 1998, eq. 26).

    With n_i n-grams of count i and y = n_1 / (n_1 + 2 n_2) these are i - (i + 1) y n_{i+1} / n_i,
    kept between 0.1 and i: counts of few symbols leave no n-gram that was seen once.
    """
    n = np.bincount(np.minimum(counts, 5), minlength=6).astype(np.float64)
    y = n[1] / max(1.0, n[1] + 2 * n[2])
    i = np.arange(1, 4)
    found = i - (i + 1) * y * n[2:5] / np.maximum(1.0, n[1:4])
    return np.concatenate([[0.0], np.clip(found, LEAST_DISCOUNT, i)])
