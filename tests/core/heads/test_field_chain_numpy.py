from __future__ import annotations

import numpy as np
import pytest
import torch

from seqgen.core.heads.field_chain_numpy import FieldChainNumpy
from tests.core.tiny import SPEC, make_model, weights_of


@pytest.mark.parametrize("lanes", [1, 3, 40])
def test_it_equals_torch(lanes: int) -> None:
    model = make_model()
    twin = FieldChainNumpy(SPEC, weights_of(model))
    features = np.random.default_rng(0).standard_normal((lanes, 16)).astype(np.float32)
    drawn = np.array([[lane % 4, lane % 3, lane % 2] for lane in range(lanes)])
    units = twin.units(features)
    with torch.no_grad():
        expected = model.head.project(torch.from_numpy(features))
        np.testing.assert_allclose(units, expected.numpy(), atol=1e-5)
        for field in range(len(SPEC.fields)):
            before = torch.from_numpy(drawn[:, :field])
            logits = model.head.logits_of(expected, field, before).numpy()
            found = twin.logits(units, field, drawn[:, :field])
            np.testing.assert_allclose(found, logits, atol=1e-5)
