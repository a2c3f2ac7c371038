"""The numpy engine of pen offsets: window, LSTM stack and mixture with no torch import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqgen.core.engines.blas import product
from seqgen.core.engines.lstm_cell import gate_rows, run_cell
from seqgen.core.heads.stroke_mixture_numpy import StrokeMixtureNumpy
from seqgen.core.pen_engine import Float, Mixture
from seqgen.core.steps import PenNetwork, PenSpec

STEP = 3
FAINTEST = np.float32(-60.0)  # exponents below it would make denormals, on which BLAS crawls


@dataclass
class PenNumpyState:
    """N lanes: cells and outputs (N, L, H), and what the styles add to the gates (N, L * 4H).

    The window: letters (N, U + 1, K), kappa (N, M, 1), attention (N, U + 1), window (N, K).
    """

    cells: Float
    outputs: Float
    constant: Float
    letters: Float
    kappa: Float
    window: Float
    attention: Float | None

    def keep(self, lanes: NDArray[np.integer]) -> PenNumpyState:
        """The state of some lanes alone."""
        attention = None if self.attention is None else self.attention[lanes]
        return PenNumpyState(
            cells=self.cells[lanes],
            outputs=self.outputs[lanes],
            constant=self.constant[lanes],
            letters=self.letters[lanes],
            kappa=self.kappa[lanes],
            window=self.window[lanes],
            attention=attention,
        )


class PenNumpyEngine:
    """Runs a bundle's window, LSTM stack and mixture on one or more lanes."""

    name = "numpy"

    def __init__(self, spec: PenSpec, config: PenNetwork, weights: dict[str, Float]) -> None:
        self.spec, self._config = spec, config
        self._styles = weights.get("styles.weight")
        self._head = StrokeMixtureNumpy(config.components, config.floor, weights)
        wide = STEP + (config.style if spec.styles else 0)
        step, style, self._weights, bias = [], [], [], []
        for index in range(config.layers):
            inputs, own, offset = _layer(weights, index, bool(spec.characters))
            step.append(inputs[:, :STEP])
            style.append(inputs[:, STEP:wide])
            bias.append(offset)
            # the layer below comes after the window in the inputs of a layer
            window_and_below = inputs[:, wide:]
            self._weights.append(np.ascontiguousarray(np.hstack([window_and_below, own])))
        self._step = np.ascontiguousarray(np.concatenate(step).T)
        self._style = np.concatenate(style)
        self._bias = np.concatenate(bias)
        if spec.characters:
            self._read = np.ascontiguousarray(weights["window.project.weight"])
            self._read_bias = weights["window.project.bias"]

    def style(self, row: int) -> Float:
        """See ``PenEngine.style``."""
        return np.zeros(0, np.float32) if self._styles is None else self._styles[row]

    def start(self, texts: Sequence[NDArray[np.integer]], styles: Float) -> PenNumpyState:
        """See ``PenEngine.start``."""
        config, lanes = self._config, len(texts)
        layers = np.zeros((lanes, config.layers, config.hidden), np.float32)
        constant = styles.astype(np.float32) @ self._style.T + self._bias
        length = max(map(len, texts), default=0) + 1
        letters = np.zeros((lanes, length, self.spec.characters), np.float32)
        if self.spec.characters:
            for lane, text in enumerate(texts):
                letters[lane, np.arange(len(text)), text] = text != 0
        kappa = np.zeros((lanes, config.window, 1), np.float32)
        window = np.zeros((lanes, self.spec.characters), np.float32)
        attention = np.zeros((lanes, length), np.float32) if self.spec.characters else None
        return PenNumpyState(layers, layers.copy(), constant, letters, kappa, window, attention)

    def advance(self, state: PenNumpyState, previous: Float) -> Mixture:
        """See ``PenEngine.advance``."""
        size = 4 * self._config.hidden
        gates = previous @ self._step
        gates += state.constant
        for index, weight in enumerate(self._weights):
            parts = [state.window, state.outputs[:, index]]
            if index:
                parts.insert(1, state.outputs[:, index - 1])
            mine = np.ascontiguousarray(gates[:, index * size : (index + 1) * size])
            mine += product(weight, np.concatenate(parts, axis=1))
            run_cell(mine, state.cells[:, index], state.outputs[:, index])
            if not index and self.spec.characters:
                self._move_window(state)
        return self._head.mixture(state.outputs.reshape(len(previous), -1))

    def _move_window(self, state: PenNumpyState) -> None:
        """Read on: Graves 2013, eqs. 46 to 51."""
        read = np.exp(product(self._read, state.outputs[:, 0]) + self._read_bias)
        count = self._config.window
        height, width, pace = read[:, :count], read[:, count : 2 * count], read[:, 2 * count :]
        state.kappa += pace[:, :, None]
        away = state.kappa - np.arange(state.letters.shape[1], dtype=np.float32)
        bumps = np.exp(np.maximum(-width[:, :, None] * away * away, FAINTEST))
        state.attention = np.matmul(height[:, None], bumps)[:, 0]
        state.window = np.matmul(state.attention[:, None], state.letters)[:, 0]


def _layer(weights: dict[str, Float], index: int, reads: bool) -> tuple[Float, Float, Float]:
    """Input weights (4H, E), recurrent weights (4H, H) and bias (4H,) of a layer of the stack.

    Layer 0 of a model that reads is the window's; the window is then one of its inputs.
    """
    if reads and not index:
        inputs = np.hstack([weights["window.weight_ih"], weights["window.weight_wh"]])
        own, bias = weights["window.weight_hh"], weights["window.bias"]
    else:
        name = f"layers.{index - reads}"
        inputs, own = weights[f"{name}.weight_ih_l0"], weights[f"{name}.weight_hh_l0"]
        bias = weights[f"{name}.bias_ih_l0"] + weights[f"{name}.bias_hh_l0"]
    return gate_rows(inputs), gate_rows(own), gate_rows(bias)
