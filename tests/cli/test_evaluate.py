from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.places import STARTER
from tests.tiny_ink import ink_folder, tiny_pen_bundle
from tests.tiny_models import tiny_bundle


@pytest.fixture
def model(tmp_path: Path) -> str:
    return str(tiny_bundle("events", tmp_path / "tiny.safetensors"))


def test_json_is_one_object_with_scores_fields_and_baseline(
    seqgen: Callable[..., Any], model: str
) -> None:
    told = seqgen("evaluate", model, str(STARTER), "--json")
    found = json.loads(told.out)
    assert told.status == 0
    assert found["counts"]["notes"] == found["counts"]["steps"]
    assert set(found["fields"]) == {"role", "pitch", "duration", "velocity", "shift"}
    assert found["baseline"]["nats_per_note"] > 0


def test_the_text_says_what_was_measured_and_how(seqgen: Callable[..., Any], model: str) -> None:
    told = seqgen("evaluate", model, str(STARTER), "--protocol", "free")
    lines = told.out.splitlines()
    assert lines[0].startswith("tiny-events on ")
    assert lines[1].endswith(" notes")
    assert lines[2].startswith("nats per note: ")
    assert any(line.startswith("pitch: nats per note ") for line in lines)
    assert lines[-1].startswith("baseline: 4-grams counted on the train split")


def test_handwriting_is_measured_by_the_same_command(
    seqgen: Callable[..., Any], tmp_path: Path
) -> None:
    ink = str(ink_folder(tmp_path / "ink", lines=20))
    hand = str(tiny_pen_bundle(tmp_path / "tiny-hand.safetensors"))
    lines = seqgen("evaluate", hand, ink).out.splitlines()
    assert lines[0] == f"tiny-hand on {ink}, split valid"
    assert lines[1].startswith("4 lines, 0 dropped lines, 4 lines of known hands, ")
    assert lines[2].startswith("log-likelihood in nats, higher is better")
    assert any(line.startswith("standard error per line ") for line in lines)
    assert lines[-1].startswith("lift: log likelihood per line -")
    found = json.loads(seqgen("evaluate", hand, ink, "--protocol", "points", "--json").out)
    assert set(found["fields"]) == {"offset", "lift"}
    assert 0 <= found["fields"]["lift"]["accuracy"] <= 1
    told = seqgen("evaluate", hand, ink, "--protocol", "vrnn")
    assert (told.status, told.err.count("\n")) == (2, 1)


def test_a_split_that_is_not_known_is_a_usage_error(
    seqgen: Callable[..., Any], model: str
) -> None:
    told = seqgen("evaluate", model, str(STARTER), "--split", "valdi")
    assert told.status == 2
    assert told.err == "seqgen: error: no split is called 'valdi', did you mean valid?\n"
