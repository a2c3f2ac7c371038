"""The numpy twin of FieldChain: the same parameters, no torch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from seqgen.core.engines.blas import product
from seqgen.core.steps import StepSpec

Float = NDArray[np.float32]


class FieldChainNumpy:
    """Score and draw the fields of a step from features (N, D); see ``FieldChain``."""

    def __init__(self, spec: StepSpec, weights: dict[str, Float]) -> None:
        count = len(spec.fields)
        self.embeddings = [weights[f"head.embeddings.{k}.weight"] for k in range(count)]
        self._project = np.ascontiguousarray(weights["head.project.weight"])
        self._bias = weights["head.project.bias"]
        self._chains = [
            [weights[f"head.chains.{k}.{j}.weight"] for j in range(k)] for k in range(count)
        ]
        self._logits = [weights[f"head.logits.{k}.weight"] for k in range(count)]
        self._offsets = [weights[f"head.logits.{k}.bias"] for k in range(count)]
        self._chain = len(self._bias) // count

    def units(self, features: Float) -> Float:
        """What every field's units get from the features: (N, fields * chain)."""
        return product(self._project, features) + self._bias

    def logits(self, units: Float, field: int, before: NDArray[np.integer]) -> Float:
        """Logits (N, size) of ``field``; see ``FieldChain.logits_of``."""
        unit = units[:, field * self._chain : (field + 1) * self._chain]
        for table, column in zip(self._chains[field], before.T, strict=True):
            unit = unit + table[column]
        found: Float = np.tanh(unit) @ self._logits[field].T + self._offsets[field]
        return found
