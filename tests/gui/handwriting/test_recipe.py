"""Pages that were exported come back as they were, with the real use-cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from seqgen.api.handwriting import sample_handwriting
from seqgen.api.inspect import inspect
from seqgen.api.models import user_folder
from seqgen.api.own_hands import hands_folder
from seqgen.api.styles import model_fingerprint
from seqgen.config import HandwritingResult, Redraw
from seqgen.core.checkpoint import read_bundle
from seqgen.frontends.handwriting.hand_file import FORMAT, HandFile, hand_bytes
from seqgen.reports import InkFileReport
from seqgen_gui.handwriting.recipe import doubt_of, state_from
from seqgen_gui.handwriting.state import HandwritingState, Letter, Settings, request_of
from tests.api.writing import hand

NAME = "tiny-hand"
TEXT = "Dear Ada, thank you <so> much & more.\n\n  Yours, \u00c5se 12\n"
WORD = Redraw(paragraph=0, first=1, last=1, seed=5)
LINE = Redraw(paragraph=0, first=0, last=3, seed=6)
Change = dict[str, Any]


@pytest.fixture(autouse=True)
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model that is found by its name."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    user_folder().mkdir(parents=True)
    return hand(user_folder() / f"{NAME}.safetensors")


def exported(state: HandwritingState, path: Path, curves: bool = True) -> list[Path]:
    assert state.letter is not None
    request = request_of(state.letter, state.settings, str(path))
    *_, result = sample_handwriting(msgspec.structs.replace(request, curves=curves))
    assert isinstance(result, HandwritingResult)
    return [Path(page) for page in result.letters[0].paths]


def opened(page: Path) -> HandwritingState:
    report = inspect(str(page))
    assert isinstance(report, InkFileReport)
    state = state_from(report.recipe, HandwritingState())
    assert state is not None
    assert doubt_of(report.recipe) == ""
    return state


@pytest.mark.parametrize("curves", [True, False])
@pytest.mark.parametrize(
    ("settings", "letter"),
    [
        ({}, {}),
        ({"style": "bob", "other": "cy", "mix": 0.35}, {"temperature": 0.7}),
        ({"page": "a6", "margin": 4.0, "align": "right", "wander": 0.0}, {"redraws": (WORD,)}),
        ({"page": "fit", "x_height": 4.5, "line_pitch": 20.0}, {"redraws": (WORD, LINE)}),
        ({"pen_width": 0.8, "colour": "#aa3300", "guides": True}, {"temperature": 0.0}),
        ({"page": "60x50", "align": "center"}, {"seed": 2**31 - 1}),
    ],
)
def test_a_page_that_is_opened_gives_the_same_bytes(
    tmp_path: Path, settings: Change, letter: Change, curves: bool
) -> None:
    chosen = Settings(**settings)
    known: Change = {"text": TEXT, "seed": 3, "model": NAME, "style": chosen.whole_style}
    written = Letter(**(known | letter))
    before = HandwritingState(text=TEXT, letter=written, settings=chosen)
    pages = exported(before, tmp_path / "a.svg", curves)
    for page in pages:
        after = opened(page)
        assert after.text == TEXT
        assert not after.is_stale
        found = after.settings
        assert (found.style or "ada", found.other) == (chosen.style or "ada", chosen.other)
        assert found.seed == written.seed
        again = exported(after, tmp_path / f"{page.stem}b.svg", curves)
        assert [one.read_bytes() for one in again] == [one.read_bytes() for one in pages]


def test_a_page_in_a_hand_of_ones_own_comes_back_while_the_hand_is_there(
    tmp_path: Path, model: Path
) -> None:
    hands_folder().mkdir()
    vector = np.random.default_rng(1).normal(size=3).round(6).tolist()
    kept = HandFile(
        seqgen_hand=FORMAT,
        name="Me",
        model=NAME,
        fingerprint=model_fingerprint(read_bundle(model)[1]),
        size=3,
        vector=vector,
    )
    (hands_folder() / "Me.hand").write_bytes(hand_bytes(kept))
    letter = Letter(text=TEXT, seed=3, model=NAME, style="Me.hand")
    before = HandwritingState(text=TEXT, letter=letter, settings=Settings(style="Me.hand"))
    [page] = exported(before, tmp_path / "a.svg")
    after = opened(page)
    assert after.settings.style == "Me.hand"
    [again] = exported(after, tmp_path / "b.svg")
    assert again.read_bytes() == page.read_bytes()


def test_a_page_of_another_version_is_doubted() -> None:
    assert doubt_of('{"seqgen": "0.0.1"}').startswith("It was written by seqgen 0.0.1, this is")


def test_the_usual_model_is_the_one_that_is_chosen_by_itself() -> None:
    state = state_from('{"text": "a", "seed": 1, "model": "hand"}', HandwritingState())
    assert state is not None
    assert state.settings.model is None
