from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seqgen_gui.shell.window import MainWindow
from tests.gui.windows import make_window, shown


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with shown(make_window(tmp_path)) as window:
        yield window
