from __future__ import annotations

import msgspec
import pytest

from seqgen.core.network import SequenceModel
from seqgen.core.shapes import parameter_shapes
from seqgen.core.steps import StepSpec
from tests.core.tiny import NETWORK, SPEC


@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("spec", [SPEC, StepSpec(SPEC.fields[:1])])
def test_they_are_those_of_the_network(layers: int, spec: StepSpec) -> None:
    network = msgspec.structs.replace(NETWORK, layers=layers)
    model = SequenceModel(spec, network)
    expected = {name: tuple(value.shape) for name, value in model.named_parameters()}
    found = list(parameter_shapes(spec, network))
    assert dict(found) == expected
    assert len(found) == len(expected)
