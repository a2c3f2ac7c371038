"""The trainer: truncated back-propagation through time that carries state across chunks.

``Trainer.run`` is an iterator of reports. Closing it saves the position and ends the run; a run
that was killed or failed goes on from its last checkpoint, to bit-identical weights (one thread).
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import msgspec
import numpy as np
import torch
from torch import Tensor
from torch.nn.parallel import DistributedDataParallel

from seqgen.core import metrics, training_state
from seqgen.core.batching import AnyChunk, chunks, draw_batch, plan_epoch
from seqgen.core.checkpoint import Card, bundle_bytes
from seqgen.core.denormals import flushed_denormals
from seqgen.core.metrics import Report, sum_scores
from seqgen.core.models import Model
from seqgen.core.parallel import Ranks
from seqgen.core.stack import State
from seqgen.core.steps import Sequences
from seqgen.core.trainer_config import TrainerConfig
from seqgen.core.training_state import Position
from seqgen.errors import SeqgenError
from seqgen.files import write_file

LAST, BEST, METRICS = "last.checkpoint", "best.safetensors", "metrics.jsonl"


class Trainer:
    """Train ``model`` on ``train``, watching ``valid``; files go to the folder ``out``."""

    def __init__(
        self,
        model: Model,
        train: Sequences,
        valid: Sequences,
        *,
        config: TrainerConfig,
        card: Card,
        out: Path,
        minutes: float | None = None,
        device: str = "cpu",
        ranks: Ranks | None = None,
    ) -> None:
        self.config, self.card, self.out, self.minutes = config, card, out, minutes
        self.train_data, self.valid_data = train, valid
        counted = train.first if config.finish else len(train)
        if not any(train.length(index) for index in range(counted)):
            raise SeqgenError("there is no step to train on, a sequence of one step is the least")
        self.ranks = ranks or Ranks()
        self.device = torch.device(device)
        self.model = model.to(self.device)
        self.network = DistributedDataParallel(model) if self.ranks.world > 1 else model
        self.averaged = {k: v.detach().clone() for k, v in model.named_parameters()}
        self.optimiser = torch.optim.AdamW(
            model.parameters(),
            lr=config.learning_rate,
            betas=(0.9, 0.99),
            weight_decay=config.weight_decay,
        )
        self.position = Position()
        self.reason = "finished"
        self._over = False
        self._fields = model.spec.parts
        self._started = time.monotonic()

    def resume(self) -> None:
        """Go on from the last checkpoint in ``out``; the metrics log is cut back to it.

        A run that was killed before its first checkpoint begins anew.
        """
        if (self.out / LAST).exists():
            self.position = training_state.load(
                self.out / LAST, self.model, self.averaged, self.optimiser
            )
        if self.ranks.leads:
            metrics.cut(self.out / METRICS, self.position.update, self.position.evaluated)

    @property
    def epochs(self) -> float:
        """Passes over the training pieces so far."""
        batches = -(-len(self.train_data) // self.config.batch)
        return self.position.epoch + self.position.batch / batches

    def run(self) -> Generator[Report, None, None]:
        """Train to the end of the budget or the early stop, yielding a report a batch.

        What is learned is validated last. An error leaves the last checkpoint as it is: inside a
        batch there is no position to go on from.
        """
        self._started = time.monotonic() - self.position.seconds
        with flushed_denormals():
            try:
                yield from self._watch()
                while not self._over:
                    yield from self._epoch()
            except GeneratorExit:
                self._save()
                raise
            self._save()

    def _epoch(self) -> Iterator[Report]:
        position = self.position
        lengths = [self.train_data.length(i) for i in range(self._pieces())]
        rng = np.random.default_rng((self.config.seed, position.epoch))
        plan = plan_epoch(lengths, self.config.batch, rng)
        while position.batch < len(plan):
            indices = plan[position.batch]
            report = self._train_batch(indices, max(lengths[i] for i in indices))
            position.batch += 1
            yield self._log(report)
            yield from self._watch()
            if self._over:
                return
        position.epoch, position.batch = position.epoch + 1, 0

    def _watch(self) -> Iterator[Report]:
        """Validate and save where it is due, after a batch and when a closed run goes on."""
        position, over = self.position, self._ended()
        if position.update - position.evaluated >= (1 if over else self.config.evaluate_every):
            yield self._log(self._validate())
            over = self._ended()
        self._over = over
        if position.update - position.saved >= self.config.checkpoint_every:
            self._save()

    def _pieces(self) -> int:
        """How many pieces this epoch draws from; settled when it begins."""
        position = self.position
        if position.batch == 0:
            position.finishing = self._fraction() >= 1 - self.config.finish
        return self.train_data.first if position.finishing else len(self.train_data)

    def _train_batch(self, indices: list[int], longest: int) -> Report:
        """One pass over whole sequences, an update a chunk, with state carried between chunks."""
        config, position = self.config, self.position
        self.model.train()
        began = time.monotonic()
        sums = torch.zeros(3, len(self._fields), dtype=torch.float64)
        norm = rate = 0.0
        state: State | None = None
        for chunk in self._chunks(
            self.train_data, indices, longest, (config.seed, position.epoch)
        ):
            nll, hits, state = self._forward(chunk, state)
            local = torch.tensor(float(len(nll)))
            share = self.ranks.world / max(1.0, self.ranks.total(local).item())
            loss = nll.sum() * share
            if not math.isfinite(loss.item()):
                raise SeqgenError(f"training diverged at update {position.update}: loss {loss:g}")
            rate = self._set_rate()
            self.optimiser.zero_grad()
            loss.backward()
            norm = float(torch.nn.utils.clip_grad_norm_(self.model.parameters(), config.clip))
            self.optimiser.step()
            self._average()
            position.update += 1
            sums += sum_scores(nll, hits)
        self.ranks.total(sums)
        speed = float(sums[2, 0]) / max(1e-9, time.monotonic() - began)
        return self._report("train", sums, rate, norm, speed)

    def _validate(self) -> Report:
        """Score the averaged weights on all validation pieces, each from state zero."""
        position = self.position
        began = time.monotonic()
        trained = {k: v.detach().clone() for k, v in self.model.named_parameters()}
        self._put(self.averaged)
        self.model.eval()
        sums = torch.zeros(3, len(self._fields), dtype=torch.float64)
        lengths = [self.valid_data.length(i) for i in range(len(self.valid_data))]
        order = sorted(range(len(lengths)), key=lambda i: lengths[i])
        size = self.config.batch
        for start in range(0, len(order), size):
            indices = order[start : start + size]
            state: State | None = None
            with torch.no_grad():
                for chunk in self._chunks(self.valid_data, indices, lengths[indices[-1]], None):
                    nll, hits, state = self.model(chunk.to(self.device), state)
                    sums += sum_scores(nll, hits)
        self._put(trained)
        self.ranks.total(sums)
        position.evaluated = position.update
        speed = float(sums[2, 0]) / max(1e-9, time.monotonic() - began)
        report = self._report("valid", sums, 0.0, 0.0, speed)
        if position.best is None or report.loss < position.best:
            position.best, position.stale = report.loss, 0
            self._write_best(report)
        else:
            position.stale += 1
        return msgspec.structs.replace(report, best=position.best)

    def _chunks(
        self, data: Sequences, indices: list[int], longest: int, seed: tuple[int, ...] | None
    ) -> Iterator[AnyChunk]:
        mine = indices[self.ranks.rank :: self.ranks.world]
        batch = draw_batch(data, mine, seed)
        return chunks(batch, self.model.spec, self.config.chunk, longest)

    def _forward(self, chunk: AnyChunk, state: State | None) -> tuple[Tensor, Tensor, State]:
        nll, hits, new = self.network(chunk.to(self.device), state)
        return nll, hits, [tuple(part.detach() for part in layer) for layer in new]

    def _fraction(self) -> float:
        """How much of the budget is used: updates, or minutes where they end sooner."""
        used = self.position.update / max(1, self.config.updates)
        if self.minutes is not None:
            spent = self.ranks.agree(time.monotonic() - self._started)
            used = max(used, spent / (60 * self.minutes))
        return used

    def _ended(self) -> bool:
        if self.position.stale >= self.config.patience:
            self.reason = "early stop"
            return True
        if self._fraction() < 1:
            return False
        self.reason = "finished" if self.position.update >= self.config.updates else "minutes"
        return True

    def _set_rate(self) -> float:
        """Linear warm-up, then a cosine down to 2 % at the end of the budget."""
        warm = min(1.0, (self.position.update + 1) / max(1, self.config.warmup))
        cosine = 0.5 + 0.5 * math.cos(math.pi * min(1.0, self._fraction()))
        rate = self.config.learning_rate * warm * (0.02 + 0.98 * cosine)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        return rate

    def _average(self) -> None:
        """Move the averaged weights towards the trained ones; a short memory at first."""
        update = self.position.update
        decay = min(self.config.average, (1 + update) / (10 + update))
        with torch.no_grad():
            for name, value in self.model.named_parameters():
                self.averaged[name].lerp_(value, 1 - decay)

    def _put(self, weights: dict[str, Tensor]) -> None:
        with torch.no_grad():
            for name, value in self.model.named_parameters():
                value.copy_(weights[name])

    def _report(self, kind: str, sums: Tensor, rate: float, norm: float, speed: float) -> Report:
        mean = (sums / sums[2].clamp(min=1)).tolist()
        self.position.seconds = time.monotonic() - self._started
        used = self._fraction()
        left = self.position.seconds * (1 - used) / used if used > 0 else 0.0
        return Report(
            kind=kind,
            update=self.position.update,
            epoch=self.position.epoch,
            loss=sum(mean[0]),
            nll=dict(zip(self._fields, mean[0], strict=True)),
            accuracy=dict(zip(self._fields, mean[1], strict=True)),
            learning_rate=rate,
            gradient_norm=norm,
            steps_per_second=speed,
            seconds=self.position.seconds,
            eta=max(0.0, left),
        )

    def _log(self, report: Report) -> Report:
        if self.ranks.leads:
            metrics.append(self.out / METRICS, report)
        return report

    def _write_best(self, report: Report) -> None:
        if not self.ranks.leads:
            return
        scores = {"valid_nats_per_step": report.loss, "valid_nll": report.nll}
        scores["valid_accuracy"] = report.accuracy
        training = dict(self.card.training, updates=report.update, epochs=report.epoch)
        card = msgspec.structs.replace(self.card, scores=scores, training=training)
        weights = {name: value.cpu().numpy() for name, value in self.averaged.items()}
        write_file(self.out / BEST, bundle_bytes(card, weights))

    def _save(self) -> None:
        self.position.saved = self.position.update
        if self.ranks.leads:
            training_state.save(
                self.out / LAST, self.position, self.model, self.averaged, self.optimiser
            )
