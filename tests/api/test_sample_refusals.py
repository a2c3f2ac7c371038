from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from seqgen.api.sample import sample_music
from seqgen.config import SampleMusic
from seqgen.errors import ModelError, OutputError, UsageError
from tests.api.sampling import run
from tests.tiny_models import tiny_bundle


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"temperature": -1}, "temperature -1 is out of range, allowed: 0 to 10"),
        ({"temperature": 1e9}, "temperature 1e"),
        ({"temperature": math.nan}, "temperature nan is out of range"),
        ({"top_k": -1}, "top-k -1 is out of range"),
        ({"top_p": 0}, "top-p 0 is out of range"),
        ({"bars": 0}, "bars 0 is out of range, allowed: 1 to 1000"),
        ({"seconds": math.nan}, "seconds nan is out of range"),
        ({"notes": 10**9}, "notes 1e"),
        ({"seed": -1}, "seed -1 is out of range"),
        ({"seed": 2**80}, "is out of range"),
        ({"count": 0}, "count 0 is out of range"),
        ({"at": 99}, "bar 99 is out of range, allowed: 2 to 5"),
        ({"key": "H"}, "key 'H' is unknown"),
        ({"engine": "magic"}, "no engine is called 'magic'"),
    ],
    ids=str,
)
def test_a_wish_out_of_range_says_what_is_allowed(
    models: dict[str, str], tmp_path: Path, loop: str, wanted: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError) as told:
        run(tmp_path / "out.mid", models["events"], loop, **wanted)
    assert message in str(told.value)
    assert not (tmp_path / "out.mid").exists()


def test_two_lengths_exclude_each_other(models: dict[str, str], tmp_path: Path) -> None:
    request = SampleMusic(primer=None, output=str(tmp_path / "a.mid"), bars=1, notes=2)
    with pytest.raises(UsageError, match="bars and notes exclude each other"):
        next(sample_music(request))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"frontend": "handwriting"}, "is made for handwriting, not for music"),
        ({"state": {"codec": "tokens"}}, "has the unknown codec 'tokens'"),
        ({"state": {"codec": "voices"}}, "has voices of another make"),
        ({"state": {"codec": "events"}}, "plays None, allowed: melody"),
        ({"state": {"codec": "events", "roles": ["kazoo", []]}}, "allowed: melody"),
        ({"sampling": {"temperature": 99.0}}, "bad settings: temperature 99 is out of range"),
        ({"sampling": {"top_k": 1e300}}, "proposes bad settings: "),
    ],
    ids=str,
)
def test_a_model_that_does_not_fit_is_refused(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    model = tiny_bundle("events", tmp_path / "m.safetensors", **change)
    with pytest.raises(ModelError, match=message):
        run(tmp_path / "out.mid", str(model), None)


def test_what_a_model_proposes_is_taken_unless_asked_otherwise(tmp_path: Path) -> None:
    proposed = {"temperature": 0.5, "top_k": 40.0}  # a card holds floats
    model = str(tiny_bundle("events", tmp_path / "m.safetensors", sampling=proposed))
    first, second = (tmp_path / name for name in ("a.mid", "b.mid"))
    assert run(first, model, None).temperature == 0.5
    assert run(second, model, None, temperature=0.7, top_k=0).temperature == 0.7


def test_an_existing_output_stays(models: dict[str, str], tmp_path: Path, loop: str) -> None:
    output = tmp_path / "out.mid"
    output.write_bytes(b"mine")
    with pytest.raises(OutputError, match="exists already"):
        run(output, models["events"], loop)
    assert output.read_bytes() == b"mine"
    run(output, models["events"], loop, force=True)
    assert output.read_bytes().startswith(b"MThd")
