"""What training measures: sums over steps, a report of them, and the log of the reports."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import torch
from torch import Tensor

from seqgen.errors import OutputError, reason
from seqgen.files import write_file


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the metrics log. NLL in nats; ``eta`` and ``seconds`` are wall-clock seconds."""

    kind: str
    update: int
    epoch: int
    loss: float
    nll: dict[str, float]
    accuracy: dict[str, float]
    learning_rate: float
    gradient_norm: float
    steps_per_second: float
    seconds: float
    eta: float
    best: float | None = None


def sum_scores(nll: Tensor, hits: Tensor) -> Tensor:
    """Sums over the steps (N, F) of NLL, hits and ones: (3, F) in double precision."""
    lost, hit = nll.detach().double().sum(0), hits.double().sum(0)
    return torch.stack([lost, hit, torch.full_like(lost, float(len(nll)))]).cpu()


def append(path: Path, report: Report) -> None:
    """Add a report to the log, a line of JSON."""
    try:
        with path.open("a", encoding="utf-8") as log:
            log.write(json.dumps(msgspec.to_builtins(report)) + "\n")
    except OSError as error:
        raise OutputError(f"cannot write {path}: {reason(error)}") from error


def cut(path: Path, update: int, evaluated: int) -> None:
    """Drop what came after ``update``, validations after ``evaluated``, and a broken end."""
    if not path.exists():
        return
    kept = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            report = json.loads(line)
            if report["update"] <= (evaluated if report["kind"] == "valid" else update):
                kept.append(line + "\n")
        except (ValueError, KeyError, TypeError):
            break
    write_file(path, "".join(kept).encode())
