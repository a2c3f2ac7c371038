from __future__ import annotations

import msgspec
import pytest

from seqgen.core.models import make_model
from seqgen.core.shapes import parameter_shapes
from seqgen.core.steps import Network, PenSpec, Spec, StepSpec
from tests.core.tiny import NETWORK, SPEC
from tests.core.tiny_pen import PEN_NETWORK, PEN_SPEC, SPECS


def assert_shapes(spec: Spec, network: Network) -> None:
    model = make_model(spec, network)
    expected = {name: tuple(value.shape) for name, value in model.named_parameters()}
    found = list(parameter_shapes(spec, network))
    assert dict(found) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("spec", [SPEC, StepSpec(SPEC.fields[:1])])
def test_they_are_those_of_the_network(layers: int, spec: StepSpec) -> None:
    assert_shapes(spec, msgspec.structs.replace(NETWORK, layers=layers))


@pytest.mark.parametrize("layers", [1, 2, 4])
@pytest.mark.parametrize("spec", SPECS)
def test_they_are_those_of_a_network_of_pen_offsets(layers: int, spec: PenSpec) -> None:
    assert_shapes(spec, msgspec.structs.replace(PEN_NETWORK, layers=layers))


def test_steps_and_head_of_different_kinds_have_no_shapes() -> None:
    for spec, network in ((SPEC, PEN_NETWORK), (PEN_SPEC, NETWORK)):
        with pytest.raises(ValueError, match=r"^network and steps are of different kinds: "):
            list(parameter_shapes(spec, network))
