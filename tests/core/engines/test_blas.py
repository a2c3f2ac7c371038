from __future__ import annotations

import numpy as np
import pytest

from seqgen.core.engines.blas import product


@pytest.mark.parametrize("rows", [1, 12, 40, 96])
@pytest.mark.parametrize("lanes", [0, 1, 2, 16, 17])
def test_it_is_the_matrix_product(rows: int, lanes: int) -> None:
    rng = np.random.default_rng(0)
    weight = rng.standard_normal((rows, 7)).astype(np.float32)
    inputs = rng.standard_normal((lanes, 7)).astype(np.float32)
    found = product(weight, inputs)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, inputs @ weight.T, atol=1e-5)
