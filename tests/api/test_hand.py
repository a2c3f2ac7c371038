from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from seqgen.api import hand
from seqgen.api.hand import fit_hand
from seqgen.api.styles import model_fingerprint
from seqgen.config import FitHand, HandResult, Progress
from seqgen.core.checkpoint import bundle_bytes, read_bundle
from seqgen.errors import InputFileError, ModelError, OutputError, SeqgenError, UsageError
from seqgen.frontends.handwriting.hand_file import read_hand
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml import InkLine, write_inkml
from tests.tiny_ink import scribble, tiny_pen_bundle
from tests.tiny_models import tiny_bundle

STEPS = 6


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A model whose hands differ much, as those of one that has learned do."""
    path = tmp_path_factory.mktemp("models") / "tiny.safetensors"
    card, weights = read_bundle(tiny_pen_bundle(path, styles=("ada", "bob", "cyd")))
    weights["styles.weight"] *= 20
    path.write_bytes(bundle_bytes(card, weights))
    return str(path)


def ink(path: Path, count: int = 3, text: str = "abba cab", points: int = 160) -> str:
    rng = np.random.default_rng(7)
    path.write_bytes(write_inkml([InkLine(scribble(points, rng), text) for _ in range(count)]))
    return str(path)


@pytest.fixture
def lines(tmp_path: Path) -> str:
    return ink(tmp_path / "lines.inkml")


@pytest.fixture
def request_of(tmp_path: Path, model: str, lines: str) -> Callable[..., FitHand]:
    def make(**changes: Any) -> FitHand:
        known: dict[str, Any] = {
            "inks": (lines,),
            "output": str(tmp_path / "me.hand"),
            "model": model,
            "steps": STEPS,
            "threads": 1,
        }
        return FitHand(**(known | changes))

    return make


def fitted(request: FitHand) -> tuple[list[Progress], HandResult]:
    *progress, result = fit_hand(request)
    assert isinstance(result, HandResult)
    told = [one for one in progress if isinstance(one, Progress)]
    assert len(told) == len(progress)
    return told, result


def test_the_file_holds_what_was_fitted_and_to_which_model(
    request_of: Callable[..., FitHand], model: str, tmp_path: Path
) -> None:
    many = (ink(tmp_path / "many.inkml", count=20),)
    request = request_of(steps=40, inks=many)
    progress, result = fitted(request)
    data = Path(request.output).read_bytes()
    found = read_hand(data, "me.hand")
    weights = read_bundle(Path(model))[1]
    assert (found.name, found.model, found.size) == ("me", "tiny-hand", 3)
    assert found.fingerprint == model_fingerprint(weights)
    assert (found.lines, found.characters) == (result.lines, result.characters) == (20, 160)
    nats = found.nats_per_point
    assert nats == result.nats_per_point
    assert nats["fitted"] < min(nats["nearest"], nats["no_style"])
    assert result.nearest in ("ada", "bob", "cyd")
    assert result.path == request.output
    done = [one.done for one in progress if one.stage == "fitting"]
    assert done == list(range(1, result.updates + 1))
    assert STEPS < result.updates <= 40
    fitted(request_of(steps=40, inks=many, force=True))
    assert Path(request.output).read_bytes() == data


def test_the_points_of_another_device_are_thinned_and_told(
    request_of: Callable[..., FitHand], tmp_path: Path, lines: str
) -> None:
    dense = ink(tmp_path / "dense.inkml", points=800)
    _, result = fitted(request_of(inks=(lines, dense), name="Ada's own"))
    assert result.name == "Ada's own"
    assert result.lines == 6
    assert result.thin[lines] == 1
    assert result.thin[dense] == pytest.approx(100 / 21.1, rel=0.02)
    assert result.points < 3 * 160 + 3 * 300


def test_sparse_ink_and_strange_letters_are_warned_of(
    request_of: Callable[..., FitHand], tmp_path: Path
) -> None:
    sparse = ink(tmp_path / "sparse.inkml", count=2, points=40, text="abz cb\u00fc")
    progress, result = fitted(request_of(inks=(sparse,)))
    few, strange, guessed = result.warnings
    assert "2 lines can hardly show a hand" in few
    assert strange.startswith("model tiny-hand has not learned z\u00fc")
    assert "has 5.7 points a character, the model learned from 21.1" in guessed
    assert [warning for one in progress for warning in one.warnings] == result.warnings


def test_ink_that_is_upside_down_is_turned_and_told(
    request_of: Callable[..., FitHand], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(7)
    inks = [scribble(160, rng) for _ in range(3)]
    turned = tmp_path / "turned.inkml"
    over = [Ink(tuple(stroke * (1, -1) for stroke in one.strokes)) for one in inks]
    turned.write_bytes(write_inkml([InkLine(one, "abba cab") for one in over]))
    output = Path(request_of().output)
    _, upright = fitted(request_of())
    expected = json.loads(output.read_bytes())
    assert not any("upside down" in warning for warning in upright.warnings)
    monkeypatch.setattr(hand, "TURNED", -1e9)  # a model that learned nothing reads both alike
    _, found = fitted(request_of(inks=(str(turned),), force=True))
    assert "the ink is upside down" in found.warnings[-1]
    assert json.loads(output.read_bytes()) == expected


def test_a_closed_fit_leaves_no_file(request_of: Callable[..., FitHand]) -> None:
    request = request_of()
    work = fit_hand(request)
    for one in work:
        if isinstance(one, Progress) and one.stage == "fitting":
            break
    work.close()
    assert not Path(request.output).exists()


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"output": "me.txt"}, UsageError, r"ends in \.hand, not me\.txt"),
        ({"output": "no/such/me.hand"}, OutputError, "no such directory"),
        ({"steps": 0}, UsageError, "steps 0 is out of range, allowed: 1 to 10000"),
        ({"minutes": -1.0}, UsageError, "minutes -1 is out of range, allowed: 0 to 1000"),
        ({"threads": 0}, UsageError, "threads 0 is out of range, allowed: 1 to 1024"),
        ({"name": ""}, UsageError, "the name has 0 characters, allowed: 1 to 200"),
        ({"inks": ("lost.inkml",)}, InputFileError, r"no such file: lost\.inkml"),
        ({"texts": ("a",)}, UsageError, "1 text for 3 lines of ink"),
        ({"model": "lost"}, ModelError, "unknown model 'lost'"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(
    request_of: Callable[..., FitHand],
    changes: dict[str, Any],
    error: type[SeqgenError],
    message: str,
) -> None:
    with pytest.raises(error, match=message):
        next(fit_hand(request_of(**changes)))


def test_an_existing_file_is_kept(request_of: Callable[..., FitHand], tmp_path: Path) -> None:
    (tmp_path / "me.hand").write_text("mine")
    with pytest.raises(OutputError, match="exists already, --force overwrites it"):
        next(fit_hand(request_of()))
    assert (tmp_path / "me.hand").read_text() == "mine"


def test_models_that_cannot_be_fitted_to_are_refused(
    request_of: Callable[..., FitHand], tmp_path: Path
) -> None:
    music = tiny_bundle("voices", tmp_path / "music.safetensors")
    with pytest.raises(ModelError, match="made for music, not for handwriting"):
        next(fit_hand(request_of(model=str(music))))
    for styles in ((), ("ada",)):
        lone = tiny_pen_bundle(tmp_path / "lone.safetensors", styles=styles)
        with pytest.raises(ModelError, match=f"knows {len(styles)} hands, a style is fitted"):
            next(fit_hand(request_of(model=str(lone))))
