from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from seqgen_gui.shell.context import Context
from seqgen_gui.shell.places import Place
from seqgen_gui.train.page import TrainPage
from seqgen_gui.train.runs import Runs
from tests.gui.sent import Sent
from tests.gui.train.made import end, fake_runs
from tests.gui.windows import make_window, shown


@dataclass
class Worker:
    """A worker that the test plays."""

    sent: list[Sent] = field(default_factory=list)

    def send(self, *parts: Any) -> Sent:
        self.sent.append(Sent(*parts))
        return self.sent[-1]

    def last(self, verb: str) -> Sent:
        return next(one for one in reversed(self.sent) if one.verb == verb)


@dataclass
class Opened:
    """A window with the page, the worker behind it, and the folder of its runs."""

    page: TrainPage
    worker: Worker
    folder: Path

    @property
    def notices(self) -> list[tuple[str, str]]:
        context: Context = self.page._context
        return [(one.kind, one.text) for one in context.notices.shown]


Open = Callable[..., Opened]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Opens the page on fake runs; their processes do not outlive the test."""
    windows: list[Any] = []
    runs: list[Runs] = []

    def make(mode: str = "wait") -> Opened:
        worker = Worker()
        runs.append(fake_runs(tmp_path / "runs", mode))

        def page(context: Context) -> QWidget:
            return TrainPage(replace(context, requests=worker), runs[-1])

        place = Place("train", "Train", "train", (), page)
        window = make_window(tmp_path, (place,))
        windows.append(shown(window))
        windows[-1].__enter__()
        made = window.page("train")
        assert isinstance(made, TrainPage)
        return Opened(made, worker, tmp_path / "runs")

    yield make
    for window in windows:
        window.__exit__(None, None, None)
    for one in runs:
        for run in one.all():
            end(run)
