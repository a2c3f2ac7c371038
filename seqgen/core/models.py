"""The networks by what their steps are made of."""

from __future__ import annotations

from seqgen.core.network import SequenceModel
from seqgen.core.pen_network import PenModel
from seqgen.core.steps import Network, NetworkConfig, PenNetwork, PenSpec, Spec, StepSpec

Model = SequenceModel | PenModel


def make_model(spec: Spec, config: Network) -> Model:
    """Build the network for the steps of ``spec``; ValueError where the head cannot draw them."""
    if isinstance(spec, StepSpec) and isinstance(config, NetworkConfig):
        return SequenceModel(spec, config)
    if isinstance(spec, PenSpec) and isinstance(config, PenNetwork):
        return PenModel(spec, config)
    raise ValueError(f"a {type(config).__name__} cannot draw the steps of a {type(spec).__name__}")
