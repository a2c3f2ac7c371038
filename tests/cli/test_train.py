from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Seqgen = Callable[..., Any]


def test_every_option_reaches_the_request(seqgen: Seqgen, training: list[Any]) -> None:
    options = "--recipe pop --set batch=8 --set chunk=64 --resume --minutes 2.5 --threads 1"
    seqgen("train", "music", "a", "b.zip", "--out", "run", "--device", "cpu", *options.split())
    request = training[0]
    assert (request.frontend, request.data, request.out) == ("music", ("a", "b.zip"), "run")
    assert (request.recipe, request.overrides) == ("pop", ("batch=8", "chunk=64"))
    assert (request.minutes, request.threads, request.device) == (2.5, 1, "cpu")
    assert request.resume


def test_json_is_an_object_a_line_with_the_result_last(
    seqgen: Seqgen, training: list[Any]
) -> None:
    told = seqgen("train", "music", "a", "--out", "run", "--json")
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [line["kind"] for line in lines] == ["progress", "progress", "result"]
    assert lines[0]["metrics"] == {"loss": None}  # NaN is no JSON
    assert lines[1]["metrics"] == {"nll_pitch": 1.5, "accuracy_pitch": 0.25}
    assert lines[2]["reason"] == "finished"


def test_people_see_how_each_field_does_and_how_it_ended(
    seqgen: Seqgen, training: list[Any]
) -> None:
    told = seqgen("train", "music", "a", "--out", "run")
    assert told.err.splitlines()[-1] == "validating 20/20  epoch 1  pitch 1.500 (25%)"
    assert told.out.splitlines() == [
        "run/best.safetensors: finished after 20 updates, 1.5 epochs, 2 min",
        "best: valid_nll 1.5",
    ]


def test_of_several_processes_only_the_first_speaks(
    seqgen: Seqgen, training: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setenv("RANK", "1")
    for options in ((), ("--json",)):
        told = seqgen("train", "music", "a", "--out", "run", *options)
        assert (told.status, told.out, told.err) == (0, "", "")
    monkeypatch.setenv("RANK", "0")
    assert seqgen("train", "music", "a", "--out", "run").out
