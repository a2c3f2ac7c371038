"""Which tensors a network consists of: what the weights of a bundle are checked against."""

from __future__ import annotations

from collections.abc import Iterator

from seqgen.core.steps import Network, NetworkConfig, PenNetwork, PenSpec, Spec, StepSpec

Shape = tuple[int, ...]


def parameter_shapes(spec: Spec, config: Network) -> Iterator[tuple[str, Shape]]:
    """Name and shape of every parameter of the network, one by one.

    Raises ValueError where the head cannot draw the steps.
    """
    if isinstance(spec, StepSpec) and isinstance(config, NetworkConfig):
        yield from _field_chain(spec, config)
        for k, side in enumerate(spec.sides):
            yield f"sides.{k}.weight", (side.size, config.embed)
        yield from _layers(range(config.layers), config.embed, config.hidden)
    elif isinstance(spec, PenSpec) and isinstance(config, PenNetwork):
        yield from _pen(spec, config)
    else:
        kinds = f"{type(config).__name__} and {type(spec).__name__}"
        raise ValueError(f"network and steps are of different kinds: {kinds}")


def _layers(numbers: range, inputs: int, hidden: int) -> Iterator[tuple[str, Shape]]:
    """LSTM layers; all but layer 0 of the stack also get the layer below."""
    for place, number in enumerate(numbers):
        name = f"layers.{place}"
        yield f"{name}.weight_ih_l0", (4 * hidden, inputs + (hidden if number else 0))
        yield f"{name}.weight_hh_l0", (4 * hidden, hidden)
        yield f"{name}.bias_ih_l0", (4 * hidden,)
        yield f"{name}.bias_hh_l0", (4 * hidden,)


def _pen(spec: PenSpec, config: PenNetwork) -> Iterator[tuple[str, Shape]]:
    hidden, outputs = config.hidden, 6 * config.components + 1
    inputs = 3 + (config.style if spec.styles else 0)
    if spec.styles:
        yield "styles.weight", (spec.styles, config.style)
    if spec.characters:
        yield "window.weight_ih", (4 * hidden, inputs)
        yield "window.weight_hh", (4 * hidden, hidden)
        yield "window.weight_wh", (4 * hidden, spec.characters)
        yield "window.bias", (4 * hidden,)
        yield "window.project.weight", (3 * config.window, hidden)
        yield "window.project.bias", (3 * config.window,)
    first = 1 if spec.characters else 0
    yield from _layers(range(first, config.layers), inputs + spec.characters, hidden)
    yield "head.project.weight", (outputs, config.layers * hidden)
    yield "head.project.bias", (outputs,)


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
