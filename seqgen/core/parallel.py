"""Data-parallel training: who am I among the processes that ``torchrun`` started?"""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch
from torch import Tensor
from torch import distributed as dist


@dataclass(frozen=True)
class Ranks:
    """This process's place: ``rank`` of ``world``. A world of one needs no communication."""

    rank: int = 0
    world: int = 1

    @property
    def leads(self) -> bool:
        """Whether this process writes the files."""
        return self.rank == 0

    def total(self, values: Tensor) -> Tensor:
        """Sum ``values`` over all processes, in place."""
        if self.world > 1:
            dist.all_reduce(values)
        return values

    def agree(self, value: float) -> float:
        """Return the leader's ``value`` everywhere, so that all decide alike."""
        return float(self.total(torch.tensor(value if self.leads else 0.0, dtype=torch.float64)))


def join_ranks() -> Ranks:
    """Join the group that ``torchrun`` describes in the environment, over gloo; else be alone."""
    world = int(os.environ.get("WORLD_SIZE", "1"))
    if world == 1:
        return Ranks()
    if not dist.is_initialized():
        dist.init_process_group("gloo")
    return Ranks(dist.get_rank(), world)


def meet_ranks() -> None:
    """Wait for the others: a group is to be left by all at about the same time."""
    if dist.is_available() and dist.is_initialized():
        dist.barrier()


def leave_ranks() -> None:
    """Leave the group, if one was joined."""
    if dist.is_available() and dist.is_initialized():
        dist.destroy_process_group()
