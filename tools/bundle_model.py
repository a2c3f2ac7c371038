"""Bundle a trained model: measure it on its validation split and put it into the package.

    python tools/bundle_model.py RUN DATA [--engine torch] [--note TEXT] [--styles NAME=HAND,...]

The card inside gets the scores as ``seqgen evaluate RUN DATA --split valid`` gives them, with the
protocol's sentence, and the temperature and the like that the bundled recipe of its name proposes.
Of a model of handwriting ``--styles`` keeps the style vectors of the hands named, in that order
and under new names, after the one of no hand.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from seqgen.api.evaluate import evaluate
from seqgen.api.models import BUNDLED, SUFFIX, resolve
from seqgen.api.recipe import read_recipe
from seqgen.config import Evaluate, EvaluateResult
from seqgen.core.checkpoint import Arrays, Card, bundle_bytes, read_bundle
from seqgen.core.steps import PenSpec
from seqgen.errors import did_you_mean
from seqgen.files import write_file

STYLES = "styles.weight"


def main() -> None:
    """Measure, fill in the card, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("run", help="folder of the training run, or a model file")
    parser.add_argument("data", help="the corpus whose validation split it is measured on")
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--note", default="", help="what must be known about the scores")
    parser.add_argument("--styles", default="", help="style vectors to keep: name=hand,...")
    parser.add_argument("--out", type=Path, default=BUNDLED, help="folder it is written to")
    args = parser.parse_args()
    card, weights = read_bundle(resolve(args.run))
    if args.styles:
        try:
            card, weights = keep_styles(card, weights, chosen_styles(args.styles))
        except ValueError as error:
            parser.error(str(error))
    request = Evaluate(model=args.run, data=args.data, split="valid", engine=args.engine)
    *_, result = evaluate(request)
    assert isinstance(result, EvaluateResult)
    scores = scores_of(result, Path(args.data).name, args.note)
    proposed = read_recipe(card.frontend, card.name).sampling
    card = msgspec.structs.replace(card, scores=scores, sampling=proposed)
    path = args.out / f"{card.name}{SUFFIX}"
    path.parent.mkdir(exist_ok=True)
    data = bundle_bytes(card, weights)
    write_file(path, data)
    print(f"{path}: {len(data) / 1e6:.1f} MB", *(f"{k} {v:.5g}" for k, v in result.scores.items()))


def scores_of(result: EvaluateResult, dataset: str, note: str) -> dict[str, Any]:
    """What the card says of a measurement."""
    scores = {
        "dataset": dataset,
        "split": result.split,
        "protocol": result.protocol,
        "counts": result.counts,
        **result.scores,
        **{f"baseline_{name}": value for name, value in result.baseline.items()},
        "fields": result.fields,
    }
    return scores | ({"note": note} if note else {})


def chosen_styles(text: str) -> dict[str, str]:
    """Names and hands of ``name=hand,name=hand``; ValueError where it is not that."""
    chosen: dict[str, str] = {}
    for part in text.split(","):
        name, equals, hand = part.partition("=")
        if not (name and equals and hand):
            raise ValueError(f"--styles {part!r} is not name=hand")
        if name in chosen:
            raise ValueError(f"--styles names {name!r} twice")
        chosen[name] = hand
    return chosen


def keep_styles(card: Card, weights: Arrays, chosen: Mapping[str, str]) -> tuple[Card, Arrays]:
    """A model with the style vectors of no hand and of those chosen, under their new names.

    Raises ValueError for a hand that it has no style vector of.
    """
    spec, hands = card.spec, card.state.get("styles", [])
    for hand in chosen.values():
        if hand not in hands:
            raise ValueError(
                f"no style vector is of the hand {hand!r}, {did_you_mean(hand, hands)}"
            )
    if not isinstance(spec, PenSpec):
        raise ValueError(f"model {card.name} has no style vectors")
    rows = [0, *(hands.index(hand) + 1 for hand in chosen.values())]
    spec = msgspec.structs.replace(spec, styles=len(rows))
    state = card.state | {"styles": list(chosen)}
    return msgspec.structs.replace(card, spec=spec, state=state), weights | {
        STYLES: weights[STYLES][rows]
    }


if __name__ == "__main__":
    main()
