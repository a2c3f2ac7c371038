"""Train a model on files of one's own, or on a data set, by a recipe."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from seqgen import __version__
from seqgen.api.processes import leads
from seqgen.api.recipe import DEFAULTS, Recipe, check_frontend, read_recipe
from seqgen.api.sources import find_source
from seqgen.api.training_data import WORDING, TrainingData, load, notices
from seqgen.config import Progress, Train, TrainResult
from seqgen.core.checkpoint import FORMAT, Card
from seqgen.errors import InputFileError, OutputError, UsageError, did_you_mean, reason
from seqgen.files import write_file
from seqgen.frontends.cards import Card as DataCard
from seqgen.marks import alive
from seqgen.run_notes import STOPPED, Ending, noted, read_note

if TYPE_CHECKING:
    from seqgen.core.metrics import Report
    from seqgen.core.trainer import Trainer

RECIPE = "recipe.json"


def train(request: Train) -> Generator[Progress | TrainResult, None, None]:
    """Train by a recipe, yielding progress a batch and last how the run ended.

    The run's folder holds ``best.safetensors`` (the model), ``last.checkpoint``,
    ``metrics.jsonl``, ``recipe.json`` and ``process.json``, which tells who trains it. A folder
    that holds a run is only gone on with, by ``resume``, with the recipe it was begun with.
    """
    _check(request)
    out = Path(request.out)
    recipe = _recipe_of(request, out)
    found = [find_source(name, frontend=recipe.frontend) for name in request.data]
    data = yield from load(recipe, found)
    warnings = notices(data, WORDING[recipe.frontend])
    count = sum(map(len, data.splits.values()))
    yield Progress(stage="prepared", done=count, total=count, warnings=warnings)
    card = _card(recipe, data, [card for _, card in found])
    yield from _run(request, recipe, data, card, warnings)


def holds_run(folder: str | Path) -> bool:
    """Whether a run was begun in ``folder``, one that ``resume`` goes on with."""
    return (Path(folder) / RECIPE).exists()


def _check(request: Train) -> None:
    if request.frontend not in DEFAULTS:
        hint = did_you_mean(request.frontend, DEFAULTS)
        raise UsageError(f"no frontend is called {request.frontend!r}, {hint}")
    if not request.out:
        raise UsageError("out '' is no name of a folder")
    if request.minutes is not None and not 0 < request.minutes <= 100_000:
        raise UsageError(f"minutes {request.minutes:g} is out of range, allowed: 0 to 100000")
    if request.threads is not None and not 1 <= request.threads <= 1024:
        raise UsageError(f"threads {request.threads} is out of range, allowed: 1 to 1024")
    if request.resume and (request.recipe or request.overrides):
        raise UsageError(
            "a run goes on with the recipe it was begun with, drop --recipe and --set"
        )


def _recipe_of(request: Train, out: Path) -> Recipe:
    """The recipe asked for, or that of the run to go on with."""
    if request.resume:
        recipe = _stored_recipe(out)
        _check_free(out)
        check_frontend(recipe, request.frontend, f"the run in {out}")
        return recipe
    if leads() and holds_run(out):
        raise OutputError(
            f"{out} holds a run already, go on with --resume or choose another --out"
        )
    name = request.recipe or DEFAULTS[request.frontend]
    return read_recipe(request.frontend, name, request.overrides)


def _check_free(out: Path) -> None:
    """Raise OutputError where another process trains the run: each would spoil the other's."""
    note = read_note(out)
    if leads() and note is not None and note.mark.pid != os.getpid() and alive(note.mark):
        raise OutputError(f"{out} is being trained by process {note.mark.pid} already")


def _stored_recipe(out: Path) -> Recipe:
    stored = out / RECIPE
    try:
        recipe: Recipe = msgspec.json.decode(stored.read_bytes(), type=Recipe)
    except OSError as error:
        raise InputFileError(f"there is no run to resume in {out}") from error
    except msgspec.MsgspecError as error:
        raise InputFileError(f"{stored} is damaged: {error}") from error
    return recipe


def _begin(out: Path, recipe: Recipe) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {out}: {reason(error)}") from error
    if not holds_run(out):
        write_file(out / RECIPE, msgspec.json.format(msgspec.json.encode(recipe)) + b"\n")


def _card(recipe: Recipe, data: TrainingData, sources: list[DataCard]) -> Card:
    return Card(
        format=FORMAT,
        name=recipe.name,
        frontend=recipe.frontend,
        state=data.state,
        spec=data.spec,
        network=recipe.network,
        description=recipe.description,
        training={"recipe": msgspec.to_builtins(recipe), "seqgen": __version__},
        data=[
            {"name": d.name, "title": d.title, "source": d.source, "licence": d.licence}
            for d in sources
        ],
        licence=recipe.licence,
        date=time.strftime("%Y-%m-%d", time.gmtime()),
        sampling=recipe.sampling,
    )


def _run(
    request: Train, recipe: Recipe, data: TrainingData, card: Card, warnings: list[str]
) -> Generator[Progress | TrainResult, None, None]:
    import torch

    from seqgen.core.models import make_model
    from seqgen.core.parallel import join_ranks, leave_ranks, meet_ranks
    from seqgen.core.trainer import BEST, Trainer

    if request.threads is not None:
        torch.set_num_threads(request.threads)
    torch.manual_seed(recipe.trainer.seed)
    out = Path(request.out)
    learned, valid = data.splits["train"], data.splits["valid"]
    trainer = Trainer(
        make_model(card.spec, card.network),
        learned,
        valid if len(valid) else learned,
        config=recipe.trainer,
        card=card,
        out=out,
        minutes=request.minutes,
        device=_device(request.device, torch.cuda.is_available()),
        ranks=join_ranks(),
    )
    if request.resume:
        trainer.resume()
    if leads():
        _begin(out, recipe)
    try:
        with noted(request) if leads() else nullcontext(Ending(out)) as ending:
            yield from _followed(trainer, recipe, ending)
        meet_ranks()
    finally:
        leave_ranks()
    yield TrainResult(
        model=str(out / BEST),
        updates=trainer.position.update,
        epochs=trainer.epochs,
        seconds=trainer.position.seconds,
        best=_best(trainer),
        reason=ending.reason,
        warnings=warnings,
    )


def _followed(trainer: Trainer, recipe: Recipe, ending: Ending) -> Iterator[Progress]:
    """Train, and end where that is wanted as where the time is over: with a validation."""
    wanted = False
    with closing(trainer.run()) as reports:
        for report in reports:
            yield _progress(report, recipe)
            if trainer.ranks.world == 1 and ending.wanted:
                wanted, trainer.minutes = True, report.seconds / 60
    ending.reason = STOPPED if wanted else trainer.reason


def _device(wanted: str, cuda: bool) -> str:
    if wanted == "cuda" and not cuda:
        raise UsageError("device cuda is not available on this machine, allowed: auto, cpu")
    return "cuda" if cuda and wanted != "cpu" else "cpu"


def _best(trainer: Trainer) -> dict[str, float]:
    best = trainer.position.best
    return {} if best is None else {"valid_nats_per_step": best}


def _progress(report: Report, recipe: Recipe) -> Progress:
    metrics = {
        "epoch": float(report.epoch),
        "loss": report.loss,
        "accuracy": sum(report.accuracy.values()) / len(report.accuracy),
        "learning_rate": report.learning_rate,
        "gradient_norm": report.gradient_norm,
        "steps_per_second": report.steps_per_second,
        "seconds": report.seconds,
        "eta": report.eta,
    }
    for field, nll in report.nll.items():
        metrics[f"nll_{field}"] = nll
        metrics[f"accuracy_{field}"] = report.accuracy[field]
    if report.best is not None:
        metrics["best"] = report.best
    stage = "validating" if report.kind == "valid" else "training"
    note = f"epoch {report.epoch} loss {report.loss:.3f}"
    return Progress(
        stage=stage,
        done=report.update,
        total=recipe.trainer.updates,
        note=note,
        metrics=metrics,
    )
