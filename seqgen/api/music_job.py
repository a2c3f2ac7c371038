"""What comes before the first note of a take: the primer, the model, the place, the length."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from seqgen import __version__
from seqgen.api.engines import listen, warm_engine, weights_of
from seqgen.api.input_file import read_input
from seqgen.api.models import resolve
from seqgen.api.takes import settings_of
from seqgen.config import Progress, SampleMusic
from seqgen.core.checkpoint import Card, read_card
from seqgen.core.engine import Engine, LaneState
from seqgen.core.engines import make_engine
from seqgen.core.sampler import Settings
from seqgen.errors import InputFileError, ModelError, UsageError
from seqgen.frontends.music.codecs import events, voices
from seqgen.frontends.music.midi.roles import ROLES
from seqgen.frontends.music.midi.score import Score, read_score
from seqgen.frontends.music.playing.continuation import (
    Continuation,
    EventContinuation,
    VoiceContinuation,
)
from seqgen.frontends.music.playing.new_piece import empty_sheet, sheet_tracks
from seqgen.frontends.music.playing.primer import primer_before
from seqgen.frontends.music.playing.span import (
    Span,
    find_join,
    find_scale,
    find_span,
    overrun,
    playing_tracks,
)

DEFAULT_MODEL = "pop"
DEFAULT_BARS = 8
DENSITIES = 0.25, 4.0
_LIMITS = {"bars": (1, 1000), "seconds": (0.1, 3600.0), "notes": (1, 100_000)}


@dataclass(frozen=True)
class Job:
    """Everything a take needs. ``score`` is the primer, ``recipe`` lacks the seed."""

    card: Card
    engine: Engine[Any]
    settings: Settings
    score: Score
    span: Span
    continuation: Continuation
    key: str | None
    density: float
    recipe: dict[str, object]
    warnings: list[str]

    @property
    def primer_notes(self) -> int:
        """How many notes came before."""
        return int(np.count_nonzero(self.score.notes["start"] < self.span.join))

    @property
    def at_bar(self) -> int:
        """The bar (from 1) where the new music begins."""
        return self.score.meters.bar_index(self.span.join) + 1


def music_job(request: SampleMusic) -> Job:
    """Look at the primer, the model and the wishes of a request."""
    length, density = wanted_length(request), wanted_density(request)
    model = resolve(request.model or DEFAULT_MODEL)
    card = read_card(model)
    known = _check_card(card)
    wanted = {name: getattr(request, name) for name in ("temperature", "top_k", "top_p")}
    settings = settings_of(card, wanted)
    file = _score(request, known)
    join = find_join(file, request.at) if request.primer is not None else 0
    score = primer_before(file, join) if request.at is not None else file
    playing = playing_tracks(score, join) if request.primer is not None else sheet_tracks(score)
    if not playing:
        raise UsageError(f"there are no notes before bar {request.at} to continue from")
    span = find_span(score, join, length)
    key, pitches = find_scale(score, join, request.key)
    continuation = _continuation(known, score, span, pitches, request.time, playing)
    engine = warm_engine(model, request.engine, make_engine)
    recipe: dict[str, object] = {
        "seqgen": __version__,
        "model": card.name,
        "weights": weights_of(model),
        "engine": engine.name,
        "temperature": settings.temperature,
        "top_k": settings.top_k,
        "top_p": settings.top_p,
        "density": density,
        length[0]: length[1],
        "at": score.meters.bar_index(join) + 1,
        "key": key,
        "time": request.time,
        "primer": _fingerprint(score, join),
    }
    warnings = [*file.warnings, *continuation.warnings, *_overrun(request, file)]
    return Job(card, engine, settings, score, span, continuation, key, density, recipe, warnings)


def listen_to(job: Job) -> Generator[Progress, None, LaneState]:
    """Let the model hear the primer; ``data`` tells the ticks ``join`` and ``end``."""
    steps = job.continuation.steps
    heard = Progress(stage="listening", done=0, total=len(steps))
    yield replace(heard, data={"join": job.span.join, "end": job.span.end})
    work = listen(job.engine, steps)
    while True:
        try:
            yield replace(heard, done=next(work))
        except StopIteration as end:
            state: LaneState = end.value
            return state


def wanted_length(request: SampleMusic) -> tuple[str, float]:
    """The unit and amount of new music; eight bars where none is asked for."""
    wanted = {unit: getattr(request, unit) for unit in _LIMITS}
    given = {unit: value for unit, value in wanted.items() if value is not None}
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} exclude each other, give one length")
    for unit, value in given.items():
        low, high = _LIMITS[unit]
        if not low <= value <= high:
            allowed = f"allowed: {low:g} to {high:g}"
            raise UsageError(f"{unit} {value:g} is out of range, {allowed}")
        return unit, value
    return "bars", DEFAULT_BARS


def wanted_density(request: SampleMusic) -> float:
    """The density; the model's own where none is asked for."""
    low, high = DENSITIES
    if not low <= request.density <= high:
        allowed = f"allowed: {low:g} to {high:g}, 1 is the model's own"
        raise UsageError(f"density {request.density:g} is out of range, {allowed}")
    return float(request.density)


def _score(request: SampleMusic, known: Sequence[str] | None) -> Score:
    """The primer, or an empty sheet with a track for whatever the model plays."""
    if request.primer is None:
        if request.at is not None:
            raise UsageError("--at needs a primer to continue")
        if request.key == "auto":
            raise UsageError("key auto needs a primer to find it in, name a key")
        return empty_sheet(known)
    name = "standard input" if request.primer == "-" else request.primer
    score = read_score(read_input(request.primer), name)
    if len(score.notes) == 0:
        raise InputFileError(f"{name} holds no notes to continue from")
    return score


def _continuation(
    known: Sequence[str] | None,
    score: Score,
    span: Span,
    pitches: NDArray[np.bool_] | None,
    time: str,
    playing: list[int],
) -> Continuation:
    if known is None:
        return VoiceContinuation(score, span, pitches=pitches, time=time, playing=playing)
    return EventContinuation(score, span, known=known, pitches=pitches, time=time, playing=playing)


def _fingerprint(score: Score, join: int) -> str:
    """What tells the music before the join from other music: its onsets and pitches."""
    notes = score.notes[score.notes["start"] < join]
    data = notes["start"].astype("<i8").tobytes() + notes["pitch"].tobytes()
    return blake2b(data, digest_size=8).hexdigest()


def _check_card(card: Card) -> list[str] | None:
    """The roles a model of note events plays, None for one of voices."""
    if card.frontend != "music":
        raise ModelError(f"model {card.name} is made for {card.frontend}, not for music")
    codec = card.state.get("codec")
    if codec not in ("events", "voices"):
        raise ModelError(f"model {card.name} has the unknown codec {codec!r}")
    if card.spec != (events.SPEC if codec == "events" else voices.SPEC):
        raise ModelError(f"model {card.name} has {codec} of another make than this seqgen's")
    if codec == "voices":
        return None
    known = card.state.get("roles")
    if not isinstance(known, list) or not known or any(role not in ROLES for role in known):
        raise ModelError(f"model {card.name} plays {known!r}, allowed: {', '.join(ROLES)}")
    return known


def _overrun(request: SampleMusic, score: Score) -> list[str]:
    """The sentence that says why the music pauses, where its last note ends just behind a line."""
    over = overrun(score) if request.primer is not None and request.at is None else 0
    if not over:
        return []
    bar = score.meters.bar_index(int(score.notes["end"].max())) + 1
    late = f"the last note ends {over} ticks into bar {bar}"
    return [f"{late}, to continue there choose bar {bar} (--at {bar})"]
