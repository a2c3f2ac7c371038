from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from seqgen.config import SampleMusic
from seqgen_gui.music.flow import Flow
from seqgen_gui.music.page import MusicPage
from seqgen_gui.music.state import Settings
from seqgen_gui.music.warming import SOON, Warming
from tests.gui.music.desk import Desk
from tests.gui.sent import Sent


@pytest.fixture
def warming(desk: Desk, flow: Flow, qtbot: QtBot) -> Warming:
    warming = Warming(desk, flow)
    warming.begin()
    heard(desk, qtbot, 1)
    return warming


def hears(desk: Desk) -> list[Sent]:
    return [sent for sent in desk.sent if sent.verb == "hear_music"]


def heard(desk: Desk, qtbot: QtBot, count: int) -> SampleMusic:
    qtbot.waitUntil(lambda: len(hears(desk)) == count)
    request: SampleMusic = hears(desk)[-1].request
    return request


def quiet(qtbot: QtBot) -> None:
    """Wait until a hearing that was wanted would have been sent."""
    later: list[bool] = []
    QTimer.singleShot(2 * SOON, lambda: later.append(True))
    qtbot.waitUntil(lambda: bool(later))


def test_the_piece_is_heard_once_it_is_open(warming: Warming, flow: Flow, desk: Desk) -> None:
    request = hears(desk)[0].request
    assert (request.primer, request.at) == (flow.state.piece.path, None)


def test_it_is_heard_anew_for_another_bar_and_another_model(
    warming: Warming, flow: Flow, desk: Desk, qtbot: QtBot
) -> None:
    flow.choose_bar(4)
    assert heard(desk, qtbot, 2).at == 4
    assert hears(desk)[0].cancelled
    flow.document.change("Set", settings=Settings(model="chorale"))
    assert heard(desk, qtbot, 3).model == "chorale"


def test_how_it_is_drawn_counts_for_a_density_only(
    warming: Warming, flow: Flow, desk: Desk, qtbot: QtBot
) -> None:
    flow.document.change("Set", settings=Settings(temperature=0.5, bars=3, seed=3, count=2))
    quiet(qtbot)
    assert len(hears(desk)) == 1
    flow.document.change("Set", settings=Settings(temperature=0.5, bars=3, density=2.0))
    request = heard(desk, qtbot, 2)
    assert (request.temperature, request.bars, request.density) == (0.5, 3, 2.0)


def test_what_was_heard_makes_way_for_another_drawing(
    warming: Warming, flow: Flow, desk: Desk, qtbot: QtBot
) -> None:
    flow.generate()
    assert not hears(desk)[0].cancelled
    desk.answer()
    quiet(qtbot)
    assert len(hears(desk)) == 1
    flow.accept()
    heard(desk, qtbot, 2)
    flow.choose_bar(3)
    flow.generate()
    assert hears(desk)[1].cancelled
    desk.answer()
    heard(desk, qtbot, 3)


def test_a_hearing_that_failed_says_nothing(
    warming: Warming, flow: Flow, desk: Desk, qtbot: QtBot
) -> None:
    told: list[str] = []
    flow.failed.connect(told.append)
    hears(desk)[0].on_error("the primer holds only drums")
    flow.document.change("Set", settings=Settings(seed=5))
    heard(desk, qtbot, 2)
    assert told == []


def test_a_window_hears_its_first_model_at_once(page: MusicPage, desk: Desk, qtbot: QtBot) -> None:
    assert heard(desk, qtbot, 1).primer is None
