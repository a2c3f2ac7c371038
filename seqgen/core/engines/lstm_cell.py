"""One LSTM cell in numpy, with gates in an order that one tanh serves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float32]


def gate_rows(rows: Float) -> Float:
    """Reorder the rows of i, f, g, o to i, f, o, g and halve the first three.

    sigmoid(x) = (1 + tanh(x / 2)) / 2, so one tanh serves all four gates; see ``run_cell``.
    """
    i, f, g, o = np.split(rows, 4)
    return np.concatenate([i * 0.5, f * 0.5, o * 0.5, g]).astype(np.float32)


def run_cell(gates: Float, cell: Float, out: Float) -> None:
    """Run a cell in place: gates (..., 4H), which are used up, cell (..., H), ``out`` (..., H)."""
    size = out.shape[-1]
    np.tanh(gates, out=gates)
    open_ = gates[..., : 3 * size]
    open_ *= 0.5
    open_ += 0.5
    cell *= open_[..., size : 2 * size]
    cell += open_[..., :size] * gates[..., 3 * size :]
    np.multiply(np.tanh(cell), open_[..., 2 * size :], out=out)
