from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from seqgen.config import HandResult, Progress
from seqgen.ink_sheets import HandwritingStyles, StyleSample
from seqgen_gui.handwriting.capture import CaptureDialog
from seqgen_gui.handwriting.capture_pad import CapturePad
from seqgen_gui.handwriting.fitting import DRAFT
from seqgen_gui.shell.window import MainWindow
from tests.gui.handwriting.letters import FakeRequests

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(window: MainWindow, requests: FakeRequests, tmp_path: Path) -> CaptureDialog:
    context = replace(window.context, requests=requests)
    dialog = CaptureDialog(window, context, "tiny", tmp_path / "hands")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    QApplication.processEvents()
    return dialog


def draw(pad: CapturePad, x: int = 30) -> None:
    """A stroke with the mouse."""
    QTest.mousePress(pad, Left, pos=QPoint(x, 60))
    for step in range(1, 5):
        QTest.mouseMove(pad, QPoint(x + 5 * step, 60 + 8 * step))
    QTest.mouseRelease(pad, Left, pos=QPoint(x + 20, 92))


def write_lines(dialog: CaptureDialog, count: int) -> None:
    for number in range(count):
        dialog.show_line(number)
        draw(dialog.parts.pad)


@pytest.mark.parametrize("way", ["escape", "title bar"])
def test_it_closes_and_keeps_the_lines(dialog: CaptureDialog, way: str) -> None:
    write_lines(dialog, 1)
    if way == "escape":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        dialog.close()
    assert not dialog.isVisible()
    assert (dialog.fitting.folder / DRAFT).exists()


def test_strokes_of_the_mouse_are_ink_in_millimetres(dialog: CaptureDialog) -> None:
    pad = dialog.parts.pad
    draw(pad)
    [stroke] = dialog.lines[0].strokes
    assert len(stroke) == 5
    assert stroke[0] == pytest.approx((30 / pad.scale, 60 / pad.scale), abs=1e-3)
    assert dialog.parts.list.item(0).text().startswith("✓")


def test_a_pen_writes_too_and_its_pressure_widens_the_line(dialog: CaptureDialog) -> None:
    pad = dialog.parts.pad
    device = QPointingDevice.primaryPointingDevice()
    kinds = (QTabletEvent.Type.TabletPress, QTabletEvent.Type.TabletMove)
    for place, (kind, force) in enumerate(zip((*kinds, kinds[1]), (0.2, 0.6, 1.0), strict=True)):
        at = QPointF(20 + 10 * place, 50)
        event = QTabletEvent(
            kind, device, at, at, force, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, Left, Left
        )
        QApplication.sendEvent(pad, event)
    pad.lift()
    assert pad._pressures == [[0.2, 0.6, 1.0]]
    assert len(dialog.lines[0].strokes[0]) == 3
    assert isinstance(device, QInputDevice)


def test_a_finger_writes_too(dialog: CaptureDialog) -> None:
    pad, device = dialog.parts.pad, QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, QPoint(20, 40), pad).commit()
    for step in (1, 2):
        QTest.touchEvent(pad, device).move(0, QPoint(20 + 20 * step, 40), pad).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(60, 40), pad).commit()
    [stroke] = dialog.lines[0].strokes
    assert [round(x * pad.scale) for x, _ in stroke] == [20, 40, 60]
    draw(pad)
    assert len(dialog.lines[0].strokes) == 2  # the mouse writes again


def test_a_stroke_is_undone_and_a_line_redone(dialog: CaptureDialog) -> None:
    parts = dialog.parts
    draw(parts.pad)
    draw(parts.pad, 80)
    parts.undo.click()
    assert len(dialog.lines[0].strokes) == 1
    parts.redo.click()
    assert dialog.lines[0].strokes == []
    assert not parts.undo.isEnabled()


def test_letters_are_counted_as_lines_are_written(dialog: CaptureDialog) -> None:
    assert dialog.parts.coverage.value() == 0
    write_lines(dialog, 1)
    first = dialog.parts.coverage.value()
    write_lines(dialog, 10)
    assert 0 < first < dialog.parts.coverage.value()
    assert dialog.parts.letters.accessibleName() == "Letters still missing: none"


def test_a_style_is_fitted_from_three_lines_on_shown_and_used(
    dialog: CaptureDialog, requests: FakeRequests, qtbot: QtBot, tmp_path: Path
) -> None:
    parts = dialog.parts
    write_lines(dialog, 2)
    assert not parts.fit.isEnabled()
    assert parts.hint.text().startswith("Write 1 more of the lines")
    write_lines(dialog, 3)
    parts.fit.click()
    asked = requests.last("fit_hand")
    assert asked.request.inks == (str(tmp_path / "hands" / DRAFT),)
    assert asked.request.model == "tiny"
    assert (tmp_path / "hands" / DRAFT).read_text().count("<traceGroup") == 3
    asked.on_progress(Progress(stage="fitting", done=3, total=40, note="1.0 nats a point"))
    assert (parts.work.value(), parts.work.maximum()) == (3, 40)
    assert not parts.fit.isEnabled()
    asked.answer(result_of(asked.request.output))
    compared = requests.last("handwriting_styles")
    assert compared.request["names"] == ["none", asked.request.output]
    sample = StyleSample(name="a", width=30, height=8, points=b"\0" * 16, lengths=b"\2\0\0\0")
    compared.answer(HandwritingStyles(model="tiny", names=[], samples=[sample, sample]))
    assert not parts.after.pixmap().isNull()
    assert not parts.own.pixmap().isNull()
    with qtbot.waitSignal(dialog.hand_wanted) as told:
        parts.use.click()
    assert told.args == ["My hand.hand"]


def test_lines_may_be_wiped_while_the_hand_is_learned_from_them(
    dialog: CaptureDialog, requests: FakeRequests
) -> None:
    write_lines(dialog, 3)
    dialog.parts.fit.click()
    asked = requests.last("fit_hand")
    for number in range(3):
        dialog.show_line(number)
        dialog.parts.redo.click()
    asked.answer(result_of(asked.request.output))
    assert requests.last("handwriting_styles").request["text"] == dialog.lines[0].text
    assert not dialog.parts.own.pixmap().isNull()


def result_of(path: str) -> HandResult:
    return HandResult(
        path=path,
        name="My hand",
        model="tiny",
        lines=3,
        characters=90,
        points=500,
        updates=40,
        seconds=12.0,
        nats_per_point={"no_style": 1.0, "nearest": 0.8, "fitted": 0.5},
        nearest="ada",
        thin={},
        warnings=["the ink is upside down"],
    )


def test_lines_are_kept_while_they_are_written(
    dialog: CaptureDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    draft = tmp_path / "hands" / DRAFT
    write_lines(dialog, 2)
    assert not draft.exists()
    qtbot.waitUntil(draft.exists)
    assert draft.read_text().count("<traceGroup") == 2


def test_a_fit_is_stopped_and_the_lines_stay(
    dialog: CaptureDialog, requests: FakeRequests
) -> None:
    write_lines(dialog, 3)
    assert not dialog.parts.stop.isVisible()
    dialog.parts.fit.click()
    dialog.parts.stop.click()
    assert requests.last("fit_hand").cancelled
    assert dialog.parts.fit.isEnabled()
    assert not dialog.parts.stop.isVisible()
    assert all(line.strokes for line in dialog.lines[:3])


@pytest.mark.parametrize("replaced", [True, False])
def test_a_hand_of_the_same_name_is_not_replaced_unasked(
    dialog: CaptureDialog,
    requests: FakeRequests,
    monkeypatch: pytest.MonkeyPatch,
    replaced: bool,
) -> None:
    write_lines(dialog, 3)
    dialog.fitting.keep(dialog.lines)
    dialog.fitting.path_of("My hand").write_text("mine")
    answer = QMessageBox.StandardButton.Yes if replaced else QMessageBox.StandardButton.Cancel
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answer)
    dialog.parts.fit.click()
    assert bool(requests.all("fit_hand")) == replaced


def test_a_fit_that_fails_says_why(dialog: CaptureDialog, requests: FakeRequests) -> None:
    write_lines(dialog, 3)
    dialog.parts.fit.click()
    requests.last("fit_hand").on_error("model tiny knows 1 hands")
    assert "model tiny knows 1 hands" in dialog.parts.hint.text()
    assert dialog.parts.fit.isEnabled()


def test_lines_are_kept_for_the_next_time_and_a_fit_is_given_up(
    dialog: CaptureDialog, requests: FakeRequests, window: MainWindow, tmp_path: Path
) -> None:
    write_lines(dialog, 3)
    dialog.parts.fit.click()
    dialog.reject()
    assert requests.last("fit_hand").cancelled
    again = CaptureDialog(
        window, replace(window.context, requests=requests), None, tmp_path / "hands"
    )
    assert requests.last("ink_lines").request == {"path": str(tmp_path / "hands" / DRAFT)}
    again.close()


def test_a_name_that_is_no_file_name_cannot_be_fitted(dialog: CaptureDialog) -> None:
    write_lines(dialog, 3)
    dialog.parts.name.setText("a/b")
    assert not dialog.parts.fit.isEnabled()


def test_nothing_is_written_over_lines_that_are_still_being_read(
    window: MainWindow, requests: FakeRequests, tmp_path: Path
) -> None:
    draft = tmp_path / DRAFT
    draft.write_bytes(b"ten lines")
    dialog = CaptureDialog(window, replace(window.context, requests=requests), None, tmp_path)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    QApplication.processEvents()
    draw(dialog.parts.pad)
    dialog.close()
    assert draft.read_bytes() == b"ten lines"
    requests.last("ink_lines").on_error("it is damaged")
    assert dialog.parts.pad.isEnabled()
