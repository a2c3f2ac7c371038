"""The torch engine: the reference, and the way to a GPU."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from seqgen.core.engine import Classes, Float
from seqgen.core.network import SequenceModel
from seqgen.core.stack import State
from seqgen.core.steps import NetworkConfig, StepSpec


@dataclass
class TorchState:
    """The (h, c) pairs of every layer, each (1, N, H)."""

    layers: State

    def fork(self, lanes: int) -> TorchState:
        """Copy the state of a single lane to ``lanes`` lanes."""
        return TorchState([(h.repeat(1, lanes, 1), c.repeat(1, lanes, 1)) for h, c in self.layers])


class TorchEngine:
    """Runs a bundle through ``SequenceModel``, on a GPU where there is one."""

    name = "torch"

    def __init__(self, spec: StepSpec, config: NetworkConfig, weights: dict[str, Float]) -> None:
        self.spec, self._config = spec, config
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        model = SequenceModel(spec, config)
        model.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()})
        self._model = model.to(self._device).eval()

    def start(self, lanes: int = 1) -> TorchState:
        """Return zeros."""
        zeros = torch.zeros(1, lanes, self._config.hidden, device=self._device)
        return TorchState([(zeros, zeros) for _ in range(self._config.layers)])

    def _tensor(self, classes: Classes) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(classes, np.int64)).to(self._device)

    def _run(self, state: TorchState, previous: Tensor, sides: Tensor) -> Tensor:
        with torch.inference_mode():
            features, state.layers = self._model.features(previous, sides, state.layers)
        return features

    def advance(self, state: TorchState, previous: Classes, sides: Classes) -> Float:
        """Take one step on N lanes; see ``Engine.advance``."""
        inputs = self._tensor(previous)[:, None], self._tensor(sides)[:, None]
        found: Float = self._run(state, *inputs)[:, 0].cpu().numpy()
        return found

    def follow(self, state: TorchState, previous: Classes, sides: Classes) -> Float:
        """Take T known steps on one lane; see ``Engine.follow``."""
        inputs = self._tensor(previous)[None], self._tensor(sides)[None]
        found: Float = self._run(state, *inputs)[0].cpu().numpy()
        return found

    def units(self, features: Float) -> Float:
        """See ``Engine.units``."""
        with torch.inference_mode():
            tensor = torch.from_numpy(features).to(self._device)
            found: Float = self._model.head.project(tensor).cpu().numpy()
        return found

    def logits(self, units: Float, field: int, before: Classes) -> Float:
        """See ``Engine.logits``."""
        with torch.inference_mode():
            tensor = torch.from_numpy(units).to(self._device)
            found = self._model.head.logits_of(tensor, field, self._tensor(before))
        array: Float = found.cpu().numpy()
        return array
