from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from seqgen_gui.shell.export_dialog import ExportDialog, Kind
from seqgen_gui.shell.saving import ask_path
from seqgen_gui.shell.settings import Settings

Answers = Callable[..., list[str]]
SUFFIXES = (".mid", ".midi")
KINDS = (Kind("a", "As A", "For A.", (".a",)), Kind("b", "As B", "For B.", (".b",)))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "gui.ini")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Answer the dialogs of the system one after the other; returns what they proposed."""

    def answer(*paths: Path | str) -> list[str]:
        left, proposed = [str(path) for path in paths], list[str]()

        def save(parent: object, title: str, path: str, kinds: str) -> tuple[str, str]:
            proposed.append(path)
            return left.pop(0), kinds

        monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
        return proposed

    return answer


def ask(parent: QWidget, settings: Settings) -> Path | None:
    return ask_path(parent, settings, "here", "Export", "tune.mid", SUFFIXES)


@pytest.mark.parametrize(
    ("named", "path"),
    [("a.mid", "a.mid"), ("a.MIDI", "a.MIDI"), ("a", "a.mid"), ("no. 5", "no. 5.mid")],
)
def test_a_name_without_its_ending_gets_one(
    parent: QWidget, settings: Settings, answers: Answers, tmp_path: Path, named: str, path: str
) -> None:
    proposed = answers(tmp_path / named)
    assert ask(parent, settings) == tmp_path / path
    assert proposed == ["tune.mid"]
    answers("")
    assert ask(parent, settings) is None
    assert settings.folder("here") == str(tmp_path)


def test_a_file_that_the_added_ending_would_overwrite_is_asked_about(
    parent: QWidget,
    settings: Settings,
    answers: Answers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "a.mid").write_bytes(b"old")
    replies = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: replies.pop(0))
    proposed = answers(tmp_path / "a", tmp_path / "a")
    assert ask(parent, settings) == tmp_path / "a.mid"
    assert proposed == ["tune.mid", str(tmp_path / "a.mid")]
    assert replies == []


def test_the_dialog_tells_its_kind_and_remembers_it(
    parent: QWidget, settings: Settings, answers: Answers, tmp_path: Path
) -> None:
    def make() -> ExportDialog:
        return ExportDialog(
            parent, settings, "here", KINDS, lambda k: f"tune {k.name}", QLabel(), QLabel()
        )

    dialog, told = make(), list[Kind]()
    dialog.chosen.connect(told.append)
    assert dialog.kind == KINDS[0]
    dialog.choose("b")
    assert (set(told), dialog.hint.text()) == ({KINDS[1]}, "For B.")
    proposed = answers("")
    dialog.choose_file()
    assert (dialog.path, dialog.result()) == (None, 0)
    assert proposed == ["tune b.b"]
    answers(tmp_path / "x")
    dialog.choose_file()
    assert (dialog.path, dialog.result()) == (tmp_path / "x.b", 1)
    assert make().kind == KINDS[1]


def test_files_that_the_dialog_does_not_know_of_are_asked_about(
    parent: QWidget,
    settings: Settings,
    answers: Answers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def question(parent: object, title: str, text: str) -> QMessageBox.StandardButton:
        asked.append(text)
        return QMessageBox.StandardButton.No if len(asked) == 1 else QMessageBox.StandardButton.Yes

    monkeypatch.setattr(QMessageBox, "question", question)
    for name in ("a.mid", "a-1.mid", "a-2.mid", "b-1.mid"):
        (tmp_path / name).write_text("mine")

    def files(path: Path) -> list[Path]:
        return [path.with_name(f"{path.stem}-{number}.mid") for number in (1, 2)]

    proposed = answers(tmp_path / "a.mid", tmp_path / "b", tmp_path / "c.mid")
    path = ask_path(parent, settings, "here", "Export", "tune.mid", SUFFIXES, files)
    assert path == tmp_path / "b.mid"
    assert asked == [
        "a-1.mid and 1 more are there already. Do you want to replace them?",
        "b-1.mid is there already. Do you want to replace it?",
    ]
    assert proposed[1] == str(tmp_path / "a.mid")
    assert ask_path(parent, settings, "here", "Export", "t.mid", SUFFIXES, files) is not None
    assert len(asked) == 2
