"""Models of pen offsets learn, and runs of them that were closed or killed go on exactly."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from seqgen.core.checkpoint import read_arrays, read_bundle, read_header
from seqgen.core.engines import make_pen_engine
from seqgen.core.pen_engine import score_lines
from seqgen.core.steps import PenSpec
from seqgen.core.trainer import BEST, LAST, METRICS
from seqgen.errors import ModelError
from tests.core.tiny_pen import PEN_NETWORK, PEN_SPEC, SPECS, make_pen_trainer, zigzags
from tests.places import ROOT

DROPPING = msgspec.structs.replace(PEN_NETWORK, dropout=0.3)
CONFIG = {"updates": 60, "evaluate_every": 7, "checkpoint_every": 5}


def logged(out: Path) -> list[dict[str, Any]]:
    """Return the log without what the clock says."""
    clock = ("seconds", "eta", "steps_per_second")
    lines = [json.loads(line) for line in (out / METRICS).read_text().splitlines()]
    return [{k: v for k, v in line.items() if k not in clock} for line in lines]


def run_to_the_end(out: Path, resume: bool = True) -> None:
    trainer = make_pen_trainer(out, network=DROPPING, config=CONFIG)
    if resume:
        trainer.resume()
    for _ in trainer.run():
        pass


def assert_same(one: Path, other: Path) -> None:
    first, second = (read_arrays(out / LAST) for out in (one, other))
    assert first.keys() == second.keys()
    for name, array in first.items():
        np.testing.assert_array_equal(array, second[name], err_msg=name)
    assert (one / BEST).read_bytes() == (other / BEST).read_bytes()
    assert logged(one) == logged(other)


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("uninterrupted")
    run_to_the_end(out, resume=False)
    return out


@pytest.mark.parametrize("spec", SPECS)
def test_the_loss_falls_on_what_can_be_learned(tmp_path: Path, spec: PenSpec) -> None:
    config = {"updates": 60, "evaluate_every": 20, "chunk": 20, "learning_rate": 0.03}
    found = [r for r in make_pen_trainer(tmp_path, spec, config=config).run() if r.kind == "valid"]
    assert found[-1].loss < 0.6 * found[0].loss
    for part in ("offset", "lift"):
        assert found[-1].nll[part] < found[0].nll[part]


def test_validation_is_what_an_engine_scores_with_the_bundle(tmp_path: Path) -> None:
    config = {"updates": 30, "learning_rate": 0.02}
    reports = [r for r in make_pen_trainer(tmp_path, config=config).run() if r.kind == "valid"]
    best = min(reports, key=lambda report: report.loss)
    card, weights = read_bundle(tmp_path / BEST)
    assert card.scores["valid_nll"] == best.nll
    for name in ("numpy", "torch"):
        nll = np.concatenate(score_lines(make_pen_engine(name, card, weights), zigzags(2).lines))
        assert nll.mean(0) == pytest.approx(list(best.nll.values()), rel=0.02)


@pytest.mark.parametrize("chunk", [3, 8])
def test_state_is_carried_from_chunk_to_chunk(tmp_path: Path, chunk: int) -> None:
    frozen = {"learning_rate": 1e-30, "weight_decay": 0.0}
    losses = [
        next(make_pen_trainer(tmp_path, config={**frozen, "chunk": length}).run()).loss
        for length in (chunk, 100)
    ]
    assert losses[0] == pytest.approx(losses[1], rel=1e-5)


@pytest.mark.parametrize("reports_a_run", [1, 9])
def test_a_run_that_was_closed_goes_on_bit_for_bit(
    uninterrupted: Path, tmp_path: Path, reports_a_run: int
) -> None:
    for stop in range(1, len(logged(uninterrupted)), reports_a_run):
        trainer = make_pen_trainer(tmp_path, network=DROPPING, config=CONFIG)
        trainer.resume()
        reports = trainer.run()
        while len(logged(tmp_path) if (tmp_path / METRICS).exists() else []) < stop:
            next(reports)
        reports.close()
        assert (tmp_path / LAST).exists()
    run_to_the_end(tmp_path)
    assert_same(tmp_path, uninterrupted)


def test_a_run_that_was_killed_goes_on_bit_for_bit(uninterrupted: Path, tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
import torch
torch.set_num_threads(1)
from tests.core.test_pen_trainer import run_to_the_end
run_to_the_end(Path(sys.argv[1]), resume=False)
"""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as child:
        log = tmp_path / METRICS
        while not log.exists() or log.read_bytes().count(b"\n") < 8:
            assert child.poll() is None
            time.sleep(0.001)
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    assert 0 < read_header(tmp_path / LAST)["position"]["update"] < 60
    run_to_the_end(tmp_path)
    assert_same(tmp_path, uninterrupted)


def test_the_comparison_sees_another_order_of_the_lines(
    uninterrupted: Path, tmp_path: Path
) -> None:
    config = {**CONFIG, "seed": 2}
    list(make_pen_trainer(tmp_path, network=DROPPING, config=config).run())
    with pytest.raises(AssertionError):
        assert_same(tmp_path, uninterrupted)


@pytest.mark.parametrize(
    "entries", [{"hidden": 9}, {"layers": 1}, {"components": 4}, {"window": 1}, {"style": 2}]
)
def test_the_checkpoint_of_another_network_is_refused(
    uninterrupted: Path, entries: dict[str, int]
) -> None:
    other = make_pen_trainer(
        uninterrupted, network=msgspec.structs.replace(PEN_NETWORK, **entries)
    )
    with pytest.raises(ModelError, match=r"does not fit this data and recipe: .* has the shape"):
        other.resume()


def test_the_checkpoint_of_other_hands_or_letters_is_refused(uninterrupted: Path) -> None:
    for entries in ({"styles": 5}, {"characters": 7}):
        other = make_pen_trainer(uninterrupted, msgspec.structs.replace(PEN_SPEC, **entries))
        with pytest.raises(ModelError, match=r"does not fit this data and recipe"):
            other.resume()
