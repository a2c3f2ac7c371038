"""Sample music: continue a MIDI file, or start a new piece."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from seqgen.api.music_job import Job, listen_to, music_job, wanted_density, wanted_length
from seqgen.api.note_stream import NoteStream
from seqgen.api.output_file import write_output
from seqgen.api.own_density import density_wish
from seqgen.api.takes import check_count, take_paths, take_seed
from seqgen.api.tracks import take_titles, tracks_file
from seqgen.config import HeardMusic, MusicResult, Progress, SampleMusic, Take
from seqgen.core.engine import LaneState, last_fields
from seqgen.core.guide import Guide
from seqgen.core.sampler import sample
from seqgen.errors import UsageError
from seqgen.frontends.music.midi import writer


def sample_music(request: SampleMusic) -> Iterator[Progress | MusicResult]:
    """Draw and write the takes of a request, yielding progress and last the result.

    Take i (from 0) is drawn with seed + i, so that each can be had again alone. Nothing is
    written before the input, the model and every output path have been looked at. ``data`` of the
    first value tells the ticks ``join`` and ``end`` of the new music; after that it holds the
    number of a ``take`` (from 0) and its ``notes`` that are new, see ``NoteStream``.
    """
    wanted_length(request)
    wanted_density(request)
    paths = _paths(request)
    seed = take_seed(request.seed, request.count)
    job = music_job(request)
    state = yield from listen_to(job)
    wish = yield from density_wish(job, state)
    drawn, takes = [], []
    for index, path in enumerate(paths):
        guide = job.continuation.guide(wish)
        rng = np.random.default_rng(seed + index)
        yield from _draw(job, state.fork(1), guide, rng, index)
        notes = job.continuation.notes(guide)
        drawn.append(notes)
        if not request.as_tracks:
            write_output(path, _written(request, job, notes, seed + index), request.force)
        takes.append(_take(path, seed + index, job, notes, dict(guide.faults)))
    if request.as_tracks:
        recipes = [{**job.recipe, "seed": take.seed} for take in takes]
        data = tracks_file(job.score, job.span.join, drawn, recipes, take_titles(len(drawn)))
        write_output(request.output, data, request.force)
    yield MusicResult(
        model=job.card.name,
        engine=job.engine.name,
        temperature=job.settings.temperature,
        key=job.key,
        time=job.continuation.clock.kind,
        primer_notes=job.primer_notes,
        at_bar=job.at_bar,
        takes=takes,
        warnings=job.warnings,
    )


def hear_music(request: SampleMusic) -> Iterator[Progress | HeardMusic]:
    """Do all that comes before the first note of a request, but nothing with its outputs.

    What is loaded and heard is kept: ``sample_music`` of the same primer, model, place and time
    then begins to draw at once; with a density, if its length and how it draws are the same too.
    """
    job = music_job(request)
    state = yield from listen_to(job)
    yield from density_wish(job, state)
    yield HeardMusic(model=job.card.name, primer_notes=job.primer_notes, at_bar=job.at_bar)


def _paths(request: SampleMusic) -> list[str]:
    """The file of each take."""
    if not request.as_tracks:
        return take_paths(request.output, request.count, request.force)
    if request.only_new:
        raise UsageError("--only-new and --as-tracks exclude each other, choose one")
    check_count(request.count)
    return take_paths(request.output, 1, request.force) * request.count


def _draw(
    job: Job, state: LaneState, guide: Guide, rng: np.random.Generator, index: int
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


def _written(request: SampleMusic, job: Job, notes: NDArray[np.void], seed: int) -> bytes:
    recipe = {**job.recipe, "seed": seed}
    if request.only_new:
        recipe["only_new"] = True
        return writer.only_new(job.score, job.span.join, notes, recipe=recipe)
    return writer.continued(job.score, job.span.join, notes, cut=False, recipe=recipe)


def _take(path: str, seed: int, job: Job, notes: NDArray[np.void], guards: dict[str, int]) -> Take:
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
