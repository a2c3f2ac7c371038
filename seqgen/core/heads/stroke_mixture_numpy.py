"""The numpy twin of StrokeMixture: the same parameters, no torch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from seqgen.core.engines.blas import product
from seqgen.core.heads.mixture_bounds import LOG_SIGMA_MOST, RHO_BOUND
from seqgen.core.pen_engine import Mixture

Float = NDArray[np.float32]


class StrokeMixtureNumpy:
    """The mixture of a step from features (N, D); see ``StrokeMixture``."""

    def __init__(self, components: int, floor: float, weights: dict[str, Float]) -> None:
        self._count, self._floor = components, floor
        self._project = np.ascontiguousarray(weights["head.project.weight"])
        self._bias = weights["head.project.bias"]

    def mixture(self, features: Float) -> Mixture:
        """What the next steps may be, given features (N, D)."""
        found = product(self._project, features) + self._bias
        return split_mixture(found, self._count, self._floor)


def split_mixture(found: Float, count: int, floor: float) -> Mixture:
    """The parameters of a mixture from the head's outputs (N, 6 M + 1)."""
    pairs = (len(found), count, 2)
    sigma = np.exp(np.minimum(found[:, 3 * count : 5 * count], LOG_SIGMA_MOST)) + floor
    return Mixture(
        pi=found[:, :count],
        mu=found[:, count : 3 * count].reshape(pairs),
        sigma=sigma.reshape(pairs).astype(np.float32),
        rho=(RHO_BOUND * np.tanh(found[:, 5 * count : 6 * count])).astype(np.float32),
        lift=found[:, 6 * count],
    )
