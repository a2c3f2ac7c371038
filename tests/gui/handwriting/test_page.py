"""The place Handwriting, with a worker that answers when it is told to."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seqgen_gui.handwriting import colours
from seqgen_gui.handwriting.page import HandwritingPage
from seqgen_gui.handwriting.sheet import Word
from seqgen_gui.shell.window import MainWindow
from tests.gui.handwriting.letters import FakeRequests, letter_of

TEXT = "Dear Ada 12\nonce more"
SHEETS = "handwriting_sheets"


def type_text(page: HandwritingPage, text: str = TEXT) -> None:
    page.parts.editor.setPlainText(text)


def answer(requests: FakeRequests) -> None:
    asked = requests.last(SHEETS)
    asked.answer(letter_of(asked.request))


@pytest.fixture
def letter(page: HandwritingPage, requests: FakeRequests) -> HandwritingPage:
    """The page with a letter on it."""
    type_text(page)
    page.actions_.write.trigger()
    answer(requests)
    return page


def words(page: HandwritingPage) -> tuple[Word, ...]:
    assert page.flow.written is not None
    return page.flow.written.sheets[0].words


def place_of(page: HandwritingPage, word: Word) -> QPoint:
    canvas = page.canvas
    return (canvas._place(0).topLeft() + word.box.center() * canvas.scale).toPoint()


def test_without_a_text_there_is_nothing_to_write(page: HandwritingPage) -> None:
    assert not page.actions_.write.isEnabled()
    type_text(page)
    assert page.actions_.write.isEnabled()
    type_text(page, " \n")
    assert not page.actions_.write.isEnabled()


def test_a_text_is_written_as_the_settings_say(
    page: HandwritingPage, requests: FakeRequests
) -> None:
    type_text(page)
    page._set({"style": "ada", "other": "bob", "mix": 0.25, "temperature": 0.5})
    page._set({"page": "a4", "x_height": 3.0, "guides": True})
    page.actions_.write.trigger()
    request = requests.last(SHEETS).request
    assert (request.text, request.style) == (TEXT, "ada:0.75,bob:0.25")
    assert (request.page, request.x_height, request.temperature) == ("a4", 3.0, 0.5)
    assert request.seed is not None
    answer(requests)
    assert [word.text for word in words(page)] == TEXT.split()
    assert page.flow.state.settings.seed == request.seed


def test_what_glyphs_draw_is_named_and_can_be_seen(letter: HandwritingPage) -> None:
    assert letter.parts.note.text().endswith("never learned them: 1  2")
    assert letter.parts.note.isVisible()
    year = words(letter)[2]
    assert (year.text, year.ink.isEmpty(), year.glyph.isEmpty()) == ("12", True, False)
    letter.show_glyphs(True)
    assert colour_at(letter, year) == colours.GLYPH
    letter.show_glyphs(False)
    assert colour_at(letter, year) != colours.GLYPH


def colour_at(page: HandwritingPage, word: Word) -> QColor:
    """The colour of the ink of a word, large enough to hit it."""
    from seqgen_gui.handwriting.outputs import image_of

    image = image_of(page.flow.written.sheets[0], page.canvas.look, 600)  # type: ignore[union-attr]
    at = word.strokes[0].at(0) * 600 / 25.4
    return image.pixelColor(at.toPoint())


def test_the_summary_tells_lifts_and_the_time_to_plot(letter: HandwritingPage) -> None:
    text = letter.parts.status.text()
    assert "148 x 210 mm · 1 page · 2 lines · 1.2 m of ink · 17 pen lifts" in text
    assert "plots in 1 min 35 s or more" in text


def test_stopping_keeps_what_was_there(letter: HandwritingPage, requests: FakeRequests) -> None:
    before = letter.flow.written
    type_text(letter, "another")
    letter.actions_.write.trigger()
    letter.actions_.stop.trigger()
    assert requests.last(SHEETS).cancelled
    assert letter.flow.written is before
    assert letter.flow.state.letter is not None
    assert letter.flow.state.letter.text == TEXT
    assert letter.actions_.write.isEnabled()


def test_a_failure_is_told_and_the_page_stays(
    letter: HandwritingPage, requests: FakeRequests, window: MainWindow
) -> None:
    letter.actions_.anew.trigger()
    requests.last(SHEETS).on_error("the word is too wide")
    assert [notice.text for notice in window.notices.shown] == ["The word is too wide"]
    assert letter.flow.written is not None


def test_a_click_redraws_the_word_and_shift_its_line(
    letter: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    word = words(letter)[1]
    QTest.mouseClick(
        letter.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place_of(letter, word)
    )
    [redraw] = requests.last(SHEETS).request.redraws
    assert (redraw.paragraph, redraw.first, redraw.last) == (0, 1, 1)
    answer(requests)
    shift = Qt.KeyboardModifier.ShiftModifier
    at = place_of(letter, words(letter)[1])
    QTest.mouseClick(letter.canvas.viewport(), Qt.MouseButton.LeftButton, shift, at)
    [redraw] = requests.last(SHEETS).request.redraws  # the word is part of the line
    assert (redraw.paragraph, redraw.first, redraw.last) == (0, 0, 2)
    answer(requests)
    assert letter.flow.state.letter is not None
    assert letter.flow.state.letter.redraws == (redraw,)


def test_words_are_gone_to_and_redrawn_by_keys(
    letter: HandwritingPage, requests: FakeRequests
) -> None:
    canvas, key = letter.canvas, Qt.Key

    def picked() -> str:
        return canvas.picker.word.text if canvas.picker.word else ""

    canvas.setFocus()
    for pressed, word in (
        (key.Key_Right, "Dear"),
        (key.Key_Right, "Ada"),
        (key.Key_Down, "more"),
        (key.Key_Down, "more"),
        (key.Key_Left, "once"),
        (key.Key_Up, "Dear"),
        (key.Key_Left, "Dear"),
        (key.Key_Right, "Ada"),
    ):
        QTest.keyClick(canvas, pressed)
        assert picked() == word
    QTest.keyClick(canvas, key.Key_Return)
    [redraw] = requests.last(SHEETS).request.redraws
    assert (redraw.paragraph, redraw.first, redraw.last) == (0, 1, 1)
    answer(requests)
    QTest.keyClick(canvas, key.Key_Down)
    QTest.keyClick(canvas, key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    last = requests.last(SHEETS).request.redraws[-1]
    assert (last.paragraph, last.first, last.last) == (0, 0, 2)


def test_a_redraw_keeps_seed_text_and_style(
    letter: HandwritingPage, requests: FakeRequests
) -> None:
    first = requests.last(SHEETS).request
    type_text(letter, "typed since")
    letter.flow.redraw(1, 0, 0)
    second = requests.last(SHEETS).request
    assert msgspec.structs.replace(second, redraws=()) == first


def test_another_layout_asks_for_the_same_ink(
    letter: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    first = requests.last(SHEETS).request
    letter._set({"margin": 20.0})
    letter._set({"margin": 25.0})
    qtbot.waitUntil(lambda: len(requests.all(SHEETS)) == 2)
    assert requests.last(SHEETS).request == msgspec.structs.replace(first, margin=25.0)
    answer(requests)
    assert letter.flow.state.letter is not None


def test_pen_and_guides_are_painted_without_asking(
    letter: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    letter._set({"pen_width": 1.0, "colour": "#aa0000", "guides": True})
    qtbot.wait(200)
    assert len(requests.all(SHEETS)) == 1
    look = letter.canvas.look
    assert (look.colour, look.width, look.guides) == ("#aa0000", 1.0, True)


def test_a_locked_seed_is_used_again_unless_it_is_to_be_written_anew(
    letter: HandwritingPage, requests: FakeRequests
) -> None:
    seed = requests.last(SHEETS).request.seed
    letter._set({"locked": True})
    letter.actions_.write.trigger()
    assert requests.last(SHEETS).request.seed == seed
    answer(requests)
    letter.actions_.anew.trigger()
    assert requests.last(SHEETS).request.seed != seed


def test_a_page_that_shows_an_older_text_says_so(letter: HandwritingPage) -> None:
    assert letter.parts.hint.text() == ""
    type_text(letter, "other words")
    assert letter.parts.hint.text() == "The page shows an older text or hand."


def test_the_page_is_copied_as_a_picture_of_its_size(letter: HandwritingPage) -> None:
    letter.actions_.copy_png.trigger()
    image = QGuiApplication.clipboard().image()
    assert image.width() == round(148 / 25.4 * 300)


def test_zoom_keeps_the_place_under_the_pointer_and_fit_shows_all(
    letter: HandwritingPage,
) -> None:
    canvas = letter.canvas
    at = QPointF(place_of(letter, words(letter)[0]))
    canvas.zoom(4.0, at)
    near = QPointF(place_of(letter, words(letter)[0])) - at
    assert near.manhattanLength() < 3
    canvas.fit()
    assert canvas.viewport().rect().contains(canvas._place(0).toAlignedRect())


def test_lines_that_may_not_read_well_are_told_below_the_text(
    page: HandwritingPage, requests: FakeRequests
) -> None:
    type_text(page, "Ada")
    page.actions_.write.trigger()
    asked = requests.last(SHEETS)
    asked.answer(msgspec.structs.replace(letter_of(asked.request), faults={"skipped": 2}))
    assert page.parts.note.text() == "2 lines may not read well, a click draws a word anew"
