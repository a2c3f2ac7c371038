from __future__ import annotations

import numpy as np
import pytest
import torch

from seqgen.core.engines.lstm_cell import gate_rows, run_cell


@pytest.mark.parametrize("size", [1.0, 30.0])
def test_it_is_the_lstm_cell_of_torch(size: float) -> None:
    torch.manual_seed(0)
    cell = torch.nn.LSTMCell(3, 4)
    inputs, hidden, memory = torch.randn(5, 3) * size, torch.randn(5, 4), torch.randn(5, 4)
    with torch.no_grad():
        expected = cell(inputs, (hidden, memory))
        rows = torch.cat([cell.weight_ih, cell.weight_hh], 1), cell.bias_ih + cell.bias_hh
    weight, bias = (gate_rows(part.numpy()) for part in rows)
    gates = torch.cat([inputs, hidden], 1).numpy() @ weight.T + bias
    cells, out = memory.numpy().copy(), np.empty((5, 4), np.float32)
    run_cell(gates, cells, out)
    np.testing.assert_allclose(out, expected[0], atol=1e-5)
    np.testing.assert_allclose(cells, expected[1], atol=1e-5)


def test_it_writes_into_strided_views() -> None:
    rng = np.random.default_rng(0)
    gates = rng.standard_normal((2, 12)).astype(np.float32)
    cells, outputs = (np.zeros((2, 3, 3), np.float32) for _ in range(2))
    run_cell(gates.copy(), cells[:, 1], outputs[:, 1])
    flat_cells, flat = np.zeros((2, 3), np.float32), np.zeros((2, 3), np.float32)
    run_cell(gates, flat_cells, flat)
    np.testing.assert_array_equal(outputs[:, 1], flat)
    np.testing.assert_array_equal(cells[:, 1], flat_cells)
    assert not outputs[:, [0, 2]].any()


def test_open_and_shut_gates_are_exact() -> None:
    gates = gate_rows(np.array([1e4, -1e4, 1e4, 1e4], np.float32))[None]
    cell, out = np.full((1, 1), 5.0, np.float32), np.zeros((1, 1), np.float32)
    run_cell(gates, cell, out)
    assert cell[0, 0] == 1
    assert out[0, 0] == np.tanh(np.float32(1))
