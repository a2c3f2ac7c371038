from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch

from seqgen.core.batching import chunks
from seqgen.core.checkpoint import read_bundle
from seqgen.core.metrics import Report
from seqgen.core.network import SequenceModel
from seqgen.core.steps import Steps
from seqgen.core.trainer import BEST, LAST, METRICS, Trainer
from seqgen.errors import OutputError, SeqgenError
from tests.core.tiny import NETWORK, SPEC, Corpus, make_trainer, marching_corpus, marching_steps

FROZEN = {"learning_rate": 1e-30, "weight_decay": 0.0}


def logged(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / METRICS).read_text().splitlines()]


def losses(trainer: Trainer, kind: str = "train") -> list[float]:
    return [report.loss for report in trainer.run() if report.kind == kind]


def test_the_loss_falls_on_what_can_be_learned(tmp_path: Path) -> None:
    config = {"updates": 100, "evaluate_every": 25, "chunk": 10, "learning_rate": 0.04}
    trainer = make_trainer(tmp_path, config=config)
    found = losses(trainer, "valid")
    assert found[-1] < 0.5 * found[0]
    assert trainer.reason == "finished"


def test_a_report_is_a_line_of_the_log(tmp_path: Path) -> None:
    reports = list(make_trainer(tmp_path).run())
    assert [msgspec.convert(line, Report) for line in logged(tmp_path)] == reports
    train, valid = reports[0], next(report for report in reports if report.kind == "valid")
    assert train.nll.keys() == train.accuracy.keys() == {"pitch", "length", "voice"}
    assert train.loss == pytest.approx(sum(train.nll.values()))
    assert all(0 <= share <= 1 for share in train.accuracy.values())
    assert train.best is None
    assert valid.best == valid.loss
    updates = [report.update for report in reports]
    assert updates == sorted(updates)
    assert reports[-1].eta == 0


def test_validation_is_a_mean_over_steps_of_the_averaged_weights(tmp_path: Path) -> None:
    valid = marching_corpus(3)
    trainer = make_trainer(tmp_path, valid=valid)
    report = [report for report in trainer.run() if report.kind == "valid"][-1]
    model = SequenceModel(SPEC, NETWORK).eval()
    model.load_state_dict(trainer.averaged)
    total = torch.zeros(3)
    for steps in valid.pieces:
        (chunk,) = chunks([steps], SPEC, len(steps), len(steps))
        total += model(chunk)[0].sum(0).detach()
    expected = total / sum(map(len, valid.pieces))
    assert list(report.nll.values()) == pytest.approx(expected.tolist(), rel=1e-4)


def test_state_is_carried_from_chunk_to_chunk(tmp_path: Path) -> None:
    train = Corpus([marching_steps(11, 1), marching_steps(11, 2)])
    found = {
        chunk: losses(make_trainer(tmp_path, train=train, config={**FROZEN, "chunk": chunk}))[0]
        for chunk in (3, 4, 100)
    }
    assert found[3] == pytest.approx(found[100], rel=1e-5)
    assert found[4] == pytest.approx(found[100], rel=1e-5)
    cut = Corpus([Steps(s.fields[i : i + 4], s.sides[i : i + 4]) for s in train.pieces
                  for i in (0, 4, 8)])  # fmt: skip
    forgetful = losses(make_trainer(tmp_path, train=cut, config={**FROZEN, "batch": 6}))[0]
    assert forgetful != pytest.approx(found[100], rel=1e-4)


def test_a_run_that_gets_no_better_stops_early(tmp_path: Path) -> None:
    config = {"updates": 10_000, "evaluate_every": 2, "patience": 3, **FROZEN}
    trainer = make_trainer(tmp_path, config=config)
    found = losses(trainer, "valid")
    assert trainer.reason == "early stop"
    assert len(found) == 4
    assert trainer.position.stale == 3


def test_the_minutes_end_a_run_and_a_model_is_there(tmp_path: Path) -> None:
    config = {"updates": 10**9, "evaluate_every": 10**9}
    trainer = make_trainer(tmp_path, config=config, minutes=0.3 / 60)
    reports = list(trainer.run())
    assert trainer.reason == "minutes"
    assert 0.3 < reports[-1].seconds < 3
    assert reports[-1].kind == "valid"
    read_bundle(tmp_path / BEST)


def test_the_eta_is_what_is_left_of_the_budget(tmp_path: Path) -> None:
    trainer = make_trainer(tmp_path, config={"updates": 40, "evaluate_every": 10**9})
    for report in trainer.run():
        used = min(1.0, report.update / 40)
        assert report.eta == pytest.approx(report.seconds * (1 - used) / used, rel=0.01)


def test_the_rate_warms_up_and_falls_to_a_fiftieth(tmp_path: Path) -> None:
    config = {"updates": 60, "warmup": 10, "chunk": 100, "evaluate_every": 99}
    trainer = make_trainer(tmp_path, config=config)
    rates = [report.learning_rate for report in trainer.run() if report.kind == "train"]
    assert rates[0] == pytest.approx(0.001, rel=0.01)
    assert rates[4] == pytest.approx(0.005, rel=0.02)
    assert max(rates) <= 0.01
    assert rates[-1] == pytest.approx(0.0002, rel=0.05)


def test_averaged_weights_are_a_running_mean(tmp_path: Path) -> None:
    trainer = make_trainer(tmp_path, config={"updates": 2, "chunk": 100, "evaluate_every": 10**9})
    start = trainer.model.head.project.bias.detach().clone()
    seen = []
    for report in trainer.run():
        if report.kind == "train":
            seen.append(trainer.model.head.project.bias.detach().clone())
    first = start + (seen[0] - start) * (1 - 1 / 10)
    second = first + (seen[1] - first) * (1 - 2 / 11)
    torch.testing.assert_close(trainer.averaged["head.project.bias"], second)
    assert not torch.equal(seen[0], seen[1])


def test_the_best_bundle_holds_the_averaged_weights_and_the_scores(tmp_path: Path) -> None:
    trainer = make_trainer(tmp_path)
    reports = [report for report in trainer.run() if report.kind == "valid"]
    assert reports[-1].loss == min(report.loss for report in reports)
    card, weights = read_bundle(tmp_path / BEST)
    for name, value in trainer.averaged.items():
        np.testing.assert_array_equal(weights[name], value.numpy().astype(np.float16))
    assert card.scores["valid_nats_per_step"] == reports[-1].loss
    assert card.scores["valid_nll"] == reports[-1].nll
    assert card.training["updates"] == reports[-1].update


def test_a_worse_model_does_not_replace_the_best(tmp_path: Path) -> None:
    trainer = make_trainer(tmp_path, config=FROZEN)
    reports = (report for report in trainer.run() if report.kind == "valid")
    best = next(reports)
    kept = (tmp_path / BEST).read_bytes()
    with torch.no_grad():
        for value in trainer.model.parameters():
            value.normal_(std=9)
    worse = next(reports)
    assert worse.loss > best.loss == worse.best
    assert (tmp_path / BEST).read_bytes() == kept


def test_an_epoch_draws_every_piece_once_with_augmentation(tmp_path: Path) -> None:
    data = marching_corpus(5)
    trainer = make_trainer(tmp_path, train=data, config={"updates": 10**6})
    reports = trainer.run()
    while trainer.position.epoch < 2:
        next(reports)
    reports.close()
    assert sorted(data.drawn[:5]) == sorted(data.drawn[5:10]) == list(range(5))
    assert data.drawn[:5] != data.drawn[5:10]
    assert trainer.epochs == pytest.approx(2 + 1 / 3)


def test_the_end_of_the_budget_draws_from_the_first_source_alone(tmp_path: Path) -> None:
    data = Corpus([marching_steps(4, i) for i in range(6)], first=2)
    trainer = make_trainer(tmp_path, train=data, config={"updates": 12, "finish": 0.5})
    list(trainer.run())
    assert Counter(data.drawn[:12]) == Counter([*range(6)] * 2)
    assert set(data.drawn[12:]) == {0, 1}


def test_weights_that_are_no_numbers_end_the_run_and_spare_the_checkpoint(tmp_path: Path) -> None:
    trainer = make_trainer(tmp_path, config={"updates": 10**6})
    reports = trainer.run()
    while trainer.position.saved < 8:
        next(reports)
    kept = (tmp_path / LAST).read_bytes()
    with torch.no_grad():
        trainer.model.head.project.bias.fill_(math.nan)
    with pytest.raises(SeqgenError, match=r"^training diverged at update \d+: loss nan$"):
        list(reports)
    assert (tmp_path / LAST).read_bytes() == kept


def test_an_interrupted_batch_spares_the_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = make_trainer(tmp_path, config={"updates": 10**6})
    reports = trainer.run()
    while trainer.position.saved < 4:
        next(reports)
    kept = (tmp_path / LAST).read_bytes()

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(trainer, "_average", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(reports)
    assert (tmp_path / LAST).read_bytes() == kept


@pytest.mark.parametrize("pieces", [[], [marching_steps(0, 0)]])
def test_nothing_to_train_on_is_said(tmp_path: Path, pieces: list[Steps]) -> None:
    with pytest.raises(SeqgenError, match="there is no step to train on"):
        make_trainer(tmp_path, train=Corpus(pieces))


def test_a_first_source_of_nothing_is_said_where_it_is_needed(tmp_path: Path) -> None:
    data = Corpus([marching_steps(4, 0)], first=0)
    make_trainer(tmp_path, train=data)
    with pytest.raises(SeqgenError, match="there is no step to train on"):
        make_trainer(tmp_path, train=data, config={"finish": 0.1})


def test_a_log_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / METRICS).symlink_to("/dev/full")
    with pytest.raises(
        OutputError, match=r"^cannot write .*/metrics.jsonl: no space left on device$"
    ):
        list(make_trainer(tmp_path).run())
