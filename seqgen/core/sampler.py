"""The sampler: draws the fields of step after step. Written once, in numpy, above the engines."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqgen.core.engine import Engine, State
from seqgen.core.guide import Guide, Verdict
from seqgen.errors import SeqgenError, UsageError

HOTTEST = 10.0
MAX_REDRAWS = 200


@dataclass(frozen=True)
class Settings:
    """Temperature and truncation of the draw; 0 and 1 for ``top_k`` and ``top_p`` mean none."""

    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.temperature <= HOTTEST:
            allowed = f"allowed: 0 to {HOTTEST:g}"
            raise UsageError(f"temperature {self.temperature:g} is out of range, {allowed}")
        if self.top_k < 0:
            raise UsageError(f"top-k {self.top_k} is out of range, allowed: 0 (all) or more")
        if not 0 < self.top_p <= 1:
            raise UsageError(f"top-p {self.top_p:g} is out of range, allowed: above 0, to 1")


def sample(
    engine: Engine[State],
    state: State,
    previous: NDArray[np.integer],
    guide: Guide,
    settings: Settings,
    rng: np.random.Generator,
) -> Generator[tuple[int, ...], None, None]:
    """Draw steps after ``previous`` (F,), the last step not yet fed, until the guide stops.

    ``state`` is changed in place. The step at which the guide stops is the last one.
    """
    before = np.asarray(previous)[None]
    while True:
        features = engine.advance(state, before, guide.sides()[None])
        units = engine.units(features)
        for _ in range(MAX_REDRAWS):
            step = _draw_step(engine, units, guide, settings, rng)
            verdict = guide.judge(step)
            if verdict is not Verdict.REDRAW:
                break
        else:
            raise SeqgenError(f"no step passed the guards in {MAX_REDRAWS} draws")
        yield step
        if verdict is Verdict.STOP:
            return
        before = np.array([step])


def _draw_step(
    engine: Engine[Any],
    units: NDArray[np.float32],
    guide: Guide,
    settings: Settings,
    rng: np.random.Generator,
) -> tuple[int, ...]:
    drawn: tuple[int, ...] = ()
    for field in range(len(engine.spec.fields)):
        allowed = guide.allowed(field, drawn)
        only = None if allowed is None else np.flatnonzero(allowed)
        if only is not None and len(only) == 1:
            drawn = (*drawn, int(only[0]))
            continue
        logits = engine.logits(units, field, np.array([drawn], np.int64))[0]
        logits = guide.weighed(field, drawn, logits, allowed)
        drawn = (*drawn, draw(logits, settings, rng, allowed))
    return drawn


def draw(
    logits: NDArray[np.floating],
    settings: Settings,
    rng: np.random.Generator,
    allowed: NDArray[np.bool_] | None = None,
) -> int:
    """Draw a class from softmax(logits / temperature), cut to ``allowed``, top-k and top-p.

    Temperature 0 is the mode (Ha & Eck 2017, section 3.3, for what temperature means; Holtzman et
    al. 2020 for top-p, the smallest set of likeliest classes that holds p). One uniform number
    is used a draw, whatever the settings.
    """
    chance = float(rng.random())
    values = np.asarray(logits, np.float64)
    if allowed is not None:
        values = np.where(allowed, values, -np.inf)
    best = float(values.max())
    if not np.isfinite(best):
        raise SeqgenError("nothing may follow: every class is forbidden or not a number")
    if settings.temperature == 0:
        return int(values.argmax())
    order = np.argsort(-values, kind="stable")
    if settings.top_k:
        order = order[: settings.top_k]
    with np.errstate(over="ignore"):  # a temperature near zero: -inf is right
        weights = np.exp((values[order] - best) / settings.temperature)
    cumulative = np.cumsum(weights)
    if settings.top_p < 1:
        kept = int(np.searchsorted(cumulative, settings.top_p * cumulative[-1])) + 1
        cumulative = cumulative[:kept]
    index = int(np.searchsorted(cumulative, chance * cumulative[-1], side="right"))
    return int(order[min(index, len(cumulative) - 1)])
