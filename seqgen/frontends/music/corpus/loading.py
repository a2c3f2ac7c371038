"""Loading a corpus: sources of music in, what the trainer and the evaluation need out."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from seqgen.config import Progress
from seqgen.core.steps import Sequences
from seqgen.errors import InputFileError
from seqgen.frontends.data.members import Skipped
from seqgen.frontends.music.codecs.encoding import encoder
from seqgen.frontends.music.codecs.events import ROLE
from seqgen.frontends.music.corpus.augment import Augment
from seqgen.frontends.music.corpus.prepared import Prepared, prepare
from seqgen.frontends.music.corpus.sequences import EventSequences, Joined, Pieces, VoiceSequences
from seqgen.frontends.music.midi.roles import ROLES


@dataclass(frozen=True)
class Source:
    """Where music lies, and the rule by which it is split (see ``splits``)."""

    path: Path
    split: str = "folder"


@dataclass(frozen=True)
class Corpus:
    """The splits of one or more sources, and what was left out.

    ``state`` is what a model of this corpus must remember: the codec, and for note events the
    roles it heard often enough to play.
    """

    splits: dict[str, Sequences]
    state: dict[str, Any]
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]


def load_corpus(
    codec: str, sources: Sequence[Source], augment: Augment | None = None
) -> Generator[Progress, None, Corpus]:
    """Prepare every source with ``codec``; yields progress, returns the corpus.

    A source of which nothing can be used raises InputFileError.
    """
    augment = augment or Augment()
    own = yield from _prepare_all(codec, "auto", sources)
    free = (yield from _prepare_all(codec, "free", sources)) if codec == "events" else own
    splits: dict[str, Sequences] = {}
    state: dict[str, Any] = {"codec": codec}
    for name in ("train", "valid", "test"):
        pieces = Joined([part.split(name) for part in own])
        if codec == "events":
            splits[name] = EventSequences(pieces, Joined([p.split(name) for p in free]), augment)
            if name == "train":
                state["roles"] = _roles_heard(pieces)
        else:
            splits[name] = VoiceSequences(pieces)
    if not any(len(split) for split in splits.values()):
        raise InputFileError("no piece is long enough to learn from")
    skipped = tuple(item for part in own for item in part.skipped)
    warnings = tuple(dict.fromkeys(text for part in own for text in part.warnings))
    return Corpus(splits, state, skipped, warnings)


def _roles_heard(pieces: Pieces) -> list[str]:
    """The roles that hold at least one note in two hundred."""
    counts = np.zeros(len(ROLES), np.int64)
    for index in range(len(pieces)):
        roles = pieces.steps(index).fields[:, ROLE]
        counts += np.bincount(roles, minlength=len(ROLES))
    least = max(1, counts.sum() / 200)
    return [role for role, count in zip(ROLES, counts, strict=True) if count >= least]


def _prepare_all(
    codec: str, time: str, sources: Sequence[Source]
) -> Generator[Progress, None, list[Prepared]]:
    encode, key = encoder(codec, time)
    found = []
    for source in sources:
        found.append((yield from prepare(source.path, encode, key, source.split)))
    return found
