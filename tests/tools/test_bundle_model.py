from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from seqgen.core.checkpoint import read_bundle
from seqgen.core.steps import PenSpec
from tests.places import ROOT
from tests.tiny_ink import ink_folder, tiny_pen_bundle


def bundle(model: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "bundle_model.py"), str(model), *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    hands = ("a01-000u", "b02-000", "c03-000z")
    return tiny_pen_bundle(tmp_path / "tiny.safetensors", styles=hands, name="hand")


def test_the_styles_named_are_kept_in_order_after_the_one_of_no_hand(
    model: Path, tmp_path: Path
) -> None:
    data, out = ink_folder(tmp_path / "ink"), tmp_path / "out"
    styles = ("--styles", "lean=c03-000z,round=a01-000u")
    done = bundle(model, str(data), *styles, "--note", "tiny", "--out", str(out))
    assert done.returncode == 0, done.stderr
    card, weights = read_bundle(out / "hand.safetensors")
    before, every = read_bundle(model)
    assert isinstance(before.spec, PenSpec)
    assert card.spec == PenSpec(characters=before.spec.characters, styles=3)
    assert card.state == before.state | {"styles": ["lean", "round"]}
    np.testing.assert_array_equal(weights["styles.weight"], every["styles.weight"][[0, 3, 1]])
    np.testing.assert_array_equal(weights["window.bias"], every["window.bias"])
    assert (card.scores["note"], card.scores["dataset"]) == ("tiny", "ink")
    assert card.scores["counts"]["dropped_lines"] == 0
    assert card.scores["fields"]["lift"]["log_likelihood_per_line"] < 0


@pytest.mark.parametrize(
    ("styles", "message"),
    [
        ("lean=c03-000", "no style vector is of the hand 'c03-000', did you mean c03-000z"),
        ("lean", "--styles 'lean' is not name=hand"),
        ("a=b02-000,a=c03-000z", "--styles names 'a' twice"),
    ],
)
def test_styles_that_are_none_are_one_sentence(
    model: Path, tmp_path: Path, styles: str, message: str
) -> None:
    done = bundle(model, str(tmp_path), "--styles", styles, "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert message in done.stderr.splitlines()[-1]
    assert not (tmp_path / "out").exists()
