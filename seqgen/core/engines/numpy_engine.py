"""The numpy engine: one LSTM step in a few BLAS calls, with no torch import."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from seqgen.core.engine import Classes, Float
from seqgen.core.engines.blas import product
from seqgen.core.engines.lstm_cell import gate_rows, run_cell
from seqgen.core.heads.field_chain_numpy import FieldChainNumpy
from seqgen.core.steps import NetworkConfig, StepSpec


@dataclass
class NumpyState:
    """Cells (N, L, H) and layer inputs: ``joined[l]`` (N, H or 2H) is [h below | own h]."""

    cells: Float
    joined: list[Float]

    def fork(self, lanes: int) -> NumpyState:
        """Copy the state of a single lane to ``lanes`` lanes."""
        cells, *joined = (np.repeat(part, lanes, axis=0) for part in (self.cells, *self.joined))
        return NumpyState(cells, joined)


class NumpyEngine:
    """Runs a bundle's LSTM stack on one or more lanes.

    What a class adds to the gates of every layer is looked up in tables made once, embedding
    times input weights.
    """

    name = "numpy"

    def __init__(self, spec: StepSpec, config: NetworkConfig, weights: dict[str, Float]) -> None:
        self.spec = spec
        self._head = FieldChainNumpy(spec, weights)
        self._hidden, self._layers = config.hidden, config.layers
        inputs, self._own, self._below, bias = [], [], [], []
        for index in range(config.layers):
            name = f"layers.{index}"
            wide = gate_rows(weights[f"{name}.weight_ih_l0"])
            inputs.append(wide[:, : config.embed])
            self._below.append(np.ascontiguousarray(wide[:, config.embed :]))
            self._own.append(gate_rows(weights[f"{name}.weight_hh_l0"]))
            both = weights[f"{name}.bias_ih_l0"] + weights[f"{name}.bias_hh_l0"]
            bias.append(gate_rows(both))
        tables = [weights[f"sides.{k}.weight"] for k in range(len(spec.sides))]
        stacked = np.concatenate(inputs).T
        self._tables = [table @ stacked for table in (*self._head.embeddings, *tables)]
        self._tables[0] = self._tables[0] + np.concatenate(bias)
        # kept beside their parts: as views of the joined rows these made ``follow`` a third slower
        self._weights = [
            np.concatenate([below, own], axis=1)
            for below, own in zip(self._below, self._own, strict=True)
        ]

    def start(self, lanes: int = 1) -> NumpyState:
        """Return zeros."""
        widths = [weight.shape[1] for weight in self._weights]
        cells = np.zeros((lanes, self._layers, self._hidden), np.float32)
        return NumpyState(cells, [np.zeros((lanes, width), np.float32) for width in widths])

    def _look_up(self, previous: Classes, sides: Classes) -> Float:
        """What the step inputs add to all gates: (N, L * 4H)."""
        columns = [*previous.T, *sides.T]
        total: Float = self._tables[0][columns[0]]
        for table, column in zip(self._tables[1:], columns[1:], strict=True):
            total += table[column]
        return total

    def advance(self, state: NumpyState, previous: Classes, sides: Classes) -> Float:
        """Take one step on N lanes; see ``Engine.advance``."""
        size = self._hidden
        gates = self._look_up(previous, sides)
        features = np.empty((len(gates), self._layers * size), np.float32)
        for index, weight in enumerate(self._weights):
            joined = state.joined[index]
            if index:
                joined[:, :size] = features[:, (index - 1) * size : index * size]
            mine = np.ascontiguousarray(gates[:, index * 4 * size : (index + 1) * 4 * size])
            mine += product(weight, joined)
            out = features[:, index * size : (index + 1) * size]
            run_cell(mine, state.cells[:, index], out)
            joined[:, -size:] = out
        return features

    def follow(self, state: NumpyState, previous: Classes, sides: Classes) -> Float:
        """Take T known steps on one lane, layer by layer; see ``Engine.follow``."""
        size, steps = self._hidden, len(previous)
        gates = self._look_up(previous, sides)
        features = np.empty((steps, self._layers * size), np.float32)
        for index, own in enumerate(self._own):
            mine = np.ascontiguousarray(gates[:, index * 4 * size : (index + 1) * 4 * size])
            out = features[:, index * size : (index + 1) * size]
            if index:
                mine += features[:, (index - 1) * size : index * size] @ self._below[index].T
            cell, hidden = state.cells[0, index], state.joined[index][0, -size:]
            for step in range(steps):
                row = mine[step]
                row += own @ hidden
                run_cell(row, cell, out[step])
                hidden = out[step]
            if steps:
                state.joined[index][0, -size:] = out[-1]
        return features

    def units(self, features: Float) -> Float:
        """See ``Engine.units``."""
        return self._head.units(features)

    def logits(self, units: Float, field: int, before: Classes) -> Float:
        """See ``Engine.logits``."""
        return self._head.logits(units, field, before)
