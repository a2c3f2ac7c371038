from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from seqgen.frontends.handwriting.page.word import Word
from seqgen.frontends.handwriting.writing.compose import GAP, MEASURED, SPACE, Redrawn, cut_line
from seqgen.frontends.handwriting.writing.lines import model_lines
from seqgen.frontends.handwriting.writing.plan import plan_text
from tests.frontends.handwriting.writing import made_up
from tests.frontends.handwriting.writing.made_up import paragraphs_of, plan_of, written

MM = 2.5


def compose(
    text: str, size: float = MM, seed: int = 0, without: str = "", **look: Any
) -> list[list[Word]]:
    """The words of a text whose written parts are drawn by ``made_up``."""
    plan = plan_of(text)
    drawn = [written(line, without=without, **look) for line in model_lines(plan)]
    rng = np.random.default_rng(seed)
    return [list(words) for words in paragraphs_of(plan, drawn, size, rng)]


@pytest.mark.parametrize("size", [0.5, 2.5, 40.0])
@pytest.mark.parametrize("look", [{}, {"x_height": 3.0}, {"height": 7.0, "slope": 0.05}])
def test_words_come_in_the_size_asked_for_and_stand_on_their_baseline(
    size: float, look: dict[str, Any]
) -> None:
    [words] = compose("never seem more nice", size, **look)
    assert [word.text for word in words] == ["never", "seem", "more", "nice"]
    for word in words:
        box = word.ink.box()
        assert box.left == pytest.approx(0.0, abs=1e-9)
        assert box.bottom == pytest.approx(0.0, abs=0.1 * size)
        assert box.top == pytest.approx(-size, abs=0.1 * size)


def test_every_word_has_its_place_in_its_paragraph() -> None:
    text = "Dear Ada,\n\nthe year 1905 was good\nand 12 - 13 bad " + "on and on " * 9
    found = compose(text)
    assert [[w.text for w in words] for words in found] == [p.split() for p in text.split("\n")]
    assert all(word.ink for words in found for word in words)


def test_the_space_before_a_word_is_as_it_was_written() -> None:
    [words] = compose("never more nice")
    wanted = (1.0 - 0.6 + made_up.SPACE) * MM  # the last letter is 0.6 of its advance wide
    assert [word.before for word in words[1:]] == pytest.approx([wanted] * 2, rel=0.05)
    assert words[0].before == pytest.approx(wanted, rel=0.05)


def test_the_space_before_a_drawn_word_is_the_median_of_those_written() -> None:
    [words] = compose("never more 1905 nice")
    spaces = [word.before for word in words]
    assert spaces[2] == pytest.approx(spaces[1], rel=0.05)


def test_a_text_that_glyphs_draw_as_a_whole_needs_no_line() -> None:
    [words, more] = compose("1905 - 1907\n2000")
    assert [word.text for word in (*words, *more)] == ["1905", "-", "1907", "2000"]
    assert [word.before for word in words] == [SPACE * MM] * 3
    box = words[0].ink.box()
    assert box.left == pytest.approx(0.0)
    assert MM < box.height < 3 * MM


def test_glyphs_and_written_parts_stand_side_by_side_in_order() -> None:
    [[word]] = compose("abcQde1n")
    strokes = word.ink.strokes
    edges = [(float(stroke[:, 0].min()), float(stroke[:, 0].max())) for stroke in strokes]
    q = len(strokes) - len("abcden") - 1  # 1 is a single stroke
    pieces = [
        edges[:3],
        edges[3 : 3 + q],
        edges[3 + q : 5 + q],
        edges[5 + q : 6 + q],
        edges[6 + q :],
    ]
    assert q >= 1
    for piece, following in pairwise(pieces):
        edge = max(right for _, right in piece)
        begins = min(left for left, _ in following)
        assert begins - edge == pytest.approx(GAP * MM)


def test_the_parts_of_a_long_word_join() -> None:
    text = "nevermore" * 5
    [[word]] = compose(text)
    assert len(word.ink.strokes) == len(text)
    lefts = np.array([stroke[:, 0].min() for stroke in word.ink.strokes])
    assert (np.diff(lefts) > 0).all()
    assert np.diff(lefts).max() < 1.2 * MM


def test_a_mark_lies_over_its_letter_in_the_size_of_the_writing() -> None:
    [[plain]] = compose("never")
    [[marked]] = compose("névèr")
    assert len(marked.ink.strokes) == len(plain.ink.strokes) + 2
    for place, mark in zip((1, 3), marked.ink.strokes[-2:], strict=True):
        letter = marked.ink.strokes[place]
        assert letter[:, 0].min() - 0.3 * MM < mark[:, 0].mean() < letter[:, 0].max() + 0.3 * MM
        assert -2.5 * MM < mark[:, 1].min() < mark[:, 1].max() < -1.0 * MM


def test_a_letter_that_left_no_ink_carries_no_mark() -> None:
    plan = plan_of("né")
    drawn = [written(line, without="e") for line in model_lines(plan)]
    [[word]] = paragraphs_of(plan, drawn, MM, np.random.default_rng(0))
    assert len(word.ink.strokes) == 1


def test_a_mark_that_reaches_out_on_the_left_does_not_move_the_word_out() -> None:
    [[word]] = compose("ü")
    assert word.ink.box().left == pytest.approx(0.0)


def test_a_word_of_which_the_model_left_no_ink_is_drawn_with_glyphs() -> None:
    [words] = compose("never ox nice", without="ox")
    assert [word.text for word in words] == ["never", "ox", "nice"]
    [[glyphs]] = [
        list(p) for p in paragraphs_of(plan_text("ox", ""), [], MM, np.random.default_rng(0))
    ]
    assert words[1].ink.box().width == pytest.approx(glyphs.ink.box().width, rel=0.2)
    assert words[1].before == pytest.approx(words[2].before, rel=0.9)


def test_a_lost_word_is_drawn_as_it_was_typed_with_its_marks() -> None:
    [words] = compose("never öx nice", without="ox")
    [plain] = compose("never ox nice", without="ox")
    assert len(words[1].ink.strokes) > len(plain[1].ink.strokes)
    assert words[1].text == "öx"


def test_glyphs_take_over_the_slant_of_the_hand() -> None:
    text = "never more lovely 1111"
    [upright] = compose(text)
    [leaning] = compose(text, slant=0.5)
    for word, slant in ((upright[-1], 0.0), (leaning[-1], 0.5)):
        stem = max(word.ink.strokes, key=lambda stroke: float(np.ptp(stroke[:, 1])))
        top, foot = stem[stem[:, 1].argmin()], stem[stem[:, 1].argmax()]
        assert (top[0] - foot[0]) / (foot[1] - top[1]) == pytest.approx(slant, abs=0.15)


def test_what_has_no_glyph_becomes_a_box() -> None:
    [[word]] = compose("\u2603")
    assert MM / 2 < word.ink.box().width < 3 * MM


def test_the_same_numbers_give_the_same_ink_and_others_vary_the_glyphs() -> None:
    first, again, other = (compose("né 1905 more", seed=seed) for seed in (1, 1, 2))
    for one, same, differs in zip(first[0], again[0], other[0], strict=True):
        assert [s.tolist() for s in one.ink.strokes] == [s.tolist() for s in same.ink.strokes]
        alike = [s.tolist() for s in one.ink.strokes] == [s.tolist() for s in differs.ink.strokes]
        assert alike == (one.text == "more")


def test_the_size_of_a_hand_is_that_of_all_its_lines() -> None:
    """A line in larger letters stays larger: it is not scaled on its own."""
    plan = plan_of("never seem more nice\nsome more")
    small, large = model_lines(plan)
    lines = [written(small), written(large, x_height=2 * made_up.X)]
    [first, second] = paragraphs_of(plan, lines, MM, np.random.default_rng(0))
    ratio = second[0].ink.box().height / first[0].ink.box().height
    assert ratio == pytest.approx(2.0, rel=0.1)


def test_a_hand_is_measured_on_its_first_lines() -> None:
    plan = plan_of("\n".join(["never seem more nice"] * (MEASURED + 4)))
    lines = [
        written(line, x_height=made_up.X * (1 if k < MEASURED else 2))
        for k, line in enumerate(model_lines(plan))
    ]
    found = paragraphs_of(plan, lines, MM, rng(0))
    heights = [words[0].ink.box().height for words in found]
    assert heights[:MEASURED] == pytest.approx([MM] * MEASURED, rel=0.1)
    assert heights[MEASURED:] == pytest.approx([2 * MM] * 4, rel=0.1)


def test_words_drawn_anew_take_the_place_of_theirs_in_the_size_of_the_whole() -> None:
    plan = plan_of("one two three")
    [line] = model_lines(plan)
    lines, larger = [written(line)], written(line, x_height=2 * made_up.X, joined=True)
    [before] = paragraphs_of(plan, lines, MM, rng(0))
    anew = Redrawn(0, 1, 1, [cut_line(larger)], rng(1))
    [after] = paragraphs_of(plan, lines, MM, rng(0), [anew])
    for k in (0, 2):
        assert [s.tolist() for s in after[k].ink.strokes] == [
            s.tolist() for s in before[k].ink.strokes
        ]
    assert after[1].before == before[1].before
    assert len(after[1].ink.strokes) == 1
    assert after[1].ink.box().width > 1.5 * before[1].ink.box().width  # measured by the old lines


def test_strokes_that_glyphs_drew_are_known_in_a_word_of_both() -> None:
    plan = plan_of("ab7")
    [[word]] = paragraphs_of(plan, [written(line) for line in model_lines(plan)], MM, rng(0))
    assert word.glyphs == frozenset(range(2, len(word.ink.strokes)))


def rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)
