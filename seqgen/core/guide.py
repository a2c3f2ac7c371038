"""Guides: what a frontend tells the sampler while it draws."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Verdict(Enum):
    """What a guide says of a step that was drawn."""

    KEEP = "keep"
    REDRAW = "redraw"
    STOP = "stop"


class Guide(Protocol):
    """Steers one sequence: knows the side inputs, forbids classes, judges steps, ends it.

    ``faults`` counts what was sent back or mended, by the name of the fault.
    """

    faults: Counter[str]

    def sides(self) -> NDArray[np.integer]:
        """Side inputs (S,) of the step to come."""
        ...

    def allowed(self, field: int, drawn: tuple[int, ...]) -> NDArray[np.bool_] | None:
        """Which classes of ``field`` may follow the fields ``drawn``; None for all."""
        ...

    def weighed(
        self,
        field: int,
        drawn: tuple[int, ...],
        logits: NDArray[np.floating],
        allowed: NDArray[np.bool_] | None,
    ) -> NDArray[np.floating]:
        """``logits`` (classes,) as they are to be drawn from; as they come, to leave them."""
        ...

    def judge(self, step: tuple[int, ...]) -> Verdict:
        """Take a step, or refuse it. After a refusal ``allowed`` must exclude the cause."""
        ...
