"""The torch engine of pen offsets: the reference, and the way to a GPU."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqgen.core.heads.stroke_mixture_numpy import split_mixture
from seqgen.core.pen_engine import Float, Mixture
from seqgen.core.pen_network import PenModel
from seqgen.core.stack import State
from seqgen.core.steps import PenNetwork, PenSpec


@dataclass
class PenTorchState:
    """Texts (N, U), style vectors (N, S), the stack's state, and where the window is."""

    text: Tensor
    style: Tensor
    layers: State | None
    attention: Float | None

    def keep(self, lanes: NDArray[np.integer]) -> PenTorchState:
        """The state of some lanes alone."""
        rows = torch.from_numpy(lanes).to(self.text.device)
        layers = None
        if self.layers is not None:  # (1, N, H) in the fused layers, (N, ...) in the window's
            layers = [
                tuple(part[:, rows] if part.dim() == 3 else part[rows] for part in layer)
                for layer in self.layers
            ]
        attention = None if self.attention is None else self.attention[lanes]
        return PenTorchState(self.text[rows], self.style[rows], layers, attention)


class PenTorchEngine:
    """Runs a bundle through ``PenModel``, on a GPU where there is one."""

    name = "torch"

    def __init__(self, spec: PenSpec, config: PenNetwork, weights: dict[str, Float]) -> None:
        self.spec, self._config = spec, config
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        model = PenModel(spec, config)
        model.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()})
        self._model = model.to(self._device).eval()

    def style(self, row: int) -> Float:
        """See ``PenEngine.style``."""
        with torch.inference_mode():
            rows = torch.tensor([row], device=self._device)
            found: Float = self._model.style_of(rows)[0].cpu().numpy()
        return found

    def start(self, texts: Sequence[NDArray[np.integer]], styles: Float) -> PenTorchState:
        """See ``PenEngine.start``."""
        length = max(map(len, texts), default=0) + 1
        padded = np.zeros((len(texts), length), np.int64)
        for lane, text in enumerate(texts):
            padded[lane, : len(text)] = text
        attention = np.zeros(padded.shape, np.float32) if self.spec.characters else None
        text_, style = torch.from_numpy(padded), torch.from_numpy(styles.astype(np.float32))
        return PenTorchState(text_.to(self._device), style.to(self._device), None, attention)

    def advance(self, state: PenTorchState, previous: Float) -> Mixture:
        """See ``PenEngine.advance``."""
        steps = torch.from_numpy(np.ascontiguousarray(previous, np.float32)).to(self._device)
        with torch.inference_mode():
            features, state.layers = self._model.features(
                steps[:, None], state.text, state.style, state.layers
            )
            found = self._model.head.project(features[:, 0]).cpu().numpy()
            if self._model.window is not None:
                window_state = state.layers[0]
                state.attention = (
                    self._model.window.attention(
                        window_state[0], window_state[2], state.text.shape[1]
                    )
                    .cpu()
                    .numpy()
                )
        return split_mixture(found, self._config.components, self._config.floor)
