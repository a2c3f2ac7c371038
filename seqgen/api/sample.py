"""Sample music: continue a MIDI file, or start a new piece."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from seqgen import __version__
from seqgen.api.engines import listen, warm_engine
from seqgen.api.input_file import read_input
from seqgen.api.models import resolve
from seqgen.api.note_stream import NoteStream
from seqgen.api.output_file import write_output
from seqgen.api.takes import settings_of, take_paths, take_seed
from seqgen.config import HeardMusic, MusicResult, Progress, SampleMusic, Take
from seqgen.core.checkpoint import Card, read_card
from seqgen.core.engine import Engine, LaneState, last_fields
from seqgen.core.engines import make_engine
from seqgen.core.guide import Guide
from seqgen.core.sampler import Settings, sample
from seqgen.errors import InputFileError, ModelError, UsageError
from seqgen.frontends.music.codecs import events, voices
from seqgen.frontends.music.midi import writer
from seqgen.frontends.music.midi.roles import ROLES
from seqgen.frontends.music.midi.score import Score, read_score
from seqgen.frontends.music.playing.continuation import (
    Continuation,
    EventContinuation,
    VoiceContinuation,
)
from seqgen.frontends.music.playing.new_piece import empty_sheet, sheet_tracks
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
_LIMITS = {"bars": (1, 1000), "seconds": (0.1, 3600.0), "notes": (1, 100_000)}


@dataclass(frozen=True)
class _Job:
    """Everything a take needs."""

    card: Card
    engine: Engine[Any]
    settings: Settings
    score: Score
    span: Span
    continuation: Continuation
    key: str | None
    recipe: dict[str, object]

    @property
    def primer_notes(self) -> int:
        return int(np.count_nonzero(self.score.notes["start"] < self.span.join))

    @property
    def at_bar(self) -> int:
        return self.score.meters.bar_index(self.span.join) + 1


def sample_music(request: SampleMusic) -> Iterator[Progress | MusicResult]:
    """Draw and write the takes of a request, yielding progress and last the result.

    Take i (from 0) is drawn with seed + i, so that each can be had again alone. Nothing is
    written before the input, the model and every output path have been looked at. ``data`` of the
    first value tells the ticks ``join`` and ``end`` of the new music; after that it holds the
    number of a ``take`` (from 0) and its ``notes`` that are new, see ``NoteStream``.
    """
    _length(request)
    paths = take_paths(request.output, request.count, request.force)
    seed = take_seed(request.seed, request.count)
    job = _job(request)
    state = yield from _listen(job)
    takes = []
    for index, path in enumerate(paths):
        guide = job.continuation.guide()
        rng = np.random.default_rng(seed + index)
        yield from _draw(job, state.fork(1), guide, rng, index)
        notes = job.continuation.notes(guide)
        data = _written(request, job, notes, seed + index)
        write_output(path, data, request.force)
        takes.append(_take(path, seed + index, job, notes, dict(guide.faults)))
    yield MusicResult(
        model=job.card.name,
        engine=job.engine.name,
        temperature=job.settings.temperature,
        key=job.key,
        time=job.continuation.clock.kind,
        primer_notes=job.primer_notes,
        at_bar=job.at_bar,
        takes=takes,
        warnings=[
            *job.score.warnings,
            *job.continuation.warnings,
            *_overrun(request, job.score),
        ],
    )


def hear_music(request: SampleMusic) -> Iterator[Progress | HeardMusic]:
    """Do all that comes before the first note of a request, but nothing with its outputs.

    What is loaded and heard is kept: ``sample_music`` of the same primer, model, place and time
    then begins to draw at once.
    """
    job = _job(request)
    yield from _listen(job)
    yield HeardMusic(model=job.card.name, primer_notes=job.primer_notes, at_bar=job.at_bar)


def _job(request: SampleMusic) -> _Job:
    length = _length(request)
    model = resolve(request.model or DEFAULT_MODEL)
    card = read_card(model)
    known = _check_card(card)
    wanted = {name: getattr(request, name) for name in ("temperature", "top_k", "top_p")}
    settings = settings_of(card, wanted)
    score = _score(request, known)
    join = find_join(score, request.at) if request.primer is not None else 0
    playing = playing_tracks(score, join) if request.primer is not None else sheet_tracks(score)
    if not playing:
        raise UsageError(f"there are no notes before bar {request.at} to continue from")
    span = find_span(score, join, length)
    key, pitches = find_scale(score, join, request.key)
    continuation = _continuation(known, score, span, pitches, request.time, playing)
    engine = warm_engine(model, request.engine, make_engine)
    recipe = _recipe(request, card, engine, settings, length, key)
    return _Job(card, engine, settings, score, span, continuation, key, recipe)


def _listen(job: _Job) -> Generator[Progress, None, LaneState]:
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


def _draw(
    job: _Job, state: LaneState, guide: Guide, rng: np.random.Generator, index: int
) -> Iterator[Progress]:
    """Draw the steps of a take and tell its notes."""
    stream = NoteStream(job.continuation, guide, index)
    drawn = Progress(stage="sampling", done=0, note=f"take {index + 1}")
    previous = last_fields(job.continuation.steps, job.engine.spec)
    with closing(sample(job.engine, state, previous, guide, job.settings, rng)) as steps:
        for count, _ in enumerate(steps, start=1):
            drawn = replace(drawn, done=count, data=stream.tell(count))
            yield drawn
    yield replace(drawn, data=stream.rest(job.continuation.notes(guide)))


def _length(request: SampleMusic) -> tuple[str, float]:
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


def _recipe(
    request: SampleMusic,
    card: Card,
    engine: Engine[Any],
    settings: Settings,
    length: tuple[str, float],
    key: str | None,
) -> dict[str, object]:
    """How a take is made, as it is told in the file."""
    return {
        "seqgen": __version__,
        "model": card.name,
        "engine": engine.name,
        "temperature": settings.temperature,
        "top_k": settings.top_k,
        "top_p": settings.top_p,
        length[0]: length[1],
        "at": request.at,
        "key": key,
        "time": request.time,
    }


def _written(request: SampleMusic, job: _Job, notes: NDArray[np.void], seed: int) -> bytes:
    recipe = json.dumps({**job.recipe, "seed": seed}, sort_keys=True)
    if request.only_new:
        return writer.only_new(job.score, job.span.join, notes, recipe=recipe)
    cut = request.at is not None
    return writer.continued(job.score, job.span.join, notes, cut=cut, recipe=recipe)


def _take(
    path: str, seed: int, job: _Job, notes: NDArray[np.void], guards: dict[str, int]
) -> Take:
    score, join = job.score, job.span.join
    end = int(notes["end"].max()) if len(notes) else join
    return Take(
        path=path,
        seed=seed,
        notes=len(notes),
        bars=round((end - join) / score.meters.bar_ticks(join), 2),
        seconds=score.tempos.seconds(end) - score.tempos.seconds(join),
        guards=guards,
    )


def _overrun(request: SampleMusic, score: Score) -> list[str]:
    """The sentence that says why the music pauses, where its last note ends just behind a line."""
    over = overrun(score) if request.primer is not None and request.at is None else 0
    if not over:
        return []
    bar = score.meters.bar_index(int(score.notes["end"].max())) + 1
    return [f"the last note ends {over} ticks into bar {bar}, --at {bar} continues there"]
