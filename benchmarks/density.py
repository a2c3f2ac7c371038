"""How many notes there are by density, and what else of the music changes with it.

    python -m benchmarks.density PRIMERS... [--model pop] [--seconds 16] [--takes 3]

PRIMERS are MIDI files, or folders of them. Each is continued --takes times at each density, with
the same seeds. Notes and onsets are those of a density over those of density 1, the mean over
primers (geometric); +- is the standard deviation of the notes over primers. Nats a step are what
the model itself makes of what was drawn, before tilts and temperature. In key is the share of
notes in the key of the primer; mended is what the guards mended, a take.
"""

from __future__ import annotations

import argparse
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from seqgen.api.music_job import Job, listen_to, music_job
from seqgen.api.own_density import density_wish
from seqgen.config import SampleMusic
from seqgen.core.engine import LaneState, last_fields
from seqgen.core.guide import Guide, Verdict
from seqgen.core.sampler import sample
from seqgen.errors import SeqgenError
from seqgen.frontends.music.playing.theory import find_key, pitches_in

FIRST_SEED = 1000  # trials have the first few
DENSITIES = (0.5, 0.75, 1.0, 1.5, 2.0)
R = TypeVar("R")


class Watched:
    """A guide that adds up the nats of what it takes."""

    def __init__(self, guide: Guide) -> None:
        self._guide, self.faults = guide, guide.faults
        self._chances: dict[int, NDArray[np.float64]] = {}
        self.nats, self.steps = 0.0, 0

    def sides(self) -> NDArray[np.integer]:
        """Those of the guide."""
        self._chances.clear()
        return self._guide.sides()

    def allowed(self, field: int, drawn: tuple[int, ...]) -> NDArray[np.bool_] | None:
        """What the guide allows."""
        return self._guide.allowed(field, drawn)

    def weighed(
        self,
        field: int,
        drawn: tuple[int, ...],
        logits: NDArray[np.floating],
        allowed: NDArray[np.bool_] | None,
    ) -> NDArray[np.floating]:
        """What the guide makes of the logits, which are looked at."""
        values = np.asarray(logits, np.float64) - logits.max()
        self._chances[field] = values - np.log(np.exp(values).sum())
        return self._guide.weighed(field, drawn, logits, allowed)

    def judge(self, step: tuple[int, ...]) -> Verdict:
        """What the guide says."""
        verdict = self._guide.judge(step)
        if verdict is not Verdict.REDRAW:
            self.nats -= sum(chances[step[k]] for k, chances in self._chances.items())
            self.steps += 1
        return verdict


@dataclass(frozen=True)
class Heard:
    """What is measured of the takes of a primer at a density, means a take."""

    notes: float
    onsets: float
    nats: float
    in_key: float
    mended: float


def result_of(work: Generator[Any, None, R]) -> R:
    """Run work to its result."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: R = end.value
            return found


def heard(job: Job, state: LaneState, takes: int) -> Heard:
    """Draw takes of a job."""
    wish = result_of(density_wish(job, state))
    before = job.score.notes
    scale = pitches_in(find_key(before["pitch"], before["end"] - before["start"]))
    rows = []
    for seed in range(takes):
        guide = job.continuation.guide(wish)
        watched = Watched(guide)
        previous = last_fields(job.continuation.steps, job.engine.spec)
        rng = np.random.default_rng(FIRST_SEED + seed)
        list(sample(job.engine, state.fork(1), previous, watched, job.settings, rng))
        notes = job.continuation.notes(guide)
        onsets = len(np.unique(notes["start"]))
        nats = watched.nats / watched.steps
        key = float(scale[notes["pitch"]].mean())
        rows.append((len(notes), onsets, nats, key, sum(watched.faults.values())))
    return Heard(*np.mean(rows, axis=0).tolist())


def primers(names: Sequence[Path]) -> list[Path]:
    """The files that are meant."""
    return [file for name in names for file in (sorted(name.glob("*.mid")) or [name])]


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("primers", nargs="+", type=Path)
    parser.add_argument("--model", default="pop")
    parser.add_argument("--seconds", type=float, default=16.0)
    parser.add_argument("--takes", type=int, default=3)
    args = parser.parse_args()
    found: dict[float, list[Heard]] = {density: [] for density in DENSITIES}
    for path in primers(args.primers):
        for density in DENSITIES:
            request = SampleMusic(
                primer=str(path),
                output="",
                model=args.model,
                seconds=args.seconds,
                density=density,
            )
            try:
                job = music_job(request)
            except SeqgenError as error:
                print(f"left out: {error}")
                break
            found[density].append(heard(job, result_of(listen_to(job)), args.takes))
    print(
        f"{args.model}, {len(found[1.0])} primers, {args.takes} takes of {args.seconds:g} s each"
    )
    print("density  notes   +-     onsets  nats a step  in key  mended")
    base = found[1.0]
    for density, rows in found.items():
        pairs = list(zip(rows, base, strict=True))
        notes = np.log([row.notes / own.notes for row, own in pairs])
        onsets = np.log([row.onsets / own.onsets for row, own in pairs])
        nats, in_key, mended = np.mean(
            [(row.nats, row.in_key, row.mended) for row in rows], axis=0
        )
        print(
            f"{density:<7g}  x{np.exp(notes.mean()):.2f}  {notes.std():.2f}   "
            f"x{np.exp(onsets.mean()):.2f}   {nats:.2f}         {in_key:.2f}    {mended:.1f}"
        )


if __name__ == "__main__":
    main()
