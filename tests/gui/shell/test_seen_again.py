from __future__ import annotations

from PySide6.QtWidgets import QLabel, QStackedWidget
from pytestqt.qtbot import QtBot

from seqgen_gui.shell.seen_again import SeenAgain


def test_a_page_tells_when_it_is_come_back_to(qtbot: QtBot) -> None:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    pages = [QLabel("one"), QLabel("two")]
    for page in pages:
        stack.addWidget(page)
    told: list[int] = []
    seen_again = SeenAgain(pages[0])
    seen_again.happened.connect(lambda: told.append(1))
    stack.show()
    assert told == []
    stack.setCurrentIndex(1)
    assert told == []
    stack.setCurrentIndex(0)
    assert told == [1]
    stack.setCurrentIndex(0)
    assert told == [1]
