from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from seqgen.api.evaluate import evaluate
from seqgen.api.train import train
from seqgen.config import Evaluate, EvaluateResult, Progress, Train, TrainResult
from seqgen.core.checkpoint import read_bundle
from seqgen.core.steps import PenSpec
from seqgen.errors import InputFileError, UsageError
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml import InkLine, write_inkml
from tests.frontends.data.made import folder_of
from tests.tiny_ink import LETTERS, ink_folder, scribble

TINY = ("hidden=8", "components=2", "window=2", "network.style=3", "least=1")
SMALL = (*TINY, "trainer.updates=4", "batch=4", "chunk=32")


@pytest.fixture
def ink(tmp_path: Path) -> Path:
    return ink_folder(tmp_path / "ink")


def run(*data: Path | str, out: Path, **changes: Any) -> tuple[list[Progress], TrainResult]:
    options: dict[str, Any] = {} if changes.get("resume") else {"overrides": SMALL}
    options |= {"frontend": "handwriting", "data": tuple(map(str, data)), "out": str(out)}
    *progress, result = train(Train(**(options | changes)))
    assert isinstance(result, TrainResult)
    return [value for value in progress if isinstance(value, Progress)], result


def test_a_run_leaves_a_model_whose_card_tells_what_it_knows(ink: Path, tmp_path: Path) -> None:
    progress, result = run(ink, out=tmp_path / "run")
    card, weights = read_bundle(Path(result.model))
    assert (card.name, card.frontend) == ("lines", "handwriting")
    assert card.spec == PenSpec(characters=len(LETTERS) + 2, styles=3)
    assert (card.state["codec"], card.state["styles"]) == ("hand", ["ada", "bob"])
    assert set(card.state["alphabet"]) == set(LETTERS)
    assert weights["styles.weight"].shape == (3, 3)
    assert card.training["recipe"]["ink"]["least"] == 1
    assert card.data[0]["name"] == "folder-ink"
    assert set(card.scores["valid_nll"]) == {"offset", "lift"}
    trained = [value for value in progress if value.stage == "training"]
    assert {"nll_offset", "nll_lift", "accuracy_lift"} <= trained[0].metrics.keys()
    assert result.reason == "finished"


def test_a_user_is_told_that_little_ink_is_little(ink: Path, tmp_path: Path) -> None:
    progress, result = run(ink, out=tmp_path / "run")
    (told,) = (value.warnings for value in progress if value.stage == "prepared")
    assert told == result.warnings
    assert told[0].startswith("11 lines of ")
    assert told[0].endswith(
        "points in all are little to learn from: expect a model that can hardly be read, 100000 "
        "are a fair start"
    )


def test_what_was_trained_can_be_measured(ink: Path, tmp_path: Path) -> None:
    """As the trainer measures it: the same lines, the same sum."""
    _, result = run(ink, out=tmp_path / "run")
    *_, measured = evaluate(Evaluate(model=str(tmp_path / "run"), data=str(ink)))
    assert isinstance(measured, EvaluateResult)
    nats = -measured.scores["log_likelihood_per_point"]
    assert nats == pytest.approx(result.best["valid_nats_per_step"], rel=2e-3)  # 16-bit weights


def test_a_model_need_not_read_nor_know_hands(ink: Path, tmp_path: Path) -> None:
    changes = ("ink.text=false", "ink.styles=false", "codec=raw")
    _, result = run(ink, out=tmp_path / "run", overrides=(*SMALL, *changes))
    card, _ = read_bundle(Path(result.model))
    assert card.spec == PenSpec()
    assert (card.state["alphabet"], card.state["styles"]) == ("", [])


def test_several_sources_are_one_corpus_whose_hands_are_kept_apart(
    ink: Path, tmp_path: Path
) -> None:
    other = ink_folder(tmp_path / "other", hands=("bob", "cyd"), seed=1)
    progress, result = run(ink, other, out=tmp_path / "run")
    card, _ = read_bundle(Path(result.model))
    assert card.state["styles"] == ["ada", "bob", "bob of other", "cyd"]
    (prepared,) = (value for value in progress if value.stage == "prepared")
    assert prepared.total == 24
    assert len(card.data) == 2


def test_the_starter_corpus_is_trained_on_by_its_name(tmp_path: Path) -> None:
    _, result = run("starter-hand", out=tmp_path / "run", overrides=(*SMALL, "updates=1"))
    card, _ = read_bundle(Path(result.model))
    assert card.data[0]["name"] == "starter-hand"
    assert isinstance(card.spec, PenSpec)
    assert card.spec.styles == 13
    assert {*"abcdefghijklmnopqrstuvwxyz"} < set(card.state["alphabet"])


def test_a_run_is_gone_on_with_as_what_it_was_begun(ink: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    _, first = run(ink, out=out)
    with pytest.raises(UsageError, match=r"the run in .*run is for handwriting, not for music"):
        run(ink, out=out, resume=True, frontend="music")
    _, again = run(ink, out=out, resume=True)
    assert (again.updates, again.best) == (first.updates, first.best)


def test_a_run_that_was_stopped_ends_as_one_that_was_not(ink: Path, tmp_path: Path) -> None:
    _, whole = run(ink, out=tmp_path / "whole")
    request = Train(
        frontend="handwriting", data=(str(ink),), out=str(tmp_path / "cut"), overrides=SMALL
    )
    work = train(request)
    while next(work).stage != "training":  # type: ignore[union-attr]
        pass
    work.close()
    _, cut = run(ink, out=tmp_path / "cut", resume=True)
    assert Path(cut.model).read_bytes() == Path(whole.model).read_bytes()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"recipe": "pop"}, "recipe pop is for music, not for handwriting"),
        ({"recipe": "hnd"}, "no recipe for handwriting is called 'hnd', did you mean hand"),
        ({"overrides": ("codec=midi",)}, "--set codec=midi: invalid enum value 'midi'"),
        ({"overrides": ("augment.size=2",)}, "--set augment.size=2: expected `float` <= 0.5"),
        ({"frontend": "handwritten"}, "no frontend is called 'handwritten', did you mean hand"),
        ({"data": ("starter",)}, "data set starter is music, not handwriting"),
    ],
)
def test_what_makes_no_sense_is_refused(
    ink: Path, tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        run(ink, out=tmp_path / "run", **changes)
    assert not (tmp_path / "run").exists()


def test_a_single_line_is_trained_on_and_measured_with_a_warning(tmp_path: Path) -> None:
    line = InkLine(scribble(30, np.random.default_rng(0)), "ab", "ada")
    folder = folder_of(tmp_path / "ink", {"a.inkml": write_inkml([line])})
    _, result = run(folder, out=tmp_path / "run")
    assert result.warnings[0].startswith("1 line of 29 points ")
    assert result.warnings[1] == (
        "no line is left for validation: the training lines are measured instead"
    )


def test_ink_without_text_is_named_and_left_out(ink: Path, tmp_path: Path) -> None:
    mute = write_inkml([InkLine(Ink((np.zeros((3, 2)),)))])
    folder_of(ink, {"mute.inkml": mute})
    _, result = run(ink, out=tmp_path / "run")
    assert result.warnings[0].startswith("left out mute.inkml#1: no text")
    (ink / "ada.inkml").unlink()
    (ink / "bob.inkml").unlink()
    with pytest.raises(InputFileError, match="no lines of InkML"):
        run(ink, out=tmp_path / "other")
