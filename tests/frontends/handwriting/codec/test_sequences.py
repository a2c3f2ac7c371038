from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqgen.core.steps import PenSpec, PenSteps
from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.codec.alphabet import UNKNOWN, Alphabet
from seqgen.frontends.handwriting.codec.points import resampled, spread
from seqgen.frontends.handwriting.codec.sequences import (
    InkAugment,
    InkCorpus,
    InkSettings,
    LineSequences,
    decode,
    encode,
    ink_corpus,
    line_units,
    normalised,
)
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.ink.ink import Ink, Stroke
from tests.frontends.handwriting.ink.inks import strokes

NO_TEXT = np.zeros(0, np.int16)
PLAIN = InkAugment()
QUICK = settings(max_examples=40, deadline=None)  # a busy machine is no failure


def scribble(seed: int, points: int = 30, strokes: int = 4) -> Ink:
    """Strokes of small steps to the right, each a little further, in no unit of note."""
    rng = np.random.default_rng(seed)
    walks = [rng.normal((2, 0), 3, (points, 2)).cumsum(0) for _ in range(strokes)]
    return Ink(tuple(walk + np.array((60.0 * k, 0)) for k, walk in enumerate(walks)))


def line(seed: int, text: str = "as is", hand: str = "a", ink: Ink | None = None) -> Line:
    return Line(f"{hand}-{seed}", hand, text, scribble(seed) if ink is None else ink)


def sequences(
    lines: Sequence[Line], augment: InkAugment = PLAIN, hands: Sequence[str] = (), **wanted: Any
) -> LineSequences:
    return LineSequences(lines, InkSettings(**wanted), Alphabet(" ais"), hands, augment)


def drawn(data: LineSequences, count: int) -> list[PenSteps]:
    """The first line, varied again and again."""
    return [data.draw(0, np.random.default_rng(seed)) for seed in range(count)]


def assert_same(one: PenSteps, other: PenSteps) -> None:
    np.testing.assert_array_equal(one.offsets, other.offsets)
    np.testing.assert_array_equal(one.lifts, other.lifts)
    np.testing.assert_array_equal(one.text, other.text)
    assert one.style == other.style


def test_a_step_is_an_offset_and_whether_the_pen_lifts_after_it() -> None:
    ink = Ink((np.array([[5.0, 5], [6, 7], [6, 4]]), np.array([[9.0, 9]]), np.array([[9.0, 8]])))
    steps = encode(ink, "hand", np.array([3], np.int16), 2)
    assert steps.offsets.tolist() == [[1, 2], [0, -3], [3, 5], [0, -1]]
    assert steps.lifts.tolist() == [False, True, True, True]
    assert (steps.text.tolist(), steps.style) == ([3], 2)


def test_raw_offsets_are_standardised_with_one_mean_and_deviation_for_both_axes() -> None:
    ink = Ink((np.array([[0.0, 0], [8.067, 64.104]]),))
    np.testing.assert_allclose(encode(ink, "raw", NO_TEXT).offsets, [[0, 1]], atol=1e-6)


@pytest.mark.parametrize("ink", [Ink(), Ink((np.zeros((1, 2)),))])
def test_ink_of_one_point_or_none_has_no_step(ink: Ink) -> None:
    assert len(encode(ink, "hand", NO_TEXT)) == 0
    assert decode(encode(ink, "hand", NO_TEXT)).points == 1


@QUICK
@given(strokes(8).filter(lambda stroke: len(stroke) > 1), st.lists(strokes(8), max_size=3))
def test_decoding_gives_the_ink_back_from_the_origin(first: Stroke, rest: list[Stroke]) -> None:
    ink = Ink((first, *rest))
    found = decode(encode(ink, "hand", NO_TEXT))
    expected = ink.moved(*-ink.strokes[0][0])
    assert len(found.strokes) == len(expected.strokes)
    for stroke, other in zip(found.strokes, expected.strokes, strict=True):
        np.testing.assert_allclose(stroke, other, atol=1e-3 * (1 + np.abs(other).max()))


def test_decoding_does_not_drift_from_step_to_step() -> None:
    steps = PenSteps(np.full((10_000, 2), 0.1, np.float32), np.zeros(10_000, bool), NO_TEXT)
    np.testing.assert_allclose(decode(steps).strokes[0][-1], 10_000 * np.float32(0.1))


def test_a_dot_that_comes_first_is_joined_to_the_next_stroke() -> None:
    dot_first = Ink((np.zeros((1, 2)), np.ones((2, 2))))
    assert [len(stroke) for stroke in decode(encode(dot_first, "hand", NO_TEXT)).strokes] == [3]


@QUICK
@given(
    st.lists(st.lists(st.integers(1, 40), max_size=4), min_size=1, max_size=4),
    st.sampled_from((0.0, 1.0)),
    st.sampled_from(("hand", "raw")),
    st.sampled_from((1.0, 1.7, 2.0, 16.0)),
    st.integers(0, 99),
)
def test_a_length_is_always_that_of_what_is_drawn(
    sizes: list[list[int]], height: float, codec: str, thin: float, seed: int
) -> None:
    points = np.random.default_rng(seed)
    some = [
        Ink(
            tuple(
                points.integers(-300, 300, (size, 2)) * np.array((1.0, height))
                for size in line_sizes
            )
        )
        for line_sizes in sizes
    ]
    augment = InkAugment(size=0.5, width=0.5, slant=0.5, phase=0.5, no_style=0.5)
    lines = [line(k, ink=ink, hand="ab"[k % 2]) for k, ink in enumerate(some)]
    data = sequences(lines, augment, codec=codec, thin=thin)
    assert len(data) == data.first == len(lines)
    for index in range(len(data)):
        for rng in (None, np.random.default_rng(seed)):
            steps = data.draw(index, rng)
            assert len(steps) == len(steps.offsets) == data.length(index)
            assert np.isfinite(steps.offsets).all()


def test_without_a_generator_nothing_varies() -> None:
    augment = InkAugment(size=0.5, width=0.5, slant=0.5, phase=0.5, no_style=1.0)
    plain, varied = (sequences([line(1)], a, hands=["a"], thin=2) for a in (PLAIN, augment))
    assert_same(plain.draw(0, None), varied.draw(0, None))
    assert_same(plain.draw(0, None), plain.draw(0, np.random.default_rng(1)))
    assert varied.draw(0, None).style == 1


def test_a_line_varies_by_its_generator_alone() -> None:
    data = sequences([line(1)], InkAugment(size=0.2, width=0.2, slant=0.2, phase=0.5), thin=2)
    first, again, other = (data.draw(0, np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert_same(first, again)
    assert not np.allclose(first.offsets, other.offsets)


def test_size_varies_both_axes_alike_within_its_bounds() -> None:
    data = sequences([line(1)], InkAugment(size=0.1))
    plain = data.draw(0, None).offsets
    factors = []
    for steps in drawn(data, 200):
        factor = (steps.offsets * plain).sum() / (plain * plain).sum()
        np.testing.assert_allclose(steps.offsets, factor * plain, atol=1e-5)
        factors.append(factor)
    assert 0.9 <= min(factors) < 0.91
    assert 1.09 < max(factors) <= 1.1


def test_width_varies_across_alone_and_slant_leans() -> None:
    for augment, bound in ((InkAugment(width=0.2), 0.2), (InkAugment(slant=0.3), 0.3)):
        data = sequences([line(1)], augment)
        plain = data.draw(0, None).offsets
        from_axis = plain[:, 0] if augment.width else plain[:, 1]
        shares = []
        for steps in drawn(data, 200):
            np.testing.assert_allclose(steps.offsets[:, 1], plain[:, 1], atol=1e-6)
            added = steps.offsets[:, 0] - plain[:, 0]
            share = (added * from_axis).sum() / (from_axis * from_axis).sum()
            np.testing.assert_allclose(added, share * from_axis, atol=1e-5)
            shares.append(share)
        assert -bound - 1e-6 <= min(shares) < -0.9 * bound
        assert 0.9 * bound < max(shares) <= bound + 1e-6


def test_the_phase_moves_points_along_the_stroke_by_half_a_point_at_most() -> None:
    ink = Ink((np.stack([np.arange(41.0), np.tile([0.0, 1.0], 21)[:41]], axis=1),))
    data = sequences([line(1, ink=ink)], InkAugment(phase=0.5), codec="raw", thin=4)
    first = [(steps.offsets[0, 0] * 56.037 + 8.067) for steps in drawn(data, 100)]
    assert 3.5 <= min(first) < 3.6
    assert 4.4 < max(first) <= 4.5 + 1e-4


def test_raw_ink_keeps_its_size() -> None:
    data = sequences([line(1)], InkAugment(size=0.5, width=0.5, slant=0.5), codec="raw")
    assert_same(data.draw(0, None), data.draw(0, np.random.default_rng(1)))


@pytest.mark.parametrize(("share", "least", "most"), [(0.0, 0, 0), (0.3, 30, 90), (1.0, 200, 200)])
def test_the_style_is_lost_as_often_as_asked(share: float, least: int, most: int) -> None:
    data = sequences([line(1)], InkAugment(no_style=share), hands=["a"])
    lost = sum(steps.style == 0 for steps in drawn(data, 200))
    assert least <= lost <= most


def test_styles_are_numbered_from_one_and_a_strange_hand_is_zero() -> None:
    lines = [line(k, hand=hand) for k, hand in enumerate("bxa")]
    data = sequences(lines, hands=["a", "b"])
    assert [data.draw(k, None).style for k in range(3)] == [2, 0, 1]
    data = sequences(lines, hands=["a", "b"], styles=False)
    assert [data.draw(k, None).style for k in range(3)] == [0, 0, 0]


def test_the_text_is_closed_up_and_encoded() -> None:
    data = sequences([line(1, text="a s , i")])
    assert data.draw(0, None).text.tolist() == [3, 2, 5, UNKNOWN, 2, 4]
    assert len(sequences([line(1)], text=False).draw(0, None).text) == 0


def test_a_hand_is_measured_by_its_own_spread() -> None:
    lines = [line(k, hand="ab"[k % 2]) for k in range(6)]
    large = [
        replace(one, ink=one.ink.scaled(10).moved(5, 5)) if one.hand == "b" else one
        for one in lines
    ]
    ratios = np.array(line_units(large)) / line_units(lines)
    np.testing.assert_allclose(ratios, [1, 10] * 3)
    assert len(set(line_units(lines))) == 2
    for found, expected in zip(normalised(large), normalised(lines), strict=True):
        moved = found.moved(*(expected.strokes[0][0] - found.strokes[0][0]))
        for stroke, other in zip(moved.strokes, expected.strokes, strict=True):
            np.testing.assert_allclose(stroke, other, atol=1e-9)
    assert spread([ink for ink, one in zip(normalised(lines), lines, strict=True)
                   if one.hand == "a"]) == pytest.approx(1, rel=0.05)  # fmt: skip


def test_a_flat_hand_keeps_its_unit() -> None:
    dash = Ink((np.stack([np.arange(20.0), np.zeros(20)], axis=1),))
    lines = [line(1, ink=dash, hand="b"), line(2), line(3, ink=Ink(), hand="c")]
    assert line_units(lines)[0] == line_units(lines)[2] == 1
    np.testing.assert_array_equal(normalised(lines)[0].strokes[0], dash.strokes[0])


def test_hand_steps_are_resampled_in_time() -> None:
    data = sequences([line(1)], thin=2)
    (ink,) = normalised([line(1)])
    thinned = Ink(tuple(resampled(stroke, 2) for stroke in ink.strokes))
    assert_same(data.draw(0, None), encode(thinned, "hand", data.draw(0, None).text))


def corpus(**wanted: Any) -> InkCorpus:
    splits = {
        "train": [line(0, "abba", "b"), line(1, "a c", "a")],
        "valid": [line(2, "abx", "z")],
    }
    return ink_corpus(splits, InkSettings(**wanted), PLAIN)


def test_alphabet_and_styles_are_those_of_what_is_trained_on() -> None:
    found = corpus()
    assert found.spec == PenSpec(characters=6, styles=3)
    assert found.state == {
        "codec": "hand",
        "thin": 1.0,
        "pace": round(240 / 7, 2),
        "alphabet": " abc",
        "counts": {" ": 1, "a": 3, "b": 2, "c": 1},
        "styles": ["a", "b"],
    }
    assert [found.splits["train"].draw(k, None).style for k in range(2)] == [2, 1]
    valid = found.splits["valid"].draw(0, None)
    assert (valid.text.tolist(), valid.style) == ([3, 4, UNKNOWN], 0)


def test_pace_is_how_many_points_were_taken_a_character_whatever_is_kept_of_them() -> None:
    ink = scribble(0)
    twice = Ink(tuple(np.repeat(stroke, 2, axis=0) for stroke in ink.strokes))
    lines = [line(0, "a ( b )", ink=twice), line(1, "abc", ink=scribble(1))]
    assert sequences(lines, thin=4).pace == 240 / 8
    assert corpus(text=False, styles=False).state["pace"] == corpus().state["pace"]


def test_what_is_rare_or_not_asked_for_is_left_out() -> None:
    assert corpus(least=2).state["alphabet"] == "ab"
    bare = corpus(text=False, styles=False)
    assert bare.spec == PenSpec()
    assert (bare.state["alphabet"], bare.state["styles"]) == ("", [])
    assert len(bare.splits["train"].draw(0, None).text) == 0


def test_nothing_to_train_on_is_said() -> None:
    with pytest.raises(InputFileError, match=r"^no line is left to train on$"):
        ink_corpus({"train": [], "valid": [line(1)]}, InkSettings(), PLAIN)
