from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from seqgen.api.evaluate import evaluate
from seqgen.api.evaluate_music import gain
from seqgen.config import Evaluate, EvaluateResult, Progress
from seqgen.core.checkpoint import read_bundle
from seqgen.core.engine import score
from seqgen.core.engines import make_engine
from seqgen.core.steps import Steps, StepSpec
from seqgen.errors import InputFileError, ModelError, UsageError
from seqgen.frontends.music.codecs import voices
from tests.places import REAL_DATA, ROOT, STARTER
from tests.tiny_models import tiny_bundle


@pytest.fixture(scope="module")
def chorale_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_bundle("voices", tmp_path_factory.mktemp("models") / "tiny.safetensors")


@pytest.fixture(scope="module")
def event_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_bundle("events", tmp_path_factory.mktemp("models") / "tiny.safetensors")


@pytest.fixture
def chorales(tmp_path: Path) -> Path:
    """Two pieces to train on and two, of 8 and 12 rows, to validate with."""
    rng = np.random.default_rng(0)
    rows = [
        np.repeat(rng.integers([60, 53, 48, 36], [81, 74, 69, 64], (length, 4)), 2, axis=0)
        for length in (20, 30, 4, 6)
    ]
    split = {"train": [r.tolist() for r in rows[:2]], "valid": [r.tolist() for r in rows[2:]]}
    path = tmp_path / "chorales.json"
    path.write_text(json.dumps(split))
    return path


def run(model: Path | str, data: Path | str, **options: Any) -> EvaluateResult:
    *_, result = evaluate(Evaluate(model=str(model), data=str(data), **options))
    assert isinstance(result, EvaluateResult)
    return result


def test_nats_per_cell_are_the_nats_of_all_steps_over_four_times_the_rows(
    chorale_model: Path, chorales: Path
) -> None:
    result = run(chorale_model, chorales)
    engine = make_engine("numpy", *read_bundle(chorale_model))
    rows = [np.array(piece) for piece in json.loads(chorales.read_text())["valid"]]
    nats = sum(score(engine, voices.encode(piece))[0].sum() for piece in rows)
    assert result.counts["pieces"] == 2
    assert result.counts["cells"] == 4 * (8 + 12)
    assert result.scores["nats_per_cell"] == pytest.approx(nats / 80)
    assert list(result.fields) == ["soprano", "bass", "alto", "tenor", "duration"]
    assert result.baseline == {}


def test_engines_agree(chorale_model: Path, chorales: Path) -> None:
    by_numpy = run(chorale_model, chorales, engine="numpy")
    by_torch = run(chorale_model, chorales, engine="torch", threads=1)
    assert (by_numpy.engine, by_torch.engine) == ("numpy", "torch")
    wanted = by_numpy.scores["nats_per_cell"]
    assert by_torch.scores["nats_per_cell"] == pytest.approx(wanted, rel=1e-4)


def test_progress_tells_each_piece_before_it_is_measured(
    chorale_model: Path, chorales: Path
) -> None:
    request = Evaluate(model=str(chorale_model), data=str(chorales))
    told = [item for item in evaluate(request) if isinstance(item, Progress)]
    measured = [(p.done, p.total, p.note) for p in told if p.stage == "evaluating"]
    assert measured == [(0, 2, "valid/0000"), (1, 2, "valid/0001")]


@pytest.mark.parametrize("protocol", [None, "notes", "free"])
def test_notes_are_measured_beside_four_grams_of_the_same_notes(
    event_model: Path, protocol: str | None
) -> None:
    result = run(event_model, STARTER, protocol=protocol)
    fields, unit = result.fields, "nats_per_note"
    assert ("free time" in result.protocol) == (protocol == "free")
    assert result.scores[unit] == pytest.approx(sum(f[unit] for f in fields.values()))
    assert result.baseline[unit] == pytest.approx(sum(f["baseline"] for f in fields.values()))
    assert result.baseline[unit] < result.scores[unit], "a model of chance beats a 4-gram"
    assert result.scores["gain_percent"] < 0
    assert "pitch stream" in result.baseline_protocol
    assert "no augmentation" in result.baseline_protocol


def test_a_field_of_each_step_is_given_a_distribution(
    chorale_model: Path, event_model: Path
) -> None:
    rng = np.random.default_rng(3)
    for model in (chorale_model, event_model):
        engine = make_engine("numpy", *read_bundle(model))
        steps = _random_steps(engine.spec, rng)
        for field in range(len(engine.spec.fields)):
            total = 0.0
            for symbol in range(engine.spec.fields[field].size):
                fields = steps.fields.copy()
                fields[2, field] = symbol
                total += np.exp(-score(engine, Steps(fields, steps.sides))[0][2, field])
            assert total == pytest.approx(1, rel=1e-5)


def test_later_steps_do_not_change_the_score_of_earlier_ones(event_model: Path) -> None:
    engine = make_engine("numpy", *read_bundle(event_model))
    one, other = (_random_steps(engine.spec, np.random.default_rng(seed)) for seed in (1, 2))
    mixed = Steps(
        *(np.concatenate([a[:3], b[3:]]) for a, b in zip(_parts(one), _parts(other), strict=True))
    )
    np.testing.assert_array_equal(score(engine, one)[0][:3], score(engine, mixed)[0][:3])
    assert not np.array_equal(score(engine, one)[0][3:], score(engine, mixed)[0][3:])


def _parts(steps: Steps) -> tuple[Any, Any]:
    return steps.fields, steps.sides


def _random_steps(spec: StepSpec, rng: np.random.Generator) -> Steps:
    fields, sides = (
        np.stack([rng.integers(0, column.size, 5) for column in columns], axis=1)
        for columns in (spec.fields, spec.sides)
    )
    return Steps(fields.astype(np.int16), sides.astype(np.int16))


def test_the_gain_is_the_share_of_the_baseline_that_is_saved() -> None:
    assert gain(8.5, 10) == {"gain_percent": pytest.approx(15)}
    assert gain(11, 10) == {"gain_percent": pytest.approx(-10)}
    assert gain(1.2, 1e-9) == {}  # as for loudness where all notes are equally loud


def test_the_train_split_is_warned_of(event_model: Path) -> None:
    result = run(event_model, STARTER / "primer-8-bars-in-c-major.mid", split="train")
    assert result.counts["pieces"] == 1
    assert result.warnings == [
        "split train is what models learn from: it says nothing of new music"
    ]


def test_without_a_train_split_there_is_no_baseline(event_model: Path, tmp_path: Path) -> None:
    path = tmp_path / "chorales.json"
    path.write_text(json.dumps({"valid": [[[72, 64, 55, 48]] * 4 + [[71, 62, 55, 43]] * 4]}))
    result = run(event_model, path, dataset="jsb-chorales")
    assert result.counts["notes"] == 7
    assert result.baseline == {}
    assert "no train split to count 4-grams on" in result.warnings[0]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"split": "vaild"}, UsageError, "no split is called 'vaild', did you mean valid?"),
        (
            {"split": "test"},
            InputFileError,
            "split test of .* holds no pieces, there are: train 2",
        ),
        ({"protocol": "cell"}, UsageError, "called 'cell', did you mean cells?"),
        ({"dataset": "pop90"}, UsageError, "did you mean pop909?"),
        ({"data": "chorale.json"}, InputFileError, "no such file, folder or data set"),
        ({"model": "korale"}, ModelError, "unknown model 'korale'"),
        ({"threads": 2}, UsageError, "threads 2 needs engine torch"),
        ({"threads": 0}, UsageError, "threads 0 is out of range, allowed: 1 to 1024"),
        ({"engine": "onnx"}, UsageError, "no engine is called 'onnx'"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(
    chorale_model: Path, chorales: Path, options: dict[str, Any], error: type, message: str
) -> None:
    request = {"model": chorale_model, "data": chorales} | options
    with pytest.raises(error, match=message.replace("?", ".")):
        run(**request)


def test_a_model_of_no_known_frontend_is_refused(tmp_path: Path, chorales: Path) -> None:
    model = tiny_bundle("voices", tmp_path / "odd.safetensors", frontend="dance")
    with pytest.raises(ModelError, match="is made for dance, not for music or handwriting"):
        run(model, chorales)


def test_a_model_of_other_steps_is_refused(tmp_path: Path, chorales: Path) -> None:
    model = tiny_bundle("voices", tmp_path / "odd.safetensors", state={"codec": "events"})
    with pytest.raises(ModelError, match="steps that are not those of events"):
        run(model, chorales)


def test_data_of_which_nothing_can_be_used_says_why(event_model: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.mid").write_bytes(b"no midi at all")
    with pytest.raises(InputFileError, match=r"none of the 1 pieces.*bad\.mid"):
        run(event_model, tmp_path)


def test_numpy_scores_without_torch(chorale_model: Path, chorales: Path) -> None:
    code = (
        "import sys; from seqgen.api.evaluate import evaluate; from seqgen.config import Evaluate;"
        "list(evaluate(Evaluate(model=sys.argv[1], data=sys.argv[2])));"
        "assert not {'torch', 'PySide6'} & set(sys.modules)"
    )
    command = [sys.executable, "-c", code, str(chorale_model), str(chorales)]
    subprocess.run(command, check=True, timeout=60, cwd=ROOT)


@pytest.mark.realdata
@pytest.mark.skipif(not REAL_DATA.is_dir(), reason="the corpora are not beside the checkout")
def test_every_cell_of_the_chorales_is_counted(chorale_model: Path) -> None:
    path = REAL_DATA / "jsb-chorales-16th.json"
    rows = sum(map(len, json.loads(path.read_text())["valid"]))
    result = run(chorale_model, path)
    assert result.counts["pieces"] == 76
    assert result.counts["cells"] == 4 * rows
    held = 1 - result.counts["changed_cells"] / result.counts["cells"]
    assert 0.77 < held < 0.79
