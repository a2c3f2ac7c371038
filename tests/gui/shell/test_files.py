from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton

from seqgen_gui.project.document import read_document
from seqgen_gui.project.project import Project
from seqgen_gui.shell.window import MainWindow
from tests.gui.project.pages import Page
from tests.gui.windows import TextPage

Button = QMessageBox.StandardButton


@pytest.fixture
def page(window: MainWindow) -> TextPage:
    page = window.page("text")
    assert isinstance(page, TextPage)
    return page


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Button], list[str]]:
    """Answer the next questions; the list fills with what was asked."""

    def choose(button: Button) -> list[str]:
        asked: list[str] = []

        def reply(box: QMessageBox) -> Button:
            asked.append(box.text())
            return button

        monkeypatch.setattr(QMessageBox, "exec", reply)
        return asked

    return choose


def choose_file(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))


def edit(page: TextPage, text: str) -> None:
    page.line.setText(text)
    page.line.textEdited.emit(text)


def test_a_project_is_saved_and_opened_again(
    window: MainWindow, page: TextPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(page, "Dear Anna")
    assert window.windowTitle() == "Untitled[*] - seqgen"
    assert window.isWindowModified()
    choose_file(monkeypatch, tmp_path / "letter")
    assert window.files.save()
    assert window.windowTitle() == "letter[*] - seqgen"
    assert not window.isWindowModified()
    assert window.recent.paths == [tmp_path / "letter.seqgen"]
    window.files.new()
    assert page.line.text() == ""
    choose_file(monkeypatch, tmp_path / "letter.seqgen")
    window.files.choose()
    assert page.line.text() == "Dear Anna"


def test_a_project_with_a_file_is_saved_without_a_question(
    window: MainWindow, page: TextPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(page, "one")
    choose_file(monkeypatch, tmp_path / "a.seqgen")
    window.files.save()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", None)
    edit(page, "two")
    assert window.files.save()
    text = json.loads((tmp_path / "a.seqgen").read_text())["parts"]["text"]["text"]
    assert text == "two"


def test_what_is_not_saved_is_asked_for(
    window: MainWindow,
    page: TextPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[Button], list[str]],
) -> None:
    edit(page, "text")
    asked = answer(Button.Cancel)
    window.files.new()
    assert asked == ["Save the changes to Untitled?"]
    assert page.line.text() == "text"
    assert not window.close()
    answer(Button.Save)
    choose_file(monkeypatch, "")  # the file dialog is cancelled
    assert not window.close()
    choose_file(monkeypatch, tmp_path / "a.seqgen")
    window.files.new()
    assert (tmp_path / "a.seqgen").exists()
    edit(page, "other")
    answer(Button.Discard)
    window.files.new()
    assert page.line.text() == ""


def test_a_project_that_cannot_be_saved_stays_open(
    window: MainWindow, page: TextPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(page, "text")
    choose_file(monkeypatch, tmp_path / "none" / "a.seqgen")
    assert not window.files.save()
    assert window.notices.shown[0].kind == "error"
    assert window.isWindowModified()
    page.line.setText("")


def test_a_file_that_changed_meanwhile_is_saved_over_only_if_that_is_wished(
    window: MainWindow, page: TextPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.seqgen"
    choose_file(monkeypatch, path)
    edit(page, "mine")
    window.files.save()
    other = Project()
    Page(other).write("theirs")
    other.save(path)
    edit(page, "mine again")
    assert not window.files.save()
    (notice,) = window.notices.shown
    assert "was changed by another program since it was opened" in notice.text
    assert read_document(path).parts["text"]["text"] == "theirs"
    names = {one.text(): one for one in notice.findChildren(QPushButton)}
    assert "Save elsewhere…" in names
    names["Save over it"].click()
    assert read_document(path).parts["text"]["text"] == "mine again"
    assert not window.isWindowModified()


@pytest.mark.parametrize("name", ["song", "Song no.1", "song.mid"])
def test_any_name_becomes_one_that_can_be_opened_again(
    window: MainWindow,
    page: TextPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    edit(page, "Dear Anna")
    choose_file(monkeypatch, tmp_path / name)
    assert window.files.save()
    assert window.files.opens(tmp_path / f"{name}.seqgen")
    assert read_document(tmp_path / f"{name}.seqgen").parts["text"]["text"] == "Dear Anna"
    assert not (tmp_path / name).exists()


def test_a_name_without_its_suffix_does_not_replace_a_file_unasked(
    window: MainWindow, page: TextPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.seqgen"
    other = Project()
    Page(other).write("theirs")
    other.save(path)
    edit(page, "mine")
    choose_file(monkeypatch, tmp_path / "a")
    for answer, text in ((Button.Cancel, "theirs"), (Button.Yes, "mine")):
        monkeypatch.setattr(QMessageBox, "question", lambda *_, answer=answer: answer)
        assert window.files.save() == (answer == Button.Yes)
        assert read_document(path).parts["text"]["text"] == text


def test_a_file_is_opened_by_the_page_of_its_kind(
    window: MainWindow, page: TextPage, tmp_path: Path
) -> None:
    path = tmp_path / "A.TXT"
    path.touch()
    window.go("plain")
    window.files.open(path)
    assert window.place == "text"
    assert page.opened == [path]
    assert window.recent.paths == [path]


def test_what_cannot_be_opened_is_said(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "a.xyz").touch()
    (tmp_path / "a.seqgen").write_text("{}")
    window.recent.add(tmp_path / "none.txt")
    for name, message in {
        "none.txt": "There is no such file",
        "a.xyz": "a.xyz is no kind of file that seqgen opens",
        "a.seqgen": "is no seqgen project",
    }.items():
        window.files.open(tmp_path / name)
        assert message in window.notices.shown[0].text
    assert window.recent.paths == []


def test_recent_files_are_in_the_menu(window: MainWindow, page: TextPage, tmp_path: Path) -> None:
    assert not window.recent_menu.isEnabled()
    path = tmp_path / "a&b.txt"
    path.touch()
    window.files.open(path)
    first = window.recent_menu.actions()[0]
    assert "a&&b.txt" in first.text()
    first.trigger()
    assert page.opened == [path, path]
    window.recent_menu.actions()[-1].trigger()
    assert not window.recent_menu.isEnabled()


def drag(paths: list[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_files_are_dropped_on_the_window(
    window: MainWindow, page: TextPage, tmp_path: Path
) -> None:
    good, bad = tmp_path / "a.txt", tmp_path / "a.xyz"
    good.touch()
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for paths, taken in (([bad], False), ([bad, good], True)):
        data = drag(paths)
        event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, *keys)
        event.ignore()
        window.dragEnterEvent(event)
        assert event.isAccepted() is taken
    data = drag([bad, good])
    window.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, *keys))
    assert page.opened == [good]
