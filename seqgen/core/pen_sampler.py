"""The sampler of pen offsets: draws lines side by side, each from a random stream of its own."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqgen.core.pen_engine import START, Float, Mixture, PenEngine
from seqgen.core.sampler import Settings
from seqgen.errors import SeqgenError

NUMBERS = 4  # a step: two uniform for component and lift, two normal for the offset
BLOCK = 256  # steps whose random numbers are drawn at once
BACK = 0.3  # of the unit of offsets: a stroke that begins so far back belongs to what is written
LATE_STROKES = 2  # dots and bars that may follow a text
LATE_STEPS = 40


@dataclass(frozen=True)
class Drawn:
    """One step of the lines that are still being written.

    ``lines`` (N,) are their numbers, ``steps`` (N, 3) dx, dy and lift. ``places`` (N,) is the
    character that the window is on, the length of the line's text once it has passed that.
    ``ended`` are the numbers of the lines that came to their end with this step or the one
    before it; a line that meets its limit does not end.
    """

    lines: NDArray[np.int64]
    steps: Float
    places: NDArray[np.int64]
    ended: frozenset[int] = frozenset()


@dataclass
class _End:
    """Watches for the end of a line: the window has passed the text, and the pen is up."""

    length: int
    is_up: bool = True
    passed: int = 0
    late: int = 0

    def comes(self, place: int, step: Float) -> bool:
        """Whether the line ended before this step; takes note of it otherwise.

        A stroke that begins further back, a dot or a bar, is still written.
        """
        self.passed += bool(self.passed or place >= self.length)
        if self.passed and self.is_up:
            self.late += 1
            if self.late > LATE_STROKES or step[0] > -BACK:
                return True
        self.is_up = bool(step[2] > 0.5)
        return self.passed > LATE_STEPS


class _Noise:
    """The random numbers of one line, the same whatever is written beside it."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng, self._left = rng, np.empty((0, NUMBERS))

    def row(self, step: int) -> NDArray[np.float64]:
        """Four numbers for a step; steps are asked for in order."""
        if step % BLOCK == 0:
            uniform = self._rng.random((BLOCK, 2))
            self._left = np.hstack([uniform, self._rng.standard_normal((BLOCK, 2))])
        found: NDArray[np.float64] = self._left[step % BLOCK]
        return found


def write(
    engine: PenEngine[Any],
    texts: Sequence[NDArray[np.integer]],
    styles: Float,
    settings: Settings,
    rngs: Sequence[np.random.Generator],
    limits: Sequence[int],
) -> Generator[Drawn, None, None]:
    """Write each text with its style (N, S), a step of all lines at a time.

    A line ends at the first lift after the window lies behind its text more than on any
    character of it (Graves 2013, section 5.2, and the pen), or after as many steps as its limit
    allows. A text without characters is not written.
    """
    noise = [_Noise(rng) for rng in rngs]
    lines = np.array([k for k, text in enumerate(texts) if len(text)], np.int64)
    if not len(lines):
        return
    ends = {int(k): _End(len(texts[k])) for k in lines}
    lengths, most = (np.array([row[k] for k in lines]) for row in ([*map(len, texts)], limits))
    state = engine.start([texts[k] for k in lines], styles[lines])
    steps = np.tile(np.array(START, np.float32), (len(lines), 1))
    for t in range(int(most.max(initial=0))):
        mixture = engine.advance(state, steps)
        if state.attention is None:
            raise ValueError("the engine is of a model that reads no text")
        steps = draw(mixture, settings, np.stack([noise[k].row(t) for k in lines]))
        places = _places(state.attention, lengths)
        rows = zip(lines.tolist(), places.tolist(), steps, strict=True)
        over = np.array([ends[line].comes(place, step) for line, place, step in rows])
        yield Drawn(lines[~over], steps[~over], places[~over], frozenset(lines[over].tolist()))
        going = np.flatnonzero(~over & (t + 1 < most))
        if not len(going):
            return
        if len(going) < len(lines):
            state, steps = state.keep(going), steps[going]
            lines, lengths, most = lines[going], lengths[going], most[going]


def draw(mixture: Mixture, settings: Settings, numbers: NDArray[np.float64]) -> Float:
    """Draw the next steps (N, 3) by random ``numbers`` (N, 4).

    Temperature as in Ha & Eck 2017, section 3.3: pi and lift logits over T, sigma^2 times T; 0
    is the mode: the mean of the likeliest component. Graves' probability bias b (2013, eqs. 61
    and 62) is its relative: it sharpens pi by 1 + b and sigma by exp(-b).
    """
    temperature = settings.temperature
    rows = np.arange(len(numbers))
    if temperature == 0:
        chosen = mixture.pi.argmax(axis=1)
        lift = mixture.lift > 0
    else:
        with np.errstate(over="ignore"):
            pi, lifted = mixture.pi.astype(np.float64), mixture.lift.astype(np.float64)
            summed = np.exp((pi - pi.max(axis=1, keepdims=True)) / temperature).cumsum(axis=1)
            odds = np.exp(-lifted / temperature)
        chosen = (summed < numbers[:, :1] * summed[:, -1:]).sum(axis=1)
        lift = numbers[:, 1] * (1 + odds) < 1
    mu, sigma = mixture.mu[rows, chosen], mixture.sigma[rows, chosen]
    rho, (across, down) = mixture.rho[rows, chosen], numbers[:, 2:].T
    turned = np.stack([across, rho * across + np.sqrt(1 - rho * rho) * down], axis=1)
    offsets = mu + sigma * turned * np.sqrt(temperature)
    if not np.isfinite(offsets).all():
        raise SeqgenError("the model drew an offset that is no number")
    return np.column_stack([offsets, lift]).astype(np.float32)


def _places(attention: Float, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The likeliest place of each line, of its own characters and the one behind them."""
    behind = np.arange(attention.shape[1]) > lengths[:, None]
    found: NDArray[np.int64] = np.where(behind, -1, attention).argmax(axis=1)
    return found
