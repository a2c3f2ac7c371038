"""What a model of either frontend is trained on: sequences by split, and what to know of them."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seqgen.api.recipe import HandwritingRecipe, MusicRecipe, Recipe
from seqgen.config import Progress
from seqgen.core.steps import Sequences, Spec
from seqgen.errors import InputFileError
from seqgen.frontends.cards import Card
from seqgen.frontends.data.members import Skipped
from seqgen.frontends.handwriting.codec.sequences import ink_corpus
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.corpus.loading import load_lines
from seqgen.frontends.music.codecs.encoding import spec_of
from seqgen.frontends.music.corpus.loading import Source, load_corpus

NAMED_SKIPPED = 10


@dataclass(frozen=True)
class Wording:
    """What sequences and steps are called; of fewer than ``few`` steps a model ``fails`` so."""

    sequence: str
    step: str
    few: int
    fails: str


WORDING = {
    "music": Wording("piece", "step", 20_000, "repeats them"),
    "handwriting": Wording("line", "point", 100_000, "can hardly be read"),
}


@dataclass(frozen=True)
class TrainingData:
    """The sequences of each split, and the ``spec`` and ``state`` of a model that learns them."""

    splits: Mapping[str, Sequences]
    spec: Spec
    state: dict[str, Any]
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]


def load(
    recipe: Recipe, sources: Sequence[tuple[Path, Card]]
) -> Generator[Progress, None, TrainingData]:
    """Load all sources as the recipe wants them; yields progress, returns the data.

    Raises InputFileError for a source of which nothing can be used.
    """
    if isinstance(recipe, MusicRecipe):
        return (yield from _load_music(recipe, sources))
    return (yield from _load_lines(recipe, sources))


def _load_music(
    recipe: MusicRecipe, sources: Sequence[tuple[Path, Card]]
) -> Generator[Progress, None, TrainingData]:
    found = [Source(path, card.split) for path, card in sources]
    corpus = yield from load_corpus(recipe.codec, found, recipe.augment)
    spec = spec_of(recipe.codec)
    return TrainingData(corpus.splits, spec, corpus.state, corpus.skipped, corpus.warnings)


def _load_lines(
    recipe: HandwritingRecipe, sources: Sequence[tuple[Path, Card]]
) -> Generator[Progress, None, TrainingData]:
    splits: dict[str, list[Line]] = {}
    skipped: list[Skipped] = []
    warnings: list[str] = []
    for path, card in sources:
        found = yield from load_lines(path, card.split)
        known = {line.hand for lines in splits.values() for line in lines}
        for split, lines in found.splits.items():
            splits.setdefault(split, []).extend(_kept_apart(lines, known, path.name))
        skipped += found.skipped
        warnings += found.warnings
    corpus = ink_corpus(splits, recipe.ink, recipe.augment)
    return TrainingData(
        corpus.splits, corpus.spec, corpus.state, tuple(skipped), tuple(dict.fromkeys(warnings))
    )


def _kept_apart(lines: Sequence[Line], known: set[str], source: str) -> list[Line]:
    """Lines whose hand another source has named too are of another hand, in another unit."""
    return [
        replace(line, hand=f"{line.hand} of {source}") if line.hand in known else line
        for line in lines
    ]


def notices(data: TrainingData, wording: Wording) -> list[str]:
    """What a user should know of the data: what was left out, and whether it is enough.

    Raises InputFileError where nothing is left to train on.
    """
    told = [*data.warnings]
    told += [f"left out {item.name}: {item.reason}" for item in data.skipped[:NAMED_SKIPPED]]
    if len(data.skipped) > NAMED_SKIPPED:
        more = len(data.skipped) - NAMED_SKIPPED
        told.append(f"left out {more} more, `seqgen datasets check --json` names all")
    train, one, few = data.splits["train"], wording.sequence, wording.few
    if not len(train):
        raise InputFileError(f"no {one} is left to train on, two at least are needed")
    steps = sum(train.length(index) for index in range(len(train)))
    if steps < few:
        told.append(
            f"{len(train)} {one if len(train) == 1 else one + 's'} of {steps} {wording.step}s in "
            f"all are little to learn from: expect a model that {wording.fails}, {few} are a fair "
            "start"
        )
    if not len(data.splits["valid"]):
        told.append(f"no {one} is left for validation: the training {one}s are measured instead")
    return told
