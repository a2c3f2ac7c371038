from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from seqgen.config import Progress
from seqgen.core import metrics
from seqgen.core.checkpoint import read_header
from tests.frontends.music.songs import waltz
from tests.tiny_ink import ink_folder

Seqgen = Callable[..., Any]


def test_every_option_reaches_the_request(seqgen: Seqgen, training: list[Any]) -> None:
    options = "--recipe pop --set batch=8 --set chunk=64 --resume --minutes 2.5 --threads 1"
    seqgen("train", "music", "a", "b.zip", "--out", "run", "--device", "cpu", *options.split())
    request = training[0]
    assert (request.frontend, request.data, request.out) == ("music", ("a", "b.zip"), "run")
    assert (request.recipe, request.overrides) == ("pop", ("batch=8", "chunk=64"))
    assert (request.minutes, request.threads, request.device) == (2.5, 1, "cpu")
    assert request.resume


def test_handwriting_takes_the_same_options(seqgen: Seqgen, training: list[Any]) -> None:
    told = seqgen("train", "handwriting", "ink", "--out", "run", "--recipe", "hand")
    request = training[0]
    assert (request.frontend, request.data, request.recipe) == ("handwriting", ("ink",), "hand")
    assert told.status == 0


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


def test_warnings_are_told_when_they_are_known(seqgen: Seqgen, use_case: Any) -> None:
    def work(_: Any) -> Iterator[Progress]:
        yield Progress(stage="prepared", done=1, warnings=["left out a.mid: an empty file"])
        raise MemoryError

    use_case("seqgen.api.train", "train", work)
    told = seqgen("train", "music", "a", "--out", "run")
    assert told.err.splitlines()[0] == "seqgen: warning: left out a.mid: an empty file"
    assert seqgen("train", "music", "a", "--out", "run", "--quiet").err.count("\n") == 1


def press_ctrl_c(monkeypatch: pytest.MonkeyPatch, at: int, times: int = 1) -> None:
    """Send the signal ``times`` inside the batch that ends with update ``at`` or later."""
    log = metrics.append

    def append(path: Path, report: metrics.Report) -> None:
        log(path, report)
        if report.update >= at:
            for _ in range(times):
                signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(metrics, "append", append)


SMALL = "--set hidden=8 --set embed=8 --set chain=8 --set trainer.updates=12 --set batch=1"


@pytest.mark.parametrize(("times", "saved"), [(1, True), (2, False)])
def test_ctrl_c_saves_between_batches_and_says_how_to_go_on(
    seqgen: Seqgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, saved: bool
) -> None:
    for index in range(3):
        (tmp_path / f"{index} tune.mid").write_bytes(waltz(bars=8 + index))
    out = str(tmp_path / "run")
    with monkeypatch.context() as patch:
        press_ctrl_c(patch, at=5, times=times)
        told = seqgen("train", "music", str(tmp_path), "--out", out, *SMALL.split())
    assert (told.status, told.out) == (130, "")
    sentence = f"interrupted, to go on: seqgen train music {tmp_path} --out {out} --resume"
    assert told.err.splitlines()[-1] == f"seqgen: error: {sentence}"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    checkpoint = tmp_path / "run" / "last.checkpoint"
    assert checkpoint.exists() == saved
    if saved:
        last = json.loads((tmp_path / "run" / "metrics.jsonl").read_text().splitlines()[-1])
        assert read_header(checkpoint)["position"]["update"] == last["update"] >= 5
    assert seqgen("train", "music", str(tmp_path), "--out", out, "--resume").status == 0


def test_ctrl_c_says_how_to_go_on_with_handwriting(
    seqgen: Seqgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ink, out = ink_folder(tmp_path / "ink"), tmp_path / "run"
    small = ("--set=hidden=8", "--set=components=2", "--set=trainer.updates=12")
    with monkeypatch.context() as patch:
        press_ctrl_c(patch, at=2)
        told = seqgen("train", "handwriting", str(ink), "--out", str(out), *small)
    sentence = f"to go on: seqgen train handwriting {ink} --out {out} --resume"
    assert (told.status, told.err.splitlines()[-1]) == (
        130,
        f"seqgen: error: interrupted, {sentence}",
    )
    told = seqgen("train", "handwriting", str(ink), "--out", str(out), "--resume")
    assert told.status == 0
    assert "  lift 0." in told.err


def test_ctrl_c_before_the_training_says_so(seqgen: Seqgen, tmp_path: Path) -> None:
    (tmp_path / "a.mid").write_bytes(waltz())
    out = tmp_path / "run"

    def press(*_: object) -> list[str]:
        signal.raise_signal(signal.SIGINT)
        return []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("seqgen.api.train.notices", press)
        told = seqgen("train", "music", str(tmp_path), "--out", str(out))
    assert told.err == "seqgen: error: interrupted before the training began\n"
    assert not out.exists()
