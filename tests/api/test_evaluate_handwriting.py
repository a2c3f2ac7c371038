from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from seqgen.api.evaluate import evaluate
from seqgen.config import Evaluate, EvaluateResult, Progress
from seqgen.core.checkpoint import read_bundle
from seqgen.core.engines import make_pen_engine
from seqgen.core.pen_engine import score_lines
from seqgen.core.steps import PenSteps
from seqgen.errors import InputFileError, ModelError, UsageError
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.corpus.loading import load_lines
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml import InkLine, write_inkml
from tests.frontends.data.made import folder_of
from tests.frontends.handwriting.corpus.forms import form_files
from tests.places import ROOT
from tests.tiny_ink import ink_folder, scribble, tiny_pen_bundle
from tests.tiny_models import tiny_bundle


@pytest.fixture(scope="module")
def ink(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty lines in two hands, of which four validate."""
    return ink_folder(tmp_path_factory.mktemp("data") / "ink", lines=20)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "raw.safetensors"
    return tiny_pen_bundle(path, codec="raw", alphabet="", styles=())


@pytest.fixture(scope="module")
def hand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_pen_bundle(tmp_path_factory.mktemp("models") / "hand.safetensors", thin=2.0)


def run(model: Path | str, data: Path | str, **options: Any) -> EvaluateResult:
    *_, result = evaluate(Evaluate(model=str(model), data=str(data), **options))
    assert isinstance(result, EvaluateResult)
    return result


def valid_lines(data: Path) -> list[Line]:
    work = load_lines(data, "hash")
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: list[Line] = end.value.splits["valid"]
            return found


def test_vrnn_is_the_likelihood_of_every_stored_offset_summed_over_a_line(
    raw: Path, ink: Path
) -> None:
    result = run(raw, ink)
    engine = make_pen_engine("numpy", *read_bundle(raw))
    nats = []
    for line in valid_lines(ink):
        points = np.concatenate(line.ink.strokes)
        lifts = np.concatenate([np.arange(len(s)) == len(s) - 1 for s in line.ink.strokes])
        offsets = ((points[1:] - points[:-1] - 8.067) / 56.037).astype(np.float32)
        (nll,) = score_lines(engine, [PenSteps(offsets, lifts[1:], np.empty(0, np.int16))])
        assert len(nll) == len(points) - 1
        nats.append(-nll.sum())
    scores = result.scores
    assert len(nats) == result.counts["lines"] == 4
    assert scores["log_likelihood_per_line"] == pytest.approx(np.mean(nats), rel=1e-5)
    assert scores["log_likelihood_per_point"] == pytest.approx(
        np.sum(nats) / result.counts["points"], rel=1e-5
    )
    assert scores["standard_error_per_line"] == pytest.approx(np.std(nats, ddof=1) / 2, rel=1e-4)
    lost = scores["log_likelihood_per_point"] - scores["log_likelihood_per_point_in_raw_units"]
    assert lost == pytest.approx(2 * np.log(56.037))
    assert "(d - 8.067) / 56.037" in result.protocol
    assert (result.baseline, result.baseline_protocol) == ({}, "")
    assert (result.counts["dropped_lines"], result.warnings) == (0, [])


@pytest.mark.parametrize("model", ["raw", "hand"])
def test_engines_agree(model: str, ink: Path, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(model)
    by_numpy, by_torch = (run(path, ink, engine=engine) for engine in ("numpy", "torch"))
    assert (by_numpy.engine, by_torch.engine) == ("numpy", "torch")
    assert by_numpy.scores == pytest.approx(by_torch.scores, rel=1e-4)
    assert by_numpy.fields["lift"] == pytest.approx(by_torch.fields["lift"], rel=1e-4)


def one_line(folder: Path, text: str = "cab", size: float = 1.0) -> Path:
    """A corpus of a single line, which is in split train."""
    ink = scribble(40, np.random.default_rng(5)).scaled(size)
    return folder_of(folder, {"ada.inkml": write_inkml([InkLine(ink, text, "ada")])})


def test_the_size_of_ink_is_seen_in_raw_units_alone(hand: Path, tmp_path: Path) -> None:
    small, large = (
        run(hand, one_line(tmp_path / str(size), size=size), split="train") for size in (1, 10)
    )
    unit = "log_likelihood_per_point"
    for name in (unit, f"{unit}_in_std_units"):
        assert small.scores[name] == pytest.approx(large.scores[name], abs=0.01)
    lost = small.scores[f"{unit}_in_raw_units"] - large.scores[f"{unit}_in_raw_units"]
    assert lost == pytest.approx(2 * np.log(10), abs=0.01)
    assert "standard_error_per_line" not in small.scores


def test_a_hand_the_model_does_not_know_is_measured_with_no_hand_s_style(
    ink: Path, tmp_path: Path
) -> None:
    known = tiny_pen_bundle(tmp_path / "known.safetensors")
    stranger = tiny_pen_bundle(tmp_path / "stranger.safetensors", styles=("cyd", "dan"))
    results = [run(model, ink) for model in (known, stranger)]
    assert [result.counts["lines_of_known_hands"] for result in results] == [4, 0]
    card, weights = read_bundle(stranger)
    engine = make_pen_engine("numpy", card, weights)
    assert not np.array_equal(engine.style(0), engine.style(1))
    assert results[0].scores != results[1].scores
    assert "else that of no hand" in results[0].protocol


def test_a_model_that_reads_is_given_the_text(hand: Path, raw: Path, tmp_path: Path) -> None:
    sources = [one_line(tmp_path / text, text) for text in ("cab", "bbb")]
    reads = [run(hand, data, split="train").scores for data in sources]
    assert reads[0] != reads[1]
    assert len({str(run(raw, data, split="train").scores) for data in sources}) == 1


def test_progress_counts_points(raw: Path, ink: Path) -> None:
    told = evaluate(Evaluate(model=str(raw), data=str(ink), split="train"))
    steps = [one for one in told if isinstance(one, Progress) and one.stage == "evaluating"]
    assert [one.note for one in steps] == [f"{k} of 36 lines" for k in (0, 16, 32)]
    assert steps[0].done == 0
    assert steps[1].total is not None
    assert 0 < steps[1].done < steps[2].done < steps[1].total


def forms(folder: Path, lists: dict[str, str], inks: int | None = None) -> Path:
    files = form_files("a01-000u", ["one", "two"], inks) | form_files("b02-000", ["three"])
    listed = {name: text.encode() for name, text in lists.items()}
    return folder_of(folder / "iamondb", files | listed)


def test_lines_of_a_published_list_that_are_lost_are_counted(raw: Path, tmp_path: Path) -> None:
    lists = {"trainset.txt": "b02-000\n", "testset_v.txt": "a01-000u\n"}
    assert run(raw, forms(tmp_path / "all", lists)).counts["dropped_lines"] == 0
    result = run(raw, forms(tmp_path / "less", lists, inks=1))
    assert (result.counts["lines"], result.counts["dropped_lines"]) == (1, 1)
    left_out = "left out 1 lines of all splits, first a01-000u-02: no ink for this line of text"
    assert left_out in result.warnings


def test_without_a_train_split_there_are_no_std_units(raw: Path, tmp_path: Path) -> None:
    result = run(raw, forms(tmp_path, {"testset_v.txt": "a01-000u\n"}))
    assert any("no std units" in text for text in result.warnings)
    assert not any("std_units" in name for name in result.scores)
    assert "std units" not in result.protocol


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        (
            {"protocol": "vrnn"},
            UsageError,
            "protocol vrnn is not defined for models of codec hand",
        ),
        ({"protocol": "notes"}, UsageError, "handwriting is called 'notes', did you mean points"),
        ({"split": "test"}, InputFileError, "split test of .* holds no lines, there are: train"),
        ({"split": "vaild"}, UsageError, "no split is called 'vaild', did you mean valid"),
        ({"data": "starter"}, UsageError, "data set starter is music, not handwriting"),
        ({"engine": "onnx"}, UsageError, "no engine is called 'onnx'"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(
    hand: Path, ink: Path, options: dict[str, Any], error: type, message: str
) -> None:
    with pytest.raises(error, match=message):
        run(**{"model": hand, "data": ink} | options)


def test_lines_without_two_points_cannot_be_measured(raw: Path, tmp_path: Path) -> None:
    dots = [InkLine(Ink((np.array([[k, 1.0]]),)), "a") for k in range(3)]
    folder = folder_of(tmp_path / "dots", {"dots.inkml": write_inkml(dots)})
    with pytest.raises(InputFileError, match="in split valid has two points"):
        run(raw, folder)


def test_a_music_model_that_calls_itself_handwriting_is_refused(ink: Path, tmp_path: Path) -> None:
    model = tiny_bundle("voices", tmp_path / "odd.safetensors", frontend="handwriting")
    with pytest.raises(ModelError, match="draws fields, not pen offsets"):
        run(model, ink)


def test_numpy_scores_without_torch(hand: Path, ink: Path) -> None:
    code = (
        "import sys; from seqgen.api.evaluate import evaluate; from seqgen.config import Evaluate;"
        "list(evaluate(Evaluate(model=sys.argv[1], data=sys.argv[2])));"
        "assert not {'torch', 'PySide6'} & set(sys.modules)"
    )
    command = [sys.executable, "-c", code, str(hand), str(ink)]
    subprocess.run(command, check=True, timeout=60, cwd=ROOT)
