"""How much of a validation split is heard in other data: chords in a row that are the same.

    python -m benchmarks.overlap CHORALES.json EXTRA.json [--models MODEL ...]

A stretch is N chords with their lengths, compared in any key. Counted are the pieces of EXTRA, and
of the train split, that hold a stretch of a validation piece; for EXTRA only stretches that the
train split does not hold itself, which nobody could know who had heard the train split alone.
Models are measured apart on the validation pieces that EXTRA holds such a stretch of, and on those
that it does not touch: nats per grid cell, micro mean, LSTM state from zero, as `evaluate` does.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqgen.api.models import resolve
from seqgen.core.checkpoint import read_bundle
from seqgen.core.engine import score
from seqgen.core.engines import make_engine
from seqgen.frontends.music.codecs import voices
from seqgen.frontends.music.corpus.sources import read_chorales

LENGTHS = (4, 6, 8, 12)
_SILENT = 99

Stretches = set[bytes]


def stretches(rows: NDArray[np.int16], length: int) -> Stretches:
    """Every ``length`` chords in a row of a piece, as intervals above the first soprano."""
    fields = voices.encode(rows).fields.astype(np.int16)
    found = set()
    for start in range(len(fields) - length + 1):
        part = fields[start : start + length].copy()
        chords = part[:, : voices.HOLD]
        chords[...] = np.where(chords == voices.SILENT, _SILENT, chords - part[0, 0])
        found.add(part.tobytes())
    return found


def total_nats(model: str, chorales: Path) -> NDArray[np.float64]:
    """The nats of every validation piece."""
    engine = make_engine("numpy", *read_bundle(resolve(model)))
    pieces = read_chorales(chorales)["valid"]
    return np.array([score(engine, voices.encode(rows))[0].sum() for rows in pieces])


def main() -> None:
    """Print a line for each length."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("chorales", type=Path)
    parser.add_argument("extra", type=Path)
    parser.add_argument("--models", nargs="*", default=[])
    args = parser.parse_args()
    nats = {name: total_nats(name, args.chorales) for name in args.models}
    chorales, extra = read_chorales(args.chorales), read_chorales(args.extra)["train"]
    for length in LENGTHS:
        train = [stretches(rows, length) for rows in chorales["train"]]
        valid = set().union(*(stretches(rows, length) for rows in chorales["valid"]))
        other = [stretches(rows, length) for rows in extra]
        only = valid.difference(*train)
        print(
            f"{length:2} chords: {sum(not only.isdisjoint(piece) for piece in other)} of "
            f"{len(other)} extra pieces hold stretches of validation pieces that no train piece "
            f"holds; {sum(not valid.isdisjoint(piece) for piece in train)} of {len(train)} train "
            "pieces share a stretch with them"
        )
        heard = set().union(*other).difference(*train)
        touched = np.array(
            [not heard.isdisjoint(stretches(rows, length)) for rows in chorales["valid"]]
        )
        cells = np.array([4 * len(rows) for rows in chorales["valid"]])
        for name, total in nats.items():
            parts = [
                f"{total[part].sum() / cells[part].sum():.4f} on {part.sum()} {word} pieces"
                for part, word in ((touched, "touched"), (~touched, "untouched"))
            ]
            print(f"   {name}: {', '.join(parts)}")


if __name__ == "__main__":
    main()
