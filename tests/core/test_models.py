from __future__ import annotations

import pytest

from seqgen.core.models import make_model
from seqgen.core.network import SequenceModel
from seqgen.core.pen_network import PenModel
from tests.core.tiny import NETWORK, SPEC
from tests.core.tiny_pen import PEN_NETWORK, PEN_SPEC


def test_the_network_is_that_of_the_steps() -> None:
    assert isinstance(make_model(SPEC, NETWORK), SequenceModel)
    assert isinstance(make_model(PEN_SPEC, PEN_NETWORK), PenModel)


def test_a_head_that_cannot_draw_the_steps_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a PenNetwork cannot draw the steps of a StepSpec$"):
        make_model(SPEC, PEN_NETWORK)
    with pytest.raises(ValueError, match=r"^a NetworkConfig cannot draw the steps of a PenSpec$"):
        make_model(PEN_SPEC, NETWORK)
