from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.places import STARTER
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


def test_a_split_that_is_not_known_is_a_usage_error(
    seqgen: Callable[..., Any], model: str
) -> None:
    told = seqgen("evaluate", model, str(STARTER), "--split", "valdi")
    assert told.status == 2
    assert told.err == "seqgen: error: no split is called 'valdi', did you mean valid?\n"
