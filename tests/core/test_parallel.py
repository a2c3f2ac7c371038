"""Two processes train one model: ``torchrun`` on the command line, over gloo."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from seqgen.api.train import train
from seqgen.config import Train
from seqgen.core.checkpoint import read_arrays, read_bundle
from seqgen.core.parallel import Ranks, join_ranks, leave_ranks
from tests.places import ROOT

SETTINGS = {
    "layers": 1,
    "hidden": 12,
    "embed": 8,
    "chain": 8,
    "dropout": 0.0,
    "input_dropout": 0.0,
    "chain_dropout": 0.0,
    "updates": 12,
    "batch": 3,
    "chunk": 16,
    "warmup": 4,
    "evaluate_every": 5,
    "checkpoint_every": 5,
}


def chorales(path: Path) -> Path:
    """Write seven pieces of chords that walk; with batches of three the last one is alone."""
    rng = np.random.default_rng(0)

    def piece(length: int) -> list[list[int]]:
        walk = np.repeat(np.cumsum(rng.integers(-1, 2, length // 4)), 4)[:, None]
        chords: list[list[int]] = (np.array([67, 62, 58, 46]) + walk.clip(-4, 4)).tolist()
        return chords

    train = [piece(length) for length in range(32, 60, 4)]
    path.write_text(json.dumps({"train": train, "valid": [piece(32)], "test": []}))
    return path


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Train alone and in two processes on the same data; returns both folders."""
    folder = tmp_path_factory.mktemp("runs")
    data = str(chorales(folder / "chorales.json"))
    changes = tuple(f"{key}={value}" for key, value in SETTINGS.items())
    alone = Train(
        frontend="music",
        data=(data,),
        out=str(folder / "alone"),
        recipe="chorale",
        overrides=changes,
        device="cpu",
    )
    list(train(alone))
    launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node=2"]
    command = ["train", "music", data, "--out", str(folder / "both"), "--recipe", "chorale"]
    options = ["--device", "cpu", "--json", *(f"--set={change}" for change in changes)]
    told = subprocess.run(
        [sys.executable, *launcher, "-m", "seqgen", *command, *options],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    (folder / "stdout").write_text(told.stdout)
    (folder / "stderr").write_text(told.stderr)
    return {name: folder / name for name in ("alone", "both", "stdout", "stderr")}


def logged(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "metrics.jsonl").read_text().splitlines()]


def test_two_processes_train_the_model_that_one_does(runs: dict[str, Path]) -> None:
    one, two = (read_arrays(runs[name] / "last.checkpoint") for name in ("alone", "both"))
    assert one.keys() == two.keys()
    for name, array in one.items():
        if name.startswith(("model.", "averaged.")):
            np.testing.assert_allclose(array, two[name], atol=1e-4, err_msg=name)
    _, weights = read_bundle(runs["both"] / "best.safetensors")
    assert any(np.abs(array).max() > 0.05 for array in weights.values())


def test_the_reports_are_those_of_one_process(runs: dict[str, Path]) -> None:
    one, two = logged(runs["alone"]), logged(runs["both"])
    assert [(line["kind"], line["update"]) for line in one] == [
        (line["kind"], line["update"]) for line in two
    ]
    for first, second in zip(one, two, strict=True):
        assert first["loss"] == pytest.approx(second["loss"], rel=1e-4)
        assert first["gradient_norm"] == pytest.approx(second["gradient_norm"], rel=1e-3)
        assert first["accuracy"] == pytest.approx(second["accuracy"], abs=0.02)


def test_only_the_leader_writes_and_tells(runs: dict[str, Path]) -> None:
    names = {"best.safetensors", "last.checkpoint", "metrics.jsonl", "process.json", "recipe.json"}
    assert {path.name for path in runs["both"].iterdir()} == names
    lines = runs["stdout"].read_text().splitlines()
    kinds = [json.loads(line)["kind"] for line in lines]
    assert kinds.count("result") == 1
    assert len(logged(runs["both"])) <= kinds.count("progress") < 2 * len(logged(runs["both"]))
    assert runs["stderr"].read_text().count("little to learn from") == 1


def test_alone_there_is_nothing_to_join(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    ranks = join_ranks()
    assert ranks == Ranks(0, 1)
    assert ranks.leads
    assert ranks.total(torch.tensor([2.0])).item() == 2
    assert ranks.agree(1.5) == 1.5
    leave_ranks()
