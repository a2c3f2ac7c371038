from __future__ import annotations

import numpy as np
import pytest

from seqgen.core.denormals import flushed_denormals

TINY = np.float32(1e-40)


def is_zero() -> bool:
    """Whether a product that is denormal counts as zero now."""
    return bool(np.multiply(TINY, np.float32(1.0)) == 0)


def test_denormals_are_zero_inside_and_count_again_afterwards() -> None:
    assert not is_zero()
    with flushed_denormals():
        assert is_zero()
    assert not is_zero()


def test_they_count_again_after_an_error() -> None:
    with pytest.raises(RuntimeError), flushed_denormals():
        raise RuntimeError
    assert not is_zero()
