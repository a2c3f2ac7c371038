from __future__ import annotations

import string
import unicodedata
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqgen.errors import UsageError
from seqgen.frontends.handwriting.glyphs.glyph import mark_named
from seqgen.frontends.handwriting.glyphs.marks import knows, mark_of
from seqgen.frontends.handwriting.writing.plan import (
    LONGEST_PART,
    LONGEST_TEXT,
    Part,
    Plan,
    PlannedWord,
    learned_characters,
    plan_text,
)

LEARNED = frozenset(string.ascii_letters.replace("Q", "").replace("X", "") + ".,'\"-?!:;()")
BLANK = "".join(
    c for c in map(chr, range(0x3100)) if c.isspace() and unicodedata.category(c) != "Cc"
)
LATIN = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]  # no soft hyphen
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"], max_codepoint=0x2FFFF), min_size=1)


def plan(text: str) -> Plan:
    return plan_text(text, LEARNED)


def word(text: str) -> PlannedWord:
    [[found]] = plan(text).paragraphs
    return found


def split(text: str) -> list[tuple[str, bool]]:
    return [(part.text, part.written) for part in word(text).parts]


def typed(part: Part) -> str:
    """The characters of a part with the marks put back on."""
    marks = dict(part.marks)
    letters = [
        next(c for c in map(chr, range(0x250)) if mark_of(c) == (letter, marks[place]))
        if place in marks
        else letter
        for place, letter in enumerate(part.text)
    ]
    return "".join(letters)


def test_a_learned_word_is_written_whole_with_its_punctuation() -> None:
    assert split("don't,") == [("don't,", True)]


def test_words_and_paragraphs_are_those_of_the_text() -> None:
    found = plan("\n\nDear  Ada,\tI am\u00a0here.\r\n\r\nBye\rnow \n").paragraphs
    words = [[one.text for one in paragraph] for paragraph in found]
    assert words == [["Dear", "Ada,", "I", "am", "here."], [], ["Bye"], ["now"]]


def test_every_blank_parts_words() -> None:
    words = plan(BLANK.join(["one", "two", "three"])).paragraphs
    assert [[one.text for one in paragraph] for paragraph in words] == [["one", "two", "three"]]


def test_what_the_model_has_not_learned_is_drawn_between_written_parts() -> None:
    assert split("abcQdef") == [("abc", True), ("Q", False), ("def", True)]
    assert split("(see-12)a") == [("(see-", True), ("12", False), (")a", True)]


@pytest.mark.parametrize("text", ["1905", "Q1", "a1", "(12)", "1905.", "Q.", "x\u0301", "aXbX,"])
def test_a_word_that_is_drawn_by_half_is_drawn_as_a_whole(text: str) -> None:
    assert split(text) == [(unicodedata.normalize("NFC", text), False)]


def test_a_third_is_not_half() -> None:
    assert split("ab1") == [("ab", True), ("1", False)]


@pytest.mark.parametrize("text", ["-", "...", "?!", "(", "'\"'", "\u201d"])
def test_punctuation_alone_is_drawn(text: str) -> None:
    [part] = word(text).parts
    assert not part.written
    assert not plan(text).missing


def test_punctuation_behind_a_glyph_is_drawn_with_it() -> None:
    assert split("abc1.") == [("abc", True), ("1.", False)]
    assert split("ab.1,cd") == [("ab.", True), ("1", False), (",cd", True)]


def test_a_letter_with_a_mark_is_written_without_it_and_the_mark_named() -> None:
    assert word("über").parts == (Part("uber", True, ((0, "diaeresis"),)),)
    assert word("cañón").parts == (Part("canon", True, ((2, "tilde"), (3, "acute"))),)
    assert word("cañón") == word(unicodedata.normalize("NFD", "cañón"))


def test_a_capital_with_a_mark_is_drawn_whole() -> None:
    assert split("Über") == [("Ü", False), ("ber", True)]


def test_a_mark_above_i_or_j_is_left_to_glyphs_for_the_model_would_write_the_dot() -> None:
    assert split("fía") == [("f", True), ("í", False), ("a", True)]
    assert split("maïs") == [("ma", True), ("ï", False), ("s", True)]


def test_a_mark_on_a_letter_that_is_not_learned_is_left_to_glyphs() -> None:
    learned = LEARNED - {"u"}
    [[found]] = plan_text("über", learned).paragraphs
    assert [(part.text, part.written) for part in found.parts] == [("ü", False), ("ber", True)]


def test_typographic_quotes_are_those_of_the_model() -> None:
    assert split("\u201cdon\u2019t\u201d") == [('"don\'t"', True)]


@pytest.mark.parametrize("length", [1, 23, 24, 25, 48, 49, 400])
def test_a_long_word_is_written_in_parts_of_about_the_same_length(length: int) -> None:
    text = (string.ascii_lowercase * 16)[:length]
    parts = word(text).parts
    lengths = [len(part.text) for part in parts]
    assert "".join(part.text for part in parts) == text
    assert len(parts) == -(-length // LONGEST_PART)
    assert max(lengths) - min(lengths) <= 1
    assert all(part.written for part in parts)


def test_marks_keep_their_letters_where_a_long_word_is_parted() -> None:
    parts = word("é" * 30 + "a" * 30).parts
    assert [typed(part) for part in parts] == ["é" * 20, "é" * 10 + "a" * 10, "a" * 20]


def test_glyphs_and_missing_characters_are_counted() -> None:
    found = plan("In 1905 and 2055\u00e6 \u2603\U0001f600 \u2603")
    assert found.glyphs == Counter("19052055\u00e6")
    assert found.missing == Counter({"\u2603": 2, "\U0001f600": 1})


@pytest.mark.parametrize("text", ["", " ", "\n \t\n", "\u00a0\u2003", "\u200d\ufeff", "\ufe0f"])
def test_a_text_without_ink_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^the text is empty, there is nothing to write$"):
        plan(text)


@pytest.mark.parametrize("code", [0x00, 0x07, 0x0B, 0x0C, 0x1B, 0x7F, 0x85, 0xD800])
def test_a_control_character_is_named_with_its_place(code: int) -> None:
    with pytest.raises(UsageError) as told:
        plan(f"Dear\n{chr(code)}Ada")
    message = f"the text holds the control character U+{code:04X} at place 6"
    assert str(told.value) == message


def test_a_text_may_be_long_but_not_endless() -> None:
    with pytest.raises(UsageError, match=r"^the text has 1000001 characters, at most 1000000 are"):
        plan("a" * (LONGEST_TEXT + 1))


def test_thirty_thousand_characters_are_planned() -> None:
    found = plan("The quick brown fox, über 12 lazy dogs. " * 750)
    assert sum(map(len, found.paragraphs)) == 8 * 750
    assert found.glyphs == Counter({"1": 750, "2": 750})


def test_signs_that_leave_no_ink_are_left_out() -> None:
    assert word("a\u200db\u00ad\ufeffc\ufe0f").text == "abc"
    assert split("\U0001f468\u200d\U0001f469") == [("\U0001f468\U0001f469", False)]


@pytest.mark.parametrize(
    "text", ["שלום", "مرحبا", "日本", "x\u0489", "\u0301", "\U0001f1e9", "\ufffe"]
)
def test_what_has_no_glyph_is_drawn_as_boxes_and_named(text: str) -> None:
    found = plan(text)
    assert set(found.missing) == {c for c in text if not knows(c)} != set()
    [[one]] = found.paragraphs
    assert [(part.text, part.written) for part in one.parts] == [(text, False)]


@pytest.mark.parametrize("code", LATIN)
def test_every_character_of_latin_1_has_ink(code: int) -> None:
    found = plan(chr(code))
    assert not found.missing
    [[one]] = found.paragraphs
    assert len(one.parts) == 1


@given(TEXTS)
def test_every_character_is_written_or_drawn_or_named_and_in_order(text: str) -> None:
    found = plan(text + "x")
    drawn = Counter[str]()
    for one in (one for paragraph in found.paragraphs for one in paragraph):
        assert one.text == "".join(typed(p) if p.written else p.text for p in one.parts)
        assert one.parts
        assert all(a.written or b.written for a, b in pairwise(one.parts))
        for part in one.parts:
            assert part.text
            if not part.written:
                drawn.update(part.text)
                assert not part.marks
                continue
            assert set(part.text) <= LEARNED
            assert len(part.text) <= LONGEST_PART
            assert all(mark_named(name).traces for _, name in part.marks)
    assert drawn == found.glyphs + found.missing
    assert all(map(knows, found.glyphs))
    assert not any(map(knows, found.missing))


def test_what_is_learned_is_seen_often_enough() -> None:
    counts = {"a": 100, "b": 99, ".": 100, "1": 9000, "é": 9000, " ": 9000, "\u00df": 9000}
    many = {"c": 400_000}
    assert learned_characters(counts | many) == {"a", ".", "c"}


@pytest.mark.parametrize(("total", "least"), [(1000, 8), (16_000, 8), (60_000, 30), (10**6, 100)])
def test_in_a_small_corpus_less_is_often(total: int, least: int) -> None:
    counts = {"a": least, "b": least - 1, "e": total - 2 * least + 1}
    assert learned_characters(counts) == {"a", "e"}


def test_nothing_is_learned_from_nothing() -> None:
    assert learned_characters({}) == frozenset()
    [[one]] = plan_text("Ada", frozenset()).paragraphs
    assert one.parts == (Part("Ada", written=False),)


def test_capitals_side_by_side_are_drawn() -> None:
    assert split("NATO") == [("NATO", False)]
    assert split("USA-wide") == [("USA", False), ("-wide", True)]
    assert split("McDonald") == [("McDonald", True)]
    assert split("I") == [("I", True)]
