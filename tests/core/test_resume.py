"""Resumption is exact: a run that was closed or killed ends as if nothing had happened."""

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

from seqgen.core.checkpoint import pack, read_arrays, read_header
from seqgen.core.trainer import BEST, LAST, METRICS
from seqgen.errors import ModelError
from tests.core.tiny import NETWORK, Corpus, make_trainer, marching_steps
from tests.places import ROOT

RATES = ("dropout", "input_dropout", "field_dropout", "chain_dropout")
DROPPING = msgspec.structs.replace(NETWORK, **dict.fromkeys(RATES, 0.3))
CONFIG = {"updates": 60, "evaluate_every": 7, "checkpoint_every": 5}


def logged(out: Path) -> list[dict[str, Any]]:
    """Return the log without what the clock says."""
    clock = ("seconds", "eta", "steps_per_second")
    lines = [json.loads(line) for line in (out / METRICS).read_text().splitlines()]
    return [{k: v for k, v in line.items() if k not in clock} for line in lines]


def run_to_the_end(out: Path, resume: bool = True) -> None:
    trainer = make_trainer(out, DROPPING, config=CONFIG)
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


@pytest.mark.parametrize("reports_a_run", [1, 2, 9])
def test_a_run_that_was_closed_goes_on_bit_for_bit(
    uninterrupted: Path, tmp_path: Path, reports_a_run: int
) -> None:
    for stop in range(1, len(logged(uninterrupted)), reports_a_run):
        trainer = make_trainer(tmp_path, DROPPING, config=CONFIG)
        trainer.resume()
        reports = trainer.run()
        while len(logged(tmp_path) if (tmp_path / METRICS).exists() else []) < stop:
            next(reports)
        reports.close()
        assert (tmp_path / LAST).exists()
    run_to_the_end(tmp_path)
    assert_same(tmp_path, uninterrupted)


def test_the_comparison_sees_another_dropout(uninterrupted: Path, tmp_path: Path) -> None:
    trainer = make_trainer(tmp_path, DROPPING, config={**CONFIG, "seed": 2})
    list(trainer.run())
    with pytest.raises(AssertionError):
        assert_same(tmp_path, uninterrupted)


def test_a_run_that_was_killed_goes_on_bit_for_bit(uninterrupted: Path, tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from tests.core.test_resume import run_to_the_end
run_to_the_end(Path(sys.argv[1]), resume=False)
"""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as child:
        log = tmp_path / METRICS
        while not log.exists() or log.read_bytes().count(b"\n") < 14:
            assert child.poll() is None
            time.sleep(0.001)
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    assert 0 < read_header(tmp_path / LAST)["position"]["update"] < 60
    run_to_the_end(tmp_path)
    assert_same(tmp_path, uninterrupted)


def test_a_run_that_was_killed_before_its_first_checkpoint_begins_anew(
    uninterrupted: Path, tmp_path: Path
) -> None:
    (tmp_path / METRICS).write_text((uninterrupted / METRICS).read_text()[:700])
    run_to_the_end(tmp_path)
    assert_same(tmp_path, uninterrupted)


def test_the_log_is_cut_back_to_the_checkpoint(uninterrupted: Path, tmp_path: Path) -> None:
    trainer = make_trainer(tmp_path, DROPPING, config=CONFIG)
    reports = trainer.run()
    for _ in range(6):
        next(reports)
    reports.close()
    before = logged(tmp_path)
    with (tmp_path / METRICS).open("a") as log:
        for line in (uninterrupted / METRICS).read_text().splitlines()[6:]:
            log.write(line + "\n")
        log.write('{"kind": "train", "upd')
    trainer.resume()
    assert logged(tmp_path) == before


def test_a_finished_run_stays_as_it_is(uninterrupted: Path, tmp_path: Path) -> None:
    for name in (LAST, BEST, METRICS):
        (tmp_path / name).write_bytes((uninterrupted / name).read_bytes())
    run_to_the_end(tmp_path)
    assert_same(tmp_path, uninterrupted)


@pytest.mark.parametrize("entries", [{"hidden": 9}, {"layers": 1}, {"layers": 3}, {"embed": 1}])
def test_the_checkpoint_of_another_network_is_refused(
    uninterrupted: Path, entries: dict[str, int]
) -> None:
    other = make_trainer(uninterrupted, msgspec.structs.replace(NETWORK, **entries))
    with pytest.raises(ModelError, match=r"does not fit this data and recipe: .* has the shape"):
        other.resume()


def test_a_shape_that_could_be_broadcast_is_refused(uninterrupted: Path, tmp_path: Path) -> None:
    arrays = read_arrays(uninterrupted / LAST)
    arrays["model.head.project.bias"] = arrays["model.head.project.bias"][:1]
    (tmp_path / LAST).write_bytes(pack(arrays, read_header(uninterrupted / LAST)))
    with pytest.raises(ModelError, match=r"head.project.bias has the shape \(1,\) in the check"):
        make_trainer(tmp_path).resume()


@pytest.mark.parametrize("missing", ["random", "averaged.head.project.bias", "exp_avg"])
def test_a_checkpoint_that_lacks_something_is_refused(
    uninterrupted: Path, tmp_path: Path, missing: str
) -> None:
    arrays = read_arrays(uninterrupted / LAST)
    rest = {name: array for name, array in arrays.items() if not name.startswith(missing)}
    (tmp_path / LAST).write_bytes(pack(rest, read_header(uninterrupted / LAST)))
    with pytest.raises(ModelError, match="does not fit this data and recipe") as caught:
        make_trainer(tmp_path).resume()
    assert "\n" not in str(caught.value)


def test_a_damaged_or_foreign_checkpoint_is_refused(uninterrupted: Path, tmp_path: Path) -> None:
    good = (uninterrupted / LAST).read_bytes()
    for data in (b"", good[:-9], b"x" * 99, (uninterrupted / BEST).read_bytes()):
        (tmp_path / LAST).write_bytes(data)
        with pytest.raises(ModelError) as caught:
            make_trainer(tmp_path).resume()
        assert "\n" not in str(caught.value)


def test_more_data_than_before_still_resumes(uninterrupted: Path, tmp_path: Path) -> None:
    (tmp_path / LAST).write_bytes((uninterrupted / LAST).read_bytes())
    data = Corpus([marching_steps(9, i) for i in range(20)])
    trainer = make_trainer(tmp_path, DROPPING, data, config={**CONFIG, "updates": 70})
    trainer.resume()
    assert trainer.position.update >= 60
    list(trainer.run())
    assert trainer.position.update >= 70
