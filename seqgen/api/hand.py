"""Fit a style to a few lines of a user's own hand, and keep it as a ``.hand`` file."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from seqgen.api.beside import beside
from seqgen.api.handwriting import DEFAULT_MODEL
from seqgen.api.models import resolve
from seqgen.api.output_file import check_output, write_output
from seqgen.api.own_ink import read_own_ink
from seqgen.api.styles import model_fingerprint, writing_state
from seqgen.config import FitHand, HandResult, Progress
from seqgen.core.checkpoint import Arrays, Card, read_bundle
from seqgen.core.steps import PenNetwork, PenSpec, PenSteps
from seqgen.errors import ModelError, UsageError
from seqgen.frontends.handwriting.codec.alphabet import closed_up
from seqgen.frontends.handwriting.codec.own_lines import OwnLines
from seqgen.frontends.handwriting.codec.state import InkState
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.hand_file import FORMAT, SUFFIX, HandFile, hand_bytes

if TYPE_CHECKING:
    from seqgen.core.pen_network import PenModel

LOOKED_AT = 8  # lines, where hands are compared
GLANCE = 96  # points of each
MEASURED = 40  # lines, where a fit is measured
MEASURES = ("no_style", "nearest", "fitted")
TURNED = 0.3  # nats per point by which ink that was turned must read better
SPARSE = 0.4  # of the points a character that a model learned from


@dataclass(frozen=True)
class _Task:
    """Lines, with the text that each shows, and the model that is to write like them."""

    lines: list[Line]
    card: Card
    weights: Arrays
    state: InkState
    spec: PenSpec


@dataclass(frozen=True)
class _Found:
    """A style vector, how well it fits, and what may be wrong with it."""

    vector: list[float]
    nats_per_point: dict[str, float]
    nearest: str
    updates: int
    lines: OwnLines
    warnings: list[str]


def fit_hand(request: FitHand) -> Generator[Progress | HandResult, None, None]:
    """Fit a style vector, yielding progress an update and last the result.

    The file is written at the end; a run that is closed before leaves none. Raises UsageError,
    InputFileError, ModelError or OutputError before the fit begins.
    """
    began = time.monotonic()
    _check(request)
    own = read_own_ink(request.inks, request.texts)
    card, weights = read_bundle(resolve(request.model or DEFAULT_MODEL))
    task = _Task(own.lines, card, weights, *_styled(card))
    warnings = [*own.warnings, *_unknown(task)]
    yield Progress(stage="read", done=len(own.lines), total=len(own.lines), warnings=warnings)
    found = yield from _fit(request, task)
    hand = HandFile(
        seqgen_hand=FORMAT,
        name=request.name or Path(request.output).stem,
        model=card.name,
        fingerprint=model_fingerprint(weights),
        size=len(found.vector),
        vector=found.vector,
        lines=len(own.lines),
        characters=sum(len(line.text) for line in own.lines),
        nats_per_point=found.nats_per_point,
    )
    write_output(request.output, hand_bytes(hand), request.force)
    yield HandResult(
        path=request.output,
        name=hand.name,
        model=card.name,
        lines=hand.lines,
        characters=hand.characters,
        points=sum(found.lines.length(index) for index in range(len(found.lines))),
        updates=found.updates,
        seconds=round(time.monotonic() - began, 1),
        nats_per_point=found.nats_per_point,
        nearest=found.nearest,
        thin={name: round(thin, 2) for name, thin in found.lines.thin.items()},
        warnings=[*warnings, *found.warnings],
    )


def _check(request: FitHand) -> None:
    if not request.output.lower().endswith(SUFFIX):
        raise UsageError(f"a style is kept in a file that ends in {SUFFIX}, not {request.output}")
    if not 1 <= request.steps <= 10_000:
        raise UsageError(f"steps {request.steps} is out of range, allowed: 1 to 10000")
    if request.minutes is not None and not 0 < request.minutes <= 1000:
        raise UsageError(f"minutes {request.minutes:g} is out of range, allowed: 0 to 1000")
    if request.threads is not None and not 1 <= request.threads <= 1024:
        raise UsageError(f"threads {request.threads} is out of range, allowed: 1 to 1024")
    if request.name is not None and not 1 <= len(request.name) <= 200:
        raise UsageError(f"the name has {len(request.name)} characters, allowed: 1 to 200")
    check_output(request.output, request.force)


def _styled(card: Card) -> tuple[InkState, PenSpec]:
    """The state and steps of a model that knows hands enough to say what a style may be."""
    state = writing_state(card)
    if not isinstance(card.spec, PenSpec) or len(state.styles) < 2:
        known = f"{len(state.styles)} hands"
        raise ModelError(f"model {card.name} knows {known}, a style is fitted from two or more")
    return state, card.spec


def _unknown(task: _Task) -> list[str]:
    used = {character for line in task.lines for character in closed_up(line.text)}
    strange = "".join(sorted(used - set(task.state.alphabet)))
    if not strange:
        return []
    return [
        f"model {task.card.name} has not learned {strange}: what their ink shows is lost on it"
    ]


def _fit(request: FitHand, task: _Task) -> Generator[Progress, None, _Found]:
    yield from beside(_load, Progress(stage="starting", done=0))
    import torch

    from seqgen.core.style_fit import StyleFit, StyleFitConfig, compare_hands, score_styles

    if request.threads is not None:
        torch.set_num_threads(request.threads)
    model = _model(task)
    told = Progress(stage="comparing", done=0, note="hands")
    lines, warnings = yield from beside(lambda: _upright(task, model), told)
    yield Progress(stage=told.stage, done=0, note=told.note, warnings=warnings)
    start, nearest = yield from beside(
        lambda: compare_hands(model, _steps(lines, LOOKED_AT), GLANCE), told
    )
    config = StyleFitConfig(updates=request.steps)
    fit = StyleFit(model, lines, config=config, start=start, minutes=request.minutes)
    with closing(fit.run()) as reports:
        for report in reports:
            yield Progress(
                stage="fitting",
                done=report.update,
                total=request.steps,
                note=f"{report.loss:.3f} nats a point",
                metrics={"loss": report.loss},
            )
    styles = torch.stack([*model.style_of(torch.tensor([0, nearest])), fit.vector])
    nats = yield from beside(
        lambda: score_styles(model, _steps(lines, MEASURED), styles),
        Progress(stage="measuring", done=request.steps, total=request.steps),
    )
    return _Found(
        vector=[round(value, 6) for value in fit.vector.tolist()],
        nats_per_point={name: round(value, 4) for name, value in zip(MEASURES, nats, strict=True)},
        nearest=task.state.styles[nearest - 1],
        updates=fit.update,
        lines=lines,
        warnings=warnings,
    )


def _load() -> None:
    """Import torch, and what its optimisers import at their first step."""
    import torch

    import seqgen.core.style_fit  # noqa: F401

    weight = torch.zeros(1, requires_grad=True)
    weight.grad = torch.zeros(1)
    torch.optim.Adam([weight]).step()


def _model(task: _Task) -> PenModel:
    import torch

    from seqgen.core.pen_network import PenModel

    if not isinstance(task.card.network, PenNetwork):
        raise ValueError("only a network of pen offsets has a style")
    model = PenModel(task.spec, task.card.network)
    model.load_state_dict({name: torch.from_numpy(part) for name, part in task.weights.items()})
    return model.eval().requires_grad_(False)


def _upright(task: _Task, model: PenModel) -> tuple[OwnLines, list[str]]:
    """The lines as they are, or with y turned where the model reads them much better so."""
    from seqgen.core.style_fit import prior_of, score_styles

    lines = OwnLines(task.lines, task.state, task.spec)
    turned = OwnLines([_turned(line) for line in task.lines], task.state, task.spec)
    mean, _ = prior_of(model)
    (nats,), (other,) = (
        score_styles(model, _steps(some, LOOKED_AT), mean[None], GLANCE)
        for some in (lines, turned)
    )
    warnings = _sparse(lines, task.state)
    if other > nats - TURNED:
        return lines, warnings
    told = "the ink is upside down: y is taken to grow upwards, in InkML it grows downwards"
    return turned, [*warnings, told]


def _turned(line: Line) -> Line:
    return replace(line, ink=line.ink.mapped(np.diag([1.0, -1.0])))


def _sparse(lines: OwnLines, state: InkState) -> list[str]:
    return [
        f"{source} has {pace:.1f} points a character, the model learned from "
        f"{state.pace:.1f}: its curves are guessed"
        for source, pace in lines.pace.items()
        if pace < SPARSE * state.pace
    ]


def _steps(lines: OwnLines, most: int) -> list[PenSteps]:
    """The first lines as they are."""
    return [lines.draw(index, None) for index in range(min(most, len(lines)))]
