"""Bundles of models of pen offsets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from seqgen.core.checkpoint import FORMAT, Card, bundle_bytes, read_bundle
from seqgen.core.engines import make_pen_engine
from seqgen.core.steps import PenSpec
from tests.core.bundles import lying, refusal
from tests.core.tiny import NETWORK, SPEC, make_model, weights_of
from tests.core.tiny_pen import (
    PEN_NETWORK,
    PEN_SPEC,
    SPECS,
    make_pen_card,
    make_pen_model,
    pen_weights,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tiny.safetensors"


@pytest.mark.parametrize("spec", SPECS)
def test_a_model_of_pen_offsets_is_read_as_it_was_written(path: Path, spec: PenSpec) -> None:
    weights = pen_weights(make_pen_model(spec))
    path.write_bytes(bundle_bytes(make_pen_card(spec), weights))
    card, found = read_bundle(path)
    assert card == make_pen_card(spec)
    assert found.keys() == weights.keys()
    for name, array in found.items():
        np.testing.assert_array_equal(array, weights[name].astype(np.float16))
    for name in ("numpy", "torch"):
        engine = make_pen_engine(name, card, found)
        state = engine.start([np.array([2, 3])], engine.style(0)[None])
        assert engine.advance(state, np.zeros((1, 3), np.float32)).pi.shape == (1, 3)


def test_steps_that_the_head_cannot_draw_are_refused(path: Path) -> None:
    weights = weights_of(make_model())
    spec, network = (msgspec.to_builtins(each) for each in (PEN_SPEC, PEN_NETWORK))
    text = refusal(path, lying(weights, network=network))
    assert text == (
        "FILE has a damaged model card: the head stroke_mixture draws no steps of the kind fields"
    )
    text = refusal(path, lying(weights, spec=spec))
    assert text == (
        "FILE has a damaged model card: the head field_chain draws no steps of the kind pen"
    )
    for pair in ((PEN_SPEC, NETWORK), (SPEC, PEN_NETWORK)):
        with pytest.raises(ValueError, match=r"^the head \w+ draws no steps of the kind \w+$"):
            Card(format=FORMAT, name="", frontend="", state={}, spec=pair[0], network=pair[1])


@pytest.mark.parametrize(
    "changes",
    [
        {"network__components": 0},
        {"network__components": 4},
        {"network__window": 3},
        {"network__style": 4},
        {"network__hidden": 65_536},
        {"network__layers": 64},
        {"network__floor": 0.0},
        {"network__floor": -1},
        {"spec__characters": 7},
        {"spec__characters": 0},
        {"spec__characters": -1},
        {"spec__characters": 10**9},
        {"spec__styles": 0},
        {"spec__styles": 65_536},
        {"spec__styles": 10**9},
    ],
)
def test_a_card_that_lies_about_pen_offsets_is_refused(
    path: Path, changes: dict[str, Any]
) -> None:
    weights = pen_weights(make_pen_model())
    refusal(path, lying(weights, make_pen_card(), **changes))
