from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.gui.windows import make_window, shown


def test_nothing_is_left_of_the_window_of_a_test(qtbot: QtBot, tmp_path: Path) -> None:
    with shown(make_window(tmp_path)) as window:
        parts = [window, window.sidebar, window.page("text"), window.context.theme]
        parts += [window.project, window.context.settings]
        assert all(isValid(part) for part in parts)
    assert not any(isValid(part) for part in parts)
