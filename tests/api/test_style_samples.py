from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from seqgen.api import style_samples
from seqgen.api.own_hands import hands_folder
from seqgen.api.style_samples import handwriting_styles
from seqgen.api.styles import model_fingerprint
from seqgen.config import Progress
from seqgen.core.checkpoint import read_bundle
from seqgen.errors import ModelError, UsageError
from seqgen.ink_sheets import HandwritingStyles, StyleSample
from tests.api.test_inspect_hand import style_file
from tests.api.writing import hand


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SEQGEN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return str(hand(tmp_path / "steady.safetensors"))


def shown(model: str, *names: str, text: str = "Ada") -> list[StyleSample]:
    *steps, result = handwriting_styles(model, names, text)
    assert isinstance(result, HandwritingStyles)
    told = [step.data["sample"] for step in steps if isinstance(step, Progress) and step.data]
    assert sorted(one.name for one in told) == sorted(names)
    assert [one.name for one in result.samples] == list(names)
    assert all(one in result.samples for one in told)
    return result.samples


def test_styles_are_listed_and_nothing_is_drawn(model: str) -> None:
    [listed] = handwriting_styles(model)
    assert isinstance(listed, HandwritingStyles)
    assert listed.names == ["ada", "bob", "cy", "none"]
    assert (listed.samples, listed.hands) == ([], [])


def test_each_style_is_shown_as_it_is_alone(
    model: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "never more, and a longer line of it"
    together = shown(model, "bob", "ada:0.5,cy:0.5", "none", text=text)
    assert len({sample.points for sample in together}) == 3
    monkeypatch.setenv("SEQGEN_CACHE_DIR", str(tmp_path / "other"))
    [alone] = shown(model, "ada:0.5,cy:0.5", text=text)
    assert (alone.width, alone.lengths) == (together[1].width, together[1].lengths)
    one, other = (np.frombuffer(sample.points, "<f4") for sample in (alone, together[1]))
    np.testing.assert_allclose(one, other, atol=1e-2)


def test_a_text_of_glyphs_is_shown_too(model: str) -> None:
    samples = shown(model, "bob", "ada", text="1905")
    assert all(sample.points for sample in samples)


def test_samples_are_kept_and_not_drawn_again(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shown(model, "bob", "ada")

    def never(*_: object) -> None:
        raise AssertionError("it was drawn again")

    with monkeypatch.context() as patch:
        patch.setattr(style_samples, "write_lines", never)
        assert shown(model, "ada", "bob") == first[::-1]
        with pytest.raises(AssertionError, match="drawn again"):
            shown(model, "ada", text="Bob")


def test_a_cache_that_is_damaged_or_barred_is_no_hindrance(model: str, tmp_path: Path) -> None:
    first = shown(model, "bob")
    [file] = (tmp_path / "cache" / "styles-1").iterdir()
    file.write_text("[")
    assert shown(model, "bob") == first
    file.unlink()
    file.parent.rmdir()
    file.parent.write_text("no folder")
    assert shown(model, "bob") == first


def test_another_model_has_other_samples(model: str, tmp_path: Path) -> None:
    other = str(hand(tmp_path / "other.safetensors", pace=-2.0))
    assert shown(model, "bob")[0].points != shown(other, "bob")[0].points


def test_hands_of_the_users_own_are_listed_where_they_fit(model: str) -> None:
    hands_folder().mkdir(parents=True)
    own = model_fingerprint(read_bundle(Path(model))[1])
    style_file(hands_folder() / "Ada.hand", model, own)
    style_file(hands_folder() / "Bob.hand", model, "0123456789abcdef")
    (hands_folder() / "Cy.hand").write_text("none")
    [listed] = handwriting_styles(model)
    assert isinstance(listed, HandwritingStyles)
    assert listed.hands == ["Ada.hand"]
    with pytest.raises(ModelError, match=r"Bob\.hand was fitted for model"):
        shown(model, "Bob.hand")


def test_too_many_samples_are_refused(model: str) -> None:
    with pytest.raises(UsageError, match="65 samples are too many, allowed: up to 64"):
        list(handwriting_styles(model, ["ada"] * 65))
