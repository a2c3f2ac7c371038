"""How dense a model's own music is behind a primer, found by letting it play."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Generator
from contextlib import closing
from hashlib import blake2b

import numpy as np

from seqgen.api.music_job import Job
from seqgen.config import Progress
from seqgen.core.engine import LaneState, last_fields
from seqgen.core.sampler import sample
from seqgen.frontends.music.playing.density import Wish

TRIALS = 3
"""Times that a model plays; one would say too little, for takes differ by a sixth."""
KEPT = 32
_found: OrderedDict[tuple[object, ...], float] = OrderedDict()


def density_wish(job: Job, state: LaneState) -> Generator[Progress, None, Wish | None]:
    """The wish of a job; None where the model's own density is wanted, which needs no trial.

    The trials have seeds of their own and are the same for every take. The last ``KEPT`` results
    are kept.
    """
    if job.density == 1:
        return None
    steps, time = job.continuation.steps, job.continuation.clock.kind
    heard = job.score.notes.tobytes(), steps.fields.tobytes(), steps.sides.tobytes()
    digest = blake2b(b"|".join(heard)).digest()
    key = job.engine, digest, time, job.settings, job.key, job.span.join, job.span.end
    if key not in _found:
        _found[key] = yield from _tried(job, state)
        while len(_found) > KEPT:
            _found.popitem(last=False)
    _found.move_to_end(key)
    return Wish(_found[key], job.density)


def _tried(job: Job, state: LaneState) -> Generator[Progress, None, float]:
    guides = [job.continuation.trial() for _ in range(TRIALS)]
    previous = last_fields(job.continuation.steps, job.engine.spec)
    for seed, guide in enumerate(guides):
        rng = np.random.default_rng(seed)
        with closing(
            sample(job.engine, state.fork(1), previous, guide, job.settings, rng)
        ) as drawn:
            for _ in drawn:
                yield Progress(stage="listening", done=seed, total=TRIALS)
    return job.continuation.density(guides)
