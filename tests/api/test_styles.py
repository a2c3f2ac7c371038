from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from seqgen.api.styles import Styles, model_fingerprint, style_of, writing_state
from seqgen.core.checkpoint import read_bundle
from seqgen.core.engines import make_pen_engine
from seqgen.errors import InputFileError, ModelError, SeqgenError, UsageError
from seqgen.frontends.handwriting.hand_file import HandFile, hand_bytes
from tests.tiny_ink import tiny_pen_bundle

VECTOR = [0.5, -0.25, 2.0]


def styles_of(model: Path) -> Styles:
    card, weights = read_bundle(model)
    return Styles(card, writing_state(card), make_pen_engine("numpy", card, weights), model)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Styles:
    return styles_of(tiny_pen_bundle(tmp_path_factory.mktemp("models") / "tiny.safetensors"))


def hand_file(path: Path, known: Styles, **changes: Any) -> str:
    hand = HandFile(
        seqgen_hand=1,
        name="me",
        model=known.card.name,
        fingerprint=model_fingerprint(read_bundle(known.model)[1]),
        size=3,
        vector=VECTOR,
    )
    path.write_bytes(hand_bytes(msgspec.structs.replace(hand, **changes)))
    return str(path)


def test_names_are_rows_of_the_table(known: Styles) -> None:
    for row, name in enumerate(("none", "ada", "bob")):
        assert style_of(name, known)[0] == name
        np.testing.assert_array_equal(style_of(name, known)[1], known.engine.style(row))
    assert style_of(None, known)[0] == "ada"


def test_a_mix_is_a_weighted_mean_whatever_its_weights_add_up_to(known: Styles) -> None:
    none, ada, bob = (known.engine.style(row) for row in range(3))
    np.testing.assert_allclose(style_of("ada:0.6,bob:0.4", known)[1], 0.6 * ada + 0.4 * bob)
    np.testing.assert_allclose(style_of("ada:3 , bob", known)[1], 0.75 * ada + 0.25 * bob)
    np.testing.assert_allclose(style_of("ada:0,none:2", known)[1], none)


def test_a_hand_file_is_a_style_like_another(known: Styles, tmp_path: Path) -> None:
    mine = hand_file(tmp_path / "me.hand", known)
    name, vector = style_of(mine, known)
    assert (name, vector.tolist()) == (mine, VECTOR)
    mixed = style_of(f"{mine}:0.25,bob:0.75", known)[1]
    expected = 0.25 * np.array(VECTOR) + 0.75 * known.engine.style(2)
    np.testing.assert_allclose(mixed, expected, rtol=1e-6)


def test_a_model_that_was_given_other_hands_still_writes_with_it(
    known: Styles, tmp_path: Path
) -> None:
    from safetensors.numpy import load_file

    from seqgen.core.checkpoint import bundle_bytes

    mine, pruned = hand_file(tmp_path / "me.hand", known), tmp_path / "pruned.safetensors"
    weights = load_file(known.model)
    weights["styles.weight"] = weights["styles.weight"][[0, 2]]
    state = known.card.state | {"styles": ["round"]}
    spec = msgspec.structs.replace(known.engine.spec, styles=2)
    card = msgspec.structs.replace(known.card, state=state, spec=spec)
    pruned.write_bytes(bundle_bytes(card, weights))
    assert style_of(mine, styles_of(pruned))[1].tolist() == VECTOR


def test_a_hand_of_another_model_is_refused_naming_both(known: Styles, tmp_path: Path) -> None:
    other = tiny_pen_bundle(tmp_path / "other.safetensors", seed=1, name="other")
    mine = hand_file(tmp_path / "me.hand", known)
    with pytest.raises(
        ModelError, match=r"me\.hand was fitted for model tiny-hand \(\w{8}\), "
    ) as e:
        style_of(mine, styles_of(other))
    assert "not for other (" in str(e.value)


@pytest.mark.parametrize(
    ("wanted", "error", "message"),
    [
        ("adda", UsageError, "model tiny-hand has no style 'adda', did you mean ada"),
        ("lost.hand", InputFileError, "no such file: lost.hand"),
        ("my/ink.inkml", UsageError, "seqgen hand fit my/ink.inkml -o my/ink.hand"),
        ("ada:0", UsageError, "style 'ada:0' needs weights above 0"),
        ("ada:-1", UsageError, "style 'ada:-1' needs a weight of 0 or more"),
        ("", UsageError, "has no style ''"),
    ],
)
def test_what_is_no_style_is_one_sentence(
    known: Styles, wanted: str, error: type[SeqgenError], message: str
) -> None:
    with pytest.raises(error, match=message):
        style_of(wanted, known)


def test_a_style_of_another_width_is_damage(known: Styles, tmp_path: Path) -> None:
    mine = hand_file(tmp_path / "me.hand", known, size=2, vector=[1.0, 2.0])
    with pytest.raises(InputFileError, match="has 2 numbers, those of model tiny-hand have 3"):
        style_of(mine, known)


def test_only_models_that_read_a_text_write_one(tmp_path: Path) -> None:
    raw = tiny_pen_bundle(tmp_path / "raw.safetensors", codec="raw", alphabet="")
    with pytest.raises(ModelError, match="model tiny-raw reads no text, it cannot write one"):
        writing_state(read_bundle(raw)[0])
