from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from seqgen.api.train import holds_run, train
from seqgen.api.training_data import NAMED_SKIPPED
from seqgen.config import Progress, Train, TrainResult
from seqgen.core.checkpoint import read_bundle
from seqgen.errors import InputFileError, OutputError, UsageError
from seqgen.marks import mark_of
from seqgen.run_notes import END, NOTE, read_note
from tests.frontends.music.songs import waltz

SMALL = ("hidden=8", "embed=8", "chain=8", "trainer.updates=4", "batch=2")


@pytest.fixture
def songs(tmp_path: Path) -> Path:
    """Three songs and more files that are none than are named."""
    folder = tmp_path / "songs"
    folder.mkdir()
    for index in range(3):
        (folder / f"good-{index}.mid").write_bytes(waltz(bars=8 + index))
    for index in range(NAMED_SKIPPED + 2):
        (folder / f"bad-{index:02}.mid").write_bytes(b"no MIDI at all")
    return folder


def run(data: Path, out: Path, **changes: Any) -> tuple[list[Progress], TrainResult]:
    options: dict[str, Any] = {} if changes.get("resume") else {"overrides": SMALL}
    options |= {"frontend": "music", "data": (str(data),), "out": str(out), **changes}
    *progress, result = train(Train(**options))
    assert isinstance(result, TrainResult)
    return [value for value in progress if isinstance(value, Progress)], result


def test_bad_files_among_good_ones_are_named_before_the_training(
    songs: Path, tmp_path: Path
) -> None:
    progress, result = run(songs, tmp_path / "run")
    stages = [value.stage for value in progress]
    prepared = progress[stages.index("prepared")]
    assert "training" not in stages[: stages.index("prepared")]
    named = [text for text in prepared.warnings if text.startswith("left out ")]
    assert (
        named[0] == "left out bad-00.mid: bad-00.mid is not a midi file: no MThd in its 14 bytes"
    )
    assert named[-1] == "left out 2 more, `seqgen datasets check --json` names all"
    assert len(named) == NAMED_SKIPPED + 1
    assert any("expect a model that repeats them" in text for text in prepared.warnings)
    assert result.warnings == prepared.warnings


def test_a_run_leaves_a_model_whose_card_tells_where_it_comes_from(
    songs: Path, tmp_path: Path
) -> None:
    _, result = run(songs, tmp_path / "run")
    card, _ = read_bundle(Path(result.model))
    assert (card.frontend, card.state["codec"], card.network.hidden) == ("music", "events", 8)
    assert card.training["recipe"]["trainer"]["updates"] == 4
    assert card.scores["valid_nats_per_step"] == result.best["valid_nats_per_step"]
    assert card.data[0]["name"] == "folder"
    assert (result.reason, result.updates >= 4) == ("finished", True)


def test_a_single_piece_is_trained_on_and_measured_with_a_warning(
    songs: Path, tmp_path: Path
) -> None:
    _, result = run(songs / "good-0.mid", tmp_path / "run")
    assert any(text.startswith("1 piece of ") for text in result.warnings)
    assert any("no piece is left for validation" in text for text in result.warnings)


def test_a_run_is_only_gone_on_with_by_resume(songs: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    with pytest.raises(InputFileError, match="there is no run to resume in"):
        run(songs, out, resume=True)
    _, first = run(songs, out)
    with pytest.raises(OutputError, match="holds a run already, go on with --resume"):
        run(songs, out)
    with pytest.raises(UsageError, match="drop --recipe and --set"):
        run(songs, out, resume=True, overrides=SMALL)
    _, again = run(songs, out, resume=True)
    assert (again.updates, again.best) == (first.updates, first.best)
    (out / "recipe.json").write_text("{")
    with pytest.raises(InputFileError, match=r"recipe.json is damaged"):
        run(songs, out, resume=True)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"out": ""}, "out '' is no name of a folder"),
        ({"minutes": 0.0}, "minutes 0 is out of range, allowed: 0 to 100000"),
        ({"threads": 0}, "threads 0 is out of range, allowed: 1 to 1024"),
        ({"overrides": ("codec=midi",)}, "no codec is called 'midi'"),
        ({"device": "cuda"}, "device cuda is not available on this machine"),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_no_run(
    songs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: Any, message: str
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    out = tmp_path / "run"
    with pytest.raises(UsageError, match=message):
        run(songs, **{"out": out, **changes})
    assert not holds_run(out)


def test_a_folder_that_cannot_be_made_is_an_output_error(songs: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot make the folder .*: file exists"):
        run(songs, songs / "good-0.mid")


def test_a_run_that_is_wanted_to_end_measures_what_it_learned(songs: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    work = train(
        Train(
            frontend="music",
            data=(str(songs),),
            out=str(out),
            overrides=(*SMALL, "trainer.updates=900", "evaluate_every=500"),
        )
    )
    for value in work:
        if isinstance(value, Progress) and value.stage == "training":
            (out / END).touch()
    assert isinstance(value, TrainResult)
    assert value.reason == "stopped"
    assert value.updates < 900
    assert Path(value.model).exists()
    note = read_note(out)
    assert note is not None
    assert note.reason == "stopped"
    _, result = run(songs, out, resume=True, minutes=0.02)
    assert result.updates > value.updates


def test_a_run_that_another_process_trains_is_left_alone(songs: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run(songs, out)
    note = read_note(out)
    assert note is not None
    parent = msgspec.structs.replace(note, mark=mark_of(os.getppid()))
    (out / NOTE).write_bytes(msgspec.json.encode(parent))
    with pytest.raises(OutputError, match=f"is being trained by process {os.getppid()} already"):
        run(songs, out, resume=True)
