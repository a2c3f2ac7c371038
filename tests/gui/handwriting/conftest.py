from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from seqgen_gui.handwriting.page import HandwritingPage
from seqgen_gui.shell.context import Context
from seqgen_gui.shell.places import Place
from seqgen_gui.shell.window import MainWindow
from tests.gui.handwriting.letters import FakeRequests
from tests.gui.windows import make_window, shown


@pytest.fixture
def requests() -> FakeRequests:
    return FakeRequests()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, requests: FakeRequests) -> Iterator[MainWindow]:
    def make(context: Context) -> QWidget:
        return HandwritingPage(replace(context, requests=requests))

    place = Place("handwriting", "Handwriting", "handwriting", (".svg", ".inkml"), make)
    with shown(make_window(tmp_path, (place,))) as window:
        window.resize(1280, 800)
        QApplication.processEvents()
        yield window


@pytest.fixture
def page(window: MainWindow) -> HandwritingPage:
    page = cast("HandwritingPage", window.page("handwriting"))
    page.watch(False)
    return page
