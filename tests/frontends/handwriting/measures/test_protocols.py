from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from seqgen.core.pen_engine import Mixture
from seqgen.errors import UsageError
from seqgen.frontends.handwriting.codec.sequences import RAW_MEAN, RAW_STD
from seqgen.frontends.handwriting.codec.state import InkState
from seqgen.frontends.handwriting.measures.protocols import explain, find_protocol


def state(codec: Any, **changes: Any) -> InkState:
    known: dict[str, Any] = {"thin": 2.0, "alphabet": "", "counts": {}, "styles": []}
    return InkState(codec=codec, **(known | changes))


@pytest.mark.parametrize(
    ("codec", "name", "found"),
    [
        ("raw", None, "vrnn"),
        ("hand", None, "points"),
        ("raw", "points", "points"),
        ("raw", "vrnn", "vrnn"),
    ],
)
def test_each_codec_has_protocols_and_one_by_default(
    codec: str, name: str | None, found: str
) -> None:
    assert find_protocol(state(codec), name).name == found


@pytest.mark.parametrize(
    ("codec", "name", "message"),
    [
        (
            "hand",
            "vrnn",
            "protocol vrnn is not defined for models of codec hand.* allowed: points",
        ),
        ("hand", "point", "no protocol for models of handwriting is called 'point', did you mean"),
    ],
)
def test_what_is_not_defined_is_one_sentence(codec: str, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        find_protocol(state(codec), name)


def test_the_sentence_says_what_the_model_sees_and_is_told() -> None:
    hand = state("hand", alphabet="ab", styles=["ada"])
    told = explain(find_protocol(hand, None), hand, text=True)
    assert "one point of 2, offsets in spreads of the hand" in told
    assert told.endswith(
        "its text and the style vector of its hand where the model has one, else that of no hand"
    )
    told = explain(find_protocol(state("raw"), None), state("raw"), text=False)
    assert "density of v = (d - 8.067) / 56.037 on both axes" in told
    assert told.endswith("known of a line: no text")


def test_turning_y_up_before_the_shift_keeps_every_density() -> None:
    """The change of variables that the protocol vrnn states, on a mixture and its mirror image."""
    rng = np.random.default_rng(0)
    pi, rho = rng.normal(size=(5, 3)), rng.uniform(-0.9, 0.9, (5, 3))
    mu, sigma = rng.normal(size=(5, 3, 2)), rng.uniform(0.1, 2, (5, 3, 2))
    lift = rng.normal(size=5)
    offsets, lifts = rng.normal(0, 40, (5, 2)), rng.random(5) < 0.5

    down = (offsets - RAW_MEAN) / RAW_STD
    up = (offsets * [1, -1] - RAW_MEAN) / RAW_STD
    mirrored = mu * [1, -1] - [0, 2 * RAW_MEAN / RAW_STD]
    ours = mixture(pi, mu, sigma, rho, lift).nll(steps(down, lifts))
    published = mixture(pi, mirrored, sigma, -rho, lift).nll(steps(up, lifts))
    np.testing.assert_allclose(ours, published, rtol=1e-4)
    unturned = mixture(pi, mirrored, sigma, -rho, lift).nll(steps(down, lifts))
    assert not np.allclose(ours, unturned, rtol=1e-2)


def mixture(*parts: Any) -> Mixture:
    return Mixture(*(np.asarray(part, np.float32) for part in parts))


def steps(offsets: Any, lifts: Any) -> Any:
    return np.column_stack([offsets, lifts]).astype(np.float32)
