"""Bundle a trained model: measure it on its validation split and put it into the package.

    python tools/bundle_model.py RUN DATA [--engine torch] [--note TEXT]

The card inside gets the scores as ``seqgen evaluate RUN DATA --split valid`` gives them, with the
protocol's sentence, and the temperature and the like that the bundled recipe of its name proposes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from seqgen.api.evaluate import evaluate
from seqgen.api.models import BUNDLED, SUFFIX, resolve
from seqgen.api.recipe import read_recipe
from seqgen.config import Evaluate, EvaluateResult
from seqgen.core.checkpoint import bundle_bytes, read_bundle
from seqgen.files import write_file


def main() -> None:
    """Measure, fill in the card, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("run", help="folder of the training run, or a model file")
    parser.add_argument("data", help="the corpus whose validation split it is measured on")
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--note", default="", help="what must be known about the scores")
    args = parser.parse_args()
    request = Evaluate(model=args.run, data=args.data, split="valid", engine=args.engine)
    *_, result = evaluate(request)
    assert isinstance(result, EvaluateResult)
    card, weights = read_bundle(resolve(args.run))
    scores = {
        "dataset": Path(args.data).name,
        "split": result.split,
        "protocol": result.protocol,
        **result.scores,
        **{f"baseline_{name}": value for name, value in result.baseline.items()},
        "fields": result.fields,
    }
    if args.note:
        scores["note"] = args.note
    proposed = read_recipe(card.name).sampling
    card = msgspec.structs.replace(card, scores=scores, sampling=proposed)
    path = BUNDLED / f"{card.name}{SUFFIX}"
    path.parent.mkdir(exist_ok=True)
    data = bundle_bytes(card, weights)
    write_file(path, data)
    print(f"{path}: {len(data) / 1e6:.1f} MB", *(f"{k} {v:.5g}" for k, v in result.scores.items()))


if __name__ == "__main__":
    main()
