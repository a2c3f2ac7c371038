from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Seqgen = Callable[..., Any]


def test_every_option_reaches_the_request(seqgen: Seqgen, sampling: list[Any]) -> None:
    options = "--bars 4 --at 3 --model pop --temperature 0.9 --top-k 5 --top-p 0.8 --seed 7 -n 2"
    more = ["--only-new", "--key", "D minor", "--time", "free", "--engine", "numpy", "--force"]
    assert seqgen("sample", "music", "a.mid", "-o", "b.mid", *options.split(), *more).status == 0
    request = sampling[0]
    assert (request.primer, request.output, request.count) == ("a.mid", "b.mid", 2)
    assert (request.bars, request.seconds, request.notes, request.at) == (4, None, None, 3)
    assert (request.temperature, request.top_k, request.top_p) == (0.9, 5, 0.8)
    assert (request.model, request.seed, request.key) == ("pop", 7, "D minor")
    assert (request.time, request.engine) == ("free", "numpy")
    assert request.only_new
    assert request.force
    seqgen("sample", "music", "a.mid", "-o", "b.mid", "--as-tracks", "--density", "1.5")
    assert (sampling[1].as_tracks, sampling[1].density) == (True, 1.5)


def test_what_is_not_given_is_left_to_the_use_case(seqgen: Seqgen, sampling: list[Any]) -> None:
    from seqgen.config import SampleMusic

    seqgen("sample", "music", "-o", "b.mid")
    assert sampling == [SampleMusic(primer=None, output="b.mid")]


def test_negative_numbers_are_numbers(seqgen: Seqgen, sampling: list[Any]) -> None:
    seqgen("sample", "music", "-o", "b.mid", "--temperature", "-1", "--seed", "-3")
    assert (sampling[0].temperature, sampling[0].seed) == (-1, -3)


def test_people_get_a_summary_and_warnings_apart(seqgen: Seqgen, sampling: list[Any]) -> None:
    told = seqgen("sample", "music", "a.mid", "-o", "out.mid")
    assert told.out.splitlines() == [
        "out.mid: 40 new notes, 8 bars, 16.0 s from bar 9, seed 7",
        "  guards: loop 2",
        "model pop, temperature 1, metric time, key D minor",
    ]
    assert told.err == "seqgen: warning: the last track is cut short\n"


def test_json_is_exactly_one_object(seqgen: Seqgen, sampling: list[Any]) -> None:
    told = seqgen("sample", "music", "a.mid", "-o", "out.mid", "--json")
    found = json.loads(told.out)
    assert told.out.count("\n") == 1
    assert found["takes"] == [
        {
            "path": "out.mid",
            "seed": 7,
            "notes": 40,
            "bars": 8,
            "seconds": 16,
            "guards": {"loop": 2},
        }
    ]
    assert found["warnings"] == ["the last track is cut short"]


def test_nothing_is_printed_beside_a_file_on_standard_output(
    seqgen: Seqgen, sampling: list[Any]
) -> None:
    told = seqgen("sample", "music", "a.mid", "-o", "-")
    assert told.out == ""
    assert "40 new notes" in told.err


def test_quiet_is_silent(seqgen: Seqgen, sampling: list[Any]) -> None:
    told = seqgen("sample", "music", "a.mid", "-o", "out.mid", "--quiet")
    assert (told.status, told.out, told.err) == (0, "", "")
