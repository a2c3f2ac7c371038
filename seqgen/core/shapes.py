"""Which tensors a network consists of: what the weights of a bundle are checked against."""

from __future__ import annotations

from collections.abc import Iterator

from seqgen.core.steps import NetworkConfig, StepSpec

Shape = tuple[int, ...]


def parameter_shapes(spec: StepSpec, config: NetworkConfig) -> Iterator[tuple[str, Shape]]:
    """Name and shape of every parameter of ``SequenceModel``, one by one."""
    yield from _field_chain(spec, config)
    for k, side in enumerate(spec.sides):
        yield f"sides.{k}.weight", (side.size, config.embed)
    gates = 4 * config.hidden
    for index in range(config.layers):
        name = f"layers.{index}"
        yield f"{name}.weight_ih_l0", (gates, config.embed + (config.hidden if index else 0))
        yield f"{name}.weight_hh_l0", (gates, config.hidden)
        yield f"{name}.bias_ih_l0", (gates,)
        yield f"{name}.bias_hh_l0", (gates,)


def _field_chain(spec: StepSpec, config: NetworkConfig) -> Iterator[tuple[str, Shape]]:
    units = len(spec.fields) * config.chain
    yield "head.project.weight", (units, config.layers * config.hidden)
    yield "head.project.bias", (units,)
    for k, field in enumerate(spec.fields):
        yield f"head.embeddings.{k}.weight", (field.size + 1, config.embed)
        yield f"head.logits.{k}.weight", (field.size, config.chain)
        yield f"head.logits.{k}.bias", (field.size,)
        for j, before in enumerate(spec.fields[:k]):
            yield f"head.chains.{k}.{j}.weight", (before.size, config.chain)
