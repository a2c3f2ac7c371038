"""The training checkpoint: everything that a killed run needs to go on exactly."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import torch
from torch import Tensor, nn

from seqgen.core.checkpoint import Arrays, pack, read_arrays, read_header
from seqgen.errors import ModelError
from seqgen.files import write_file


class Position(msgspec.Struct, kw_only=True):
    """Where a run stands; always between two batches, so that no LSTM state need be kept."""

    update: int = 0
    epoch: int = 0
    batch: int = 0
    evaluated: int = 0
    saved: int = 0
    best: float | None = None
    stale: int = 0
    seconds: float = 0.0
    finishing: bool = False


def save(
    path: Path,
    position: Position,
    model: nn.Module,
    averaged: dict[str, Tensor],
    optimiser: torch.optim.Optimizer,
) -> None:
    """Write weights, averages, both Adam moments, the dropout generator and the position."""
    arrays: Arrays = {"random": torch.get_rng_state().numpy()}
    for name, value in model.named_parameters():
        arrays[f"model.{name}"] = value.detach().cpu().numpy()
        arrays[f"averaged.{name}"] = averaged[name].cpu().numpy()
        for kind, moment in optimiser.state.get(value, {}).items():
            arrays[f"{kind}.{name}"] = np.asarray(moment.cpu().numpy())
    write_file(path, pack(arrays, {"training": 1, "position": msgspec.to_builtins(position)}))


def load(
    path: Path,
    model: nn.Module,
    averaged: dict[str, Tensor],
    optimiser: torch.optim.Optimizer,
) -> Position:
    """Put a checkpoint back; ModelError where it belongs to another network."""
    header, arrays = read_header(path), read_arrays(path)
    if header.get("training") != 1:
        raise ModelError(f"{path} is no training checkpoint of this seqgen")
    try:
        position = msgspec.convert(header["position"], Position)
        _check_shapes(arrays, model)
        with torch.no_grad():
            for name, value in model.named_parameters():
                value.copy_(torch.from_numpy(arrays[f"model.{name}"]))
                averaged[name].copy_(torch.from_numpy(arrays[f"averaged.{name}"]))
                if f"step.{name}" in arrays:
                    optimiser.state[value] = {
                        kind: torch.from_numpy(arrays[f"{kind}.{name}"].copy()).to(
                            "cpu" if kind == "step" else value.device
                        )
                        for kind in ("step", "exp_avg", "exp_avg_sq")
                    }
        torch.set_rng_state(torch.from_numpy(arrays["random"]))
    except (KeyError, ValueError, TypeError, RuntimeError) as error:
        message = f"{path} does not fit this data and recipe: {str(error).splitlines()[0]}"
        raise ModelError(message) from error
    return position


def _check_shapes(arrays: Arrays, model: nn.Module) -> None:
    """Raise ValueError unless the stored weights are those of ``model``, by name and shape."""
    prefix = "model."
    stored = {k.removeprefix(prefix): a.shape for k, a in arrays.items() if k.startswith(prefix)}
    wanted = {name: tuple(value.shape) for name, value in model.named_parameters()}
    for name in sorted(stored.keys() | wanted.keys()):
        if stored.get(name) != wanted.get(name):
            found = f"{stored.get(name)} in the checkpoint, {wanted.get(name)} in the network"
            raise ValueError(f"{name} has the shape {found}")
