from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from seqgen_gui.shell import collector as module
from seqgen_gui.shell.collector import Collector


class Cycle:
    def __init__(self) -> None:
        self.itself = self


@dataclass
class Desk:
    collector: Collector
    app: QGuiApplication
    busy: bool = False


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(module, "DUE", -1)
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    made = Desk(Collector(app, lambda: made.busy), app)
    yield made
    made.collector.close()


def old_cycle() -> weakref.ref[Cycle]:
    """Garbage that only a collection of all generations finds."""
    cycle = Cycle()
    gc.collect(1)
    return weakref.ref(cycle)


def test_garbage_goes_while_nothing_is_done(desk: Desk) -> None:
    left = old_cycle()
    desk.collector.look()
    assert left() is None


def test_a_busy_window_is_not_stopped_but_for_ever(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 3)
    desk.busy, left = True, old_cycle()
    for _ in range(3):
        desk.collector.look()
        assert left() is not None
    desk.collector.look()
    assert left() is None


def test_what_had_survived_goes_when_the_window_is_left(desk: Desk) -> None:
    cycle = Cycle()
    desk.collector.look()
    left = weakref.ref(cycle)
    del cycle
    desk.collector.look()
    assert left() is not None
    desk.app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert left() is None


def test_python_does_not_collect_all_by_itself_until_the_end(desk: Desk) -> None:
    assert gc.get_threshold()[2] == module.NEVER
    assert gc.isenabled()
    desk.collector.close()
    assert gc.get_threshold()[2] < module.NEVER
    assert gc.get_freeze_count() == 0
