"""Models that learned nothing: bundles of a few kB with random weights, for both codecs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from seqgen.core.checkpoint import FORMAT, Card, bundle_bytes
from seqgen.core.network import SequenceModel
from seqgen.core.steps import NetworkConfig
from seqgen.frontends.music.codecs.encoding import spec_of
from seqgen.frontends.music.midi.roles import ROLES

TINY = NetworkConfig(layers=2, hidden=8, embed=6, chain=5)


def tiny_bundle(
    codec: str,
    path: Path,
    roles: Sequence[str] = ROLES,
    seed: int = 0,
    network: NetworkConfig = TINY,
    **card: Any,
) -> Path:
    """Write a model of ``codec`` (``events`` or ``voices``) with random weights to ``path``.

    The same seed gives the same bytes. ``card`` changes entries of its card.
    """
    spec = spec_of(codec)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        state = SequenceModel(spec, network).state_dict()
    known = {"codec": codec} | ({"roles": list(roles)} if codec == "events" else {})
    entries: dict[str, Any] = {
        "name": f"tiny-{codec}",
        "frontend": "music",
        "state": known,
        "spec": spec,
    }
    made = Card(format=FORMAT, network=network, **(entries | card))
    path.write_bytes(bundle_bytes(made, {name: array.numpy() for name, array in state.items()}))
    return path
