"""Handwriting that nobody wrote, and models of it that learned nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from seqgen.core.checkpoint import FORMAT, Card, bundle_bytes
from seqgen.core.pen_network import PenModel
from seqgen.core.steps import PenNetwork, PenSpec
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml import InkLine, write_inkml

LETTERS = "abc "
TINY = PenNetwork(layers=2, hidden=8, components=2, window=2, style=3, floor=0.01)


def scribble(points: int, rng: np.random.Generator) -> Ink:
    """Strokes of ``points`` points in all that wander to the right, in mm."""
    steps = rng.normal((0.5, 0.0), (0.4, 0.6), (points, 2))
    cuts = np.flatnonzero(rng.random(points - 1) < 0.1) + 1
    return Ink(tuple(np.split(np.cumsum(steps, axis=0), cuts)))


def ink_folder(
    folder: Path, hands: Sequence[str] = ("ada", "bob"), lines: int = 6, seed: int = 0
) -> Path:
    """Make a folder with a file of InkML a hand, all their lines different."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True)
    for hand in hands:
        written = [
            InkLine(scribble(int(rng.integers(20, 40)), rng), _text(rng), hand)
            for _ in range(lines)
        ]
        (folder / f"{hand}.inkml").write_bytes(write_inkml(written))
    return folder


def _text(rng: np.random.Generator) -> str:
    return "a" + "".join(rng.choice(list(LETTERS), 5)) + "b"


def tiny_pen_bundle(
    path: Path,
    codec: str = "hand",
    alphabet: str = LETTERS,
    styles: Sequence[str] = ("ada", "bob"),
    thin: float = 1.0,
    seed: int = 0,
    **card: Any,
) -> Path:
    """Write a model of pen offsets with random weights to ``path``.

    The same seed gives the same bytes. ``card`` changes entries of its card.
    """
    spec = PenSpec(
        characters=len(alphabet) + 2 if alphabet else 0, styles=len(styles) + 1 if styles else 0
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        weights = PenModel(spec, TINY).state_dict()
    entries: dict[str, Any] = {
        "name": f"tiny-{codec}",
        "frontend": "handwriting",
        "spec": spec,
        "state": {
            "codec": codec,
            "thin": thin,
            "alphabet": alphabet,
            "counts": dict.fromkeys(alphabet, 9),
            "styles": list(styles),
        },
    }
    made = Card(format=FORMAT, network=TINY, **(entries | card))
    path.write_bytes(bundle_bytes(made, {name: part.numpy() for name, part in weights.items()}))
    return path
