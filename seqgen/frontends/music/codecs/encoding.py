"""Encodings: from a piece of a data source to the steps of a codec."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from seqgen.core.steps import Steps, StepSpec
from seqgen.errors import InputFileError, UsageError, did_you_mean
from seqgen.frontends.music.codecs import events, voices
from seqgen.frontends.music.codecs.choir import hear_choir
from seqgen.frontends.music.codecs.clock import UNITS_PER_BEAT, MetricClock, choose_clock
from seqgen.frontends.music.corpus.pieces import Piece
from seqgen.frontends.music.corpus.sources import chorale_rows
from seqgen.frontends.music.midi.meter import MeterMap, TempoMap
from seqgen.frontends.music.midi.roles import ROLES
from seqgen.frontends.music.midi.score import read_score

CODECS = {"events": events.SPEC, "voices": voices.SPEC}
VERSION = 3
"""Counts up whenever an encoder gives other steps for the same piece."""

_CELL = UNITS_PER_BEAT // voices.CELLS_PER_BEAT
_CHOIR_ROLES = tuple(ROLES.index(role) for role in ("melody", "harmony", "harmony", "bass"))
_CHORALE_VELOCITY = 80


def spec_of(codec: str) -> StepSpec:
    """The steps of a codec; UsageError for an unknown one."""
    if codec not in CODECS:
        raise UsageError(f"no codec is called {codec!r}, {did_you_mean(codec, CODECS)}")
    return CODECS[codec]


def encoder(codec: str, time: str = "auto") -> tuple[Callable[[Piece], Steps], str]:
    """The function that encodes pieces with ``codec`` in ``time``, and the key of its work."""
    spec_of(codec)
    key = f"music {codec} {time} version {VERSION}"
    if codec == "voices":
        return _encode_voices, key
    return (lambda piece: _encode_events(piece, time)), key


def _encode_voices(piece: Piece) -> Steps:
    if piece.kind == "chorale":
        return voices.encode(chorale_rows(piece))
    score = read_score(piece.data, piece.name)
    clock = choose_clock(score, "metric")
    assert isinstance(clock, MetricClock)
    choir = hear_choir(score, clock, score.end)
    return voices.encode(choir.rows)


def _encode_events(piece: Piece, time: str) -> Steps:
    if piece.kind == "chorale":
        score_events, timeline = _chorale_events(piece)
        return events.encode(score_events, timeline)
    score = read_score(piece.data, piece.name)
    if len(score.notes) == 0:
        raise InputFileError(f"{piece.name} holds no notes")
    clock = choose_clock(score, time)
    return events.encode(events.events_of(score, clock), events.timeline_of(score, clock))


def _chorale_events(piece: Piece) -> tuple[NDArray[np.void], events.Timeline]:
    """A chorale's held pitches as notes at 120 beats a minute; the same in every time."""
    found = []
    for voice, column in enumerate(chorale_rows(piece).T):
        edges = np.flatnonzero(np.diff(column, prepend=-2, append=-2))
        for start, end in pairwise(edges):
            if column[start] >= 0:
                length = (end - start) * _CELL
                role = _CHOIR_ROLES[voice]
                found.append((start * _CELL, length, column[start], _CHORALE_VELOCITY, role))
    notes = np.sort(np.array(found, events.EVENT), order=("start", "role", "pitch"))
    beat = UNITS_PER_BEAT
    clock = MetricClock(beat)
    return notes, events.Timeline(clock, MeterMap([], beat), TempoMap([], beat))
