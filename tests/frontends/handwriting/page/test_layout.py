from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqgen.frontends.handwriting.page.laid import LaidLine, LaidPage
from seqgen.frontends.handwriting.page.page import ALIGNMENTS, PageSettings
from seqgen.frontends.handwriting.page.word import Paragraph, Word
from tests.frontends.handwriting.page.made_up import (
    box,
    filled,
    finished,
    laid,
    lay_out,
    lines_of,
    nothing,
    wave,
)

LESS = 1e-6  # mm, for rounding

sizes = st.floats(0.0, 40.0)
inks = st.builds(
    box,
    width=sizes,
    above=st.floats(-5.0, 30.0),
    below=st.floats(5.0, 20.0),
    before=st.floats(-50, 50),
)
paragraphs = st.lists(inks | st.builds(wave, sizes) | st.just(nothing()), max_size=12).map(tuple)
pages = st.builds(
    PageSettings,
    size=st.sampled_from(["fit", "70x90", "a6", "a6-landscape"]),
    margins=st.tuples(*[st.floats(0.0, 10.0)] * 4) | st.none(),
    x_height=st.floats(0.5, 5.0),
    line_pitch=st.floats(5.0, 30.0),
    align=st.sampled_from(ALIGNMENTS),
    wander=st.floats(0.0, 1.0),
    paragraph_gap=st.floats(0.0, 30.0),
    fit_width=st.floats(5.0, 200.0),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(paragraphs, max_size=6), pages, st.integers(0, 2**32))
def test_no_ink_ever_lies_in_a_margin_and_no_word_is_lost(
    text: list[Paragraph], page_settings: PageSettings, seed: int
) -> None:
    found = lay_out(text, page_settings, np.random.default_rng(seed))
    top, right, bottom, left = page_settings.edges
    for page in found:
        if page.ink:
            box = page.ink.box()
            assert box.left >= left - LESS
            assert box.top >= top - LESS
            assert box.right <= page.width - right + LESS
            assert box.bottom <= page.height - bottom + LESS
    written = [(i, j, word.text) for i, line in enumerate(text) for j, word in enumerate(line)]
    placed = [word for line in lines_of(found) for word in line.words]
    assert [(word.paragraph, word.word, word.text) for word in placed] == written


def drift(line: LaidLine, text: list[Paragraph]) -> list[list[float]]:
    """How far each point of a line was brought below the baseline, by stroke."""
    return [
        (laid[:, 1] - line.baseline - made[:, 1]).tolist()
        for word in line.words
        for laid, made in zip(
            word.ink.strokes, text[word.paragraph][word.word].ink.strokes, strict=True
        )
    ]


LETTER: list[Paragraph] = [
    tuple(wave(10 + (i * 7) % 13, text=f"w{i}") for i in range(30)),
    (),
    tuple(wave(9 + (i * 5) % 11, text=f"v{i}") for i in range(20)),
]


def test_one_short_line_makes_one_tight_page() -> None:
    (page,) = laid((box(20), box(16)), margins=(1, 2, 3, 4), x_height=2)
    found = page.ink.box()
    assert (found.left, found.top) == pytest.approx((4, 1))
    assert page.width == pytest.approx(found.right + 2)
    assert page.height == pytest.approx(found.bottom + 3, abs=0.01)
    assert found.width == pytest.approx(40)


def test_the_sides_of_a_page_that_fits_are_rounded_up_to_hundredths() -> None:
    (page,) = laid((box(20.1234, above=3.3333),), margins=5, wander=0)
    assert (page.width, page.height) == (30.13, 13.34)
    (page,) = laid((box(20, above=3),), margins=5, wander=0)
    assert (page.width, page.height) == (30, 13)


@pytest.mark.parametrize("text", [[], [()], [()] * 1000, [(nothing(),)]])
@pytest.mark.parametrize("size", ["a4", "fit"])
def test_a_text_without_ink_makes_one_blank_page(text: list[Paragraph], size: str) -> None:
    (page,) = laid(*text, size=size, margins=0)
    assert not page.ink
    if size == "a4":
        assert (page.width, page.height) == (210, 297)
    else:
        assert page.width == 5
        assert page.height >= 5


def test_a_sheet_keeps_its_size_and_fills_page_after_page() -> None:
    found = laid(*[(box(20),)] * 100, size="a5", x_height=2)
    assert [(page.width, page.height) for page in found] == [(148, 210)] * len(found)
    counts = [len(page.lines) for page in found]
    assert counts[:-1] == [30] * 3  # (210 - 2 * 14.8 - 6) / 6 pitches, and the first line
    assert sum(counts) == 100
    firsts = {page.lines[0].baseline for page in found}
    assert firsts == {14.8 + 4}


def test_lines_say_where_they_are_in_the_text() -> None:
    lines = lines_of(laid(*LETTER, size="a6"))
    assert [line.number for line in lines if line.paragraph == 0] == list(range(8))
    blank = [line for line in lines if not line.words]
    assert [(line.paragraph, line.number) for line in blank] == [(1, 0)]
    assert [line.baseline for line in lines] == sorted(line.baseline for line in lines)


def test_ink_is_in_writing_order() -> None:
    (page,) = laid((box(5), wave(5)), (wave(3),))
    assert [len(stroke) for stroke in page.ink.strokes] == [5, 1, 20, 20]
    joined = [stroke for line in page.lines for stroke in line.ink.strokes]
    assert all((a == b).all() for a, b in zip(page.ink.strokes, joined, strict=True))


def test_without_wander_ink_is_moved_and_nothing_else() -> None:
    for page in laid(*LETTER, size="a5", wander=0, margins=10):
        for line in page.lines:
            assert line.ink.strokes[0][0, 0] == 10 if line.words else True
            for word in line.words:
                made = LETTER[word.paragraph][word.word].ink.strokes[0]
                moved = word.ink.strokes[0] - (word.ink.strokes[0][0, 0], line.baseline)
                np.testing.assert_allclose(moved, made, rtol=0, atol=1e-12)


def test_with_wander_lines_are_bent_a_little() -> None:
    (page,) = laid(*LETTER, size="a5", x_height=2, wander=0.25)
    drifts = [d for line in page.lines for stroke in drift(line, LETTER) for d in stroke]
    assert 0.2 < np.abs(drifts).max() <= 0.5
    starts = [line.ink.box().left for line in page.lines if line.words]
    assert len(set(starts)) == len(starts)


def as_bytes(pages: tuple[LaidPage, ...]) -> bytes:
    return b"".join(stroke.tobytes() for page in pages for stroke in page.ink.strokes)


def test_one_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    assert as_bytes(laid(*LETTER, seed=3)) == as_bytes(laid(*LETTER, seed=3))
    assert as_bytes(laid(*LETTER, seed=3)) != as_bytes(laid(*LETTER, seed=4))


def test_layout_takes_one_number_from_the_generator() -> None:
    rng, same = np.random.default_rng(1), np.random.default_rng(1)
    lay_out(LETTER, PageSettings(), rng)
    same.integers(2**63)
    assert rng.integers(2**63) == same.integers(2**63)


def test_a_word_that_is_replaced_changes_nothing_on_other_lines() -> None:
    old = lines_of(laid(*LETTER, size="a5", x_height=2, wander=0.3))
    line, word = old[1], old[1].words[2].word
    changed = list(LETTER[0])
    changed[word] = box(LETTER[0][word].ink.box().width, text="new", above=3)
    new = lines_of(laid(tuple(changed), *LETTER[1:], size="a5", x_height=2, wander=0.3))
    for before, after in zip(old, new, strict=True):
        if before is not line:
            assert before.baseline == after.baseline
            assert [w.text for w in before.words] == [w.text for w in after.words]
            for a, b in zip(before.ink.strokes, after.ink.strokes, strict=True):
                assert (a == b).all()
    assert [w.text for w in new[1].words][2] == "new"


def test_a_paragraph_that_wraps_anew_leaves_the_wander_of_the_others() -> None:
    longer = [(*LETTER[0], *[wave(15)] * 20), *LETTER[1:]]
    old, new = (
        [line for line in lines_of(laid(*text, size="a5")) if line.paragraph == 2]
        for text in (LETTER, longer)
    )
    assert old[0].baseline != new[0].baseline
    for before, after in zip(old, new, strict=True):
        for a, b in zip(drift(before, LETTER), drift(after, longer), strict=True):
            np.testing.assert_allclose(a, b, rtol=0, atol=1e-9)


def test_guides_follow_each_line_across_the_text() -> None:
    (page,) = laid((box(20),), (), (box(9),), size="a6", margins=10, x_height=2, wander=1)
    assert len(page.guides) == len(page.lines) == 3
    for rules, line in zip(page.guides, page.lines, strict=True):
        assert (rules.left, rules.right) == (10, 95)
        assert rules.baseline == line.baseline
        assert rules.baseline - rules.x_height == pytest.approx(2)
        assert rules.baseline - rules.ascender == pytest.approx(4)
        assert rules.descender - rules.baseline == pytest.approx(2)


def test_guides_of_a_page_that_fits_are_as_wide_as_its_widest_line() -> None:
    (page,) = laid((box(20),), (box(30),), margins=5)
    assert {(rules.left, rules.right) for rules in page.guides} == {(5, 35)}


def test_lines_of_a_page_that_fits_are_aligned_to_the_widest() -> None:
    (page,) = laid((box(10),), (box(30),), margins=5, wander=0, align="right")
    assert [line.ink.box().right for line in page.lines] == [35, 35]


def test_words_without_ink_at_the_end_do_not_disturb_right_alignment() -> None:
    words = (box(20), nothing(), nothing())
    (page,) = laid(words, size="a6", margins=10, wander=0, align="right")
    assert page.ink.box().right == pytest.approx(95)
    assert [word.text for word in page.lines[0].words] == ["box", "?", "?"]


def test_one_dot_on_a_page_without_margins_still_makes_a_page() -> None:
    dot = Word(".", wave(0).ink, 0)
    (page,) = laid((dot,), margins=0)
    assert (page.width, page.height) == (5, 5)


def test_a_long_text_loses_nothing() -> None:
    text: Paragraph = tuple(box(3 + i % 17) for i in range(2000))
    found = laid(text, size="a5")
    assert sum(len(line.words) for line in lines_of(found)) == 2000
    assert len({id(line) for line in lines_of(found)}) == sum(len(p.lines) for p in found)


def test_a_thousand_paragraphs_fill_page_after_page() -> None:
    found = laid(*[(box(5),)] * 1000, size="a4", margins=21, x_height=2.5, line_pitch=7.5)
    counts = [len(page.lines) for page in found]
    assert counts == [34] * 29 + [14]  # 7.5 mm of ascenders and descenders, and 33 pitches


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_a_line_has_its_place_before_the_text_ends(align: str) -> None:
    settings = PageSettings(size="a6", align=align)
    layout, placed = filled(LETTER, settings, np.random.default_rng(1))
    pages = finished(layout)
    assert [one.page for one in placed] == [
        number for number, page in enumerate(pages) for _ in page.lines
    ]
    for one, line, rules in zip(
        placed, lines_of(pages), [g for page in pages for g in page.guides], strict=True
    ):
        assert one.line.baseline == line.baseline
        assert one.rules == rules
        for told, kept in zip(one.line.ink.strokes, line.ink.strokes, strict=True):
            np.testing.assert_array_equal(told, kept)


def test_the_tip_is_where_the_next_word_comes_to_stand() -> None:
    settings = PageSettings(size="a6", wander=0.0)
    layout, placed = filled((), settings, np.random.default_rng(1))
    top, _, _, left = settings.edges
    assert layout.tip == (0, top + 2 * settings.x_height, left)
    words = [box(20)] * 60
    for word in words:
        page, baseline, across = layout.tip
        before = len(placed)
        placed += layout.add(word)
        if len(placed) == before:
            assert layout.tip[:2] == (page, baseline)
            assert layout.tip[2] > across
    placed += layout.end_paragraph()
    assert {one.page for one in placed} == {0, 1}
    assert placed[0].line.baseline == top + 2 * settings.x_height
