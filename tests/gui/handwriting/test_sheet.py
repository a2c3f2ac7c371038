from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from seqgen_gui.handwriting.sheet import Columns, Sheet, Word


def word(text: str, line: int, box: QRectF) -> Word:
    return Word(text, 0, 0, line, box, frozenset(), Columns(b"", b"", (), ()), 0, 0)


TALL = word("Ada", 0, QRectF(10, 6, 20, 12))  # 4 mm above the ascender of its line
LOW = word("are", 1, QRectF(10, 30, 20, 3))
RULES = {0: (0, 100, 10, 13, 16, 20), 1: (0, 100, 24, 27, 30, 34)}
SHEET = Sheet(100, 60, (TALL, LOW), tuple(RULES.values()), by_line={0: [TALL], 1: [LOW]})


def at(x: float, y: float) -> str | None:
    found = SHEET.word_at(QPointF(x, y))
    return found.text if found else None


def test_ink_is_of_its_word_wherever_it_reaches() -> None:
    assert at(15, 6.5) == "Ada"


def test_a_word_is_met_between_the_rules_of_its_line_too() -> None:
    assert at(15, 25) == "are"
    assert at(15, 19) == "Ada"


def test_near_a_word_is_enough_and_far_from_all_is_none() -> None:
    assert at(31, 12) == "Ada"
    assert at(33, 12) is None
    assert at(15, 45) is None
