"""FieldChain: categorical fields drawn in order inside a step, each knowing those before it."""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from seqgen.core.steps import StepSpec


class FieldChain(nn.Module):
    """Factorise a step by the chain rule: p(step) = prod_k p(field_k | features, fields before).

    For field k with ``chain`` units: u_k = tanh(A_k f + sum_{j<k} C_kj[y_j]) and
    logits_k = O_k u_k. The masked-chain idea is that of NADE (Larochelle & Murray 2011, eq. 1),
    with one block a field in place of one unit a bit.
    """

    def __init__(
        self, spec: StepSpec, *, features: int, embed: int, chain: int, dropout: float = 0.0
    ) -> None:
        super().__init__()
        sizes = [field.size for field in spec.fields]
        self.sizes = sizes
        self.dropout = nn.Dropout(dropout)
        self.embeddings = nn.ModuleList(nn.Embedding(size + 1, embed) for size in sizes)
        self.project = nn.Linear(features, chain * len(sizes))
        self.chains = nn.ModuleList(
            nn.ModuleList(nn.Embedding(sizes[j], chain) for j in range(k))
            for k in range(len(sizes))
        )
        self.logits = nn.ModuleList(nn.Linear(chain, size) for size in sizes)
        for module in (self.embeddings, self.chains):
            for weight in module.parameters():
                nn.init.normal_(weight, std=0.05)

    def embed(self, previous: Tensor) -> Tensor:
        """Turn previous fields (..., F) into an input vector (..., embed).

        Class ``size`` of a field stands for "no step before".
        """
        columns = previous.unbind(-1)
        return torch.stack([e(c) for e, c in zip(self.embeddings, columns, strict=True)]).sum(0)

    def logits_of(self, units: Tensor, field: int, before: Tensor) -> Tensor:
        """Logits (N, size) of ``field`` from projected features (N, fields * chain).

        ``before`` (N, field) are the fields drawn so far.
        """
        unit = units.chunk(len(self.sizes), dim=-1)[field]
        chain = cast(nn.ModuleList, self.chains[field])
        for table, column in zip(chain, before.unbind(-1), strict=True):
            unit = unit + table(column)
        found: Tensor = self.logits[field](self.dropout(torch.tanh(unit)))
        return found

    def score(self, features: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
        """NLL in nats and hits, both (N, F), of targets (N, F), given features (N, D)."""
        units = self.project(features)
        pairs = [
            (self.logits_of(units, k, targets[..., :k]), column)
            for k, column in enumerate(targets.unbind(-1))
        ]
        nll = torch.stack([cross_entropy(z, y, reduction="none") for z, y in pairs], dim=-1)
        hits = torch.stack([z.detach().argmax(-1) == y for z, y in pairs], dim=-1)
        return nll, hits
