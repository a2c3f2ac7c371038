from __future__ import annotations

import math
from array import array

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from seqgen_gui.shell.colours import DARK, LIGHT
from seqgen_gui.train.axes import Axis, fitting
from seqgen_gui.train.picture import Curve
from seqgen_gui.train.plot import Plot, nearest
from seqgen_gui.train.series import Series


def curve(count: int = 500, value: float = 3.0) -> Curve:
    y, dots = Series(), Series()
    for number in range(count):
        y.append(value)
        if number % 100 == 0:
            dots.append(value / 2)
    x = array("d", range(count))
    return Curve(QColor("#ff0000"), x, y, array("d", x[::100]), dots)


@pytest.fixture
def plot(qtbot: QtBot) -> Plot:
    made = Plot()
    made.resize(640, 400)
    made.dress(LIGHT)
    made.label("Updates", "Loss")
    qtbot.addWidget(made)
    made.show()
    return made


def red(plot: Plot) -> list[tuple[int, int]]:
    """The pixels of a curve."""
    image = plot.grab().toImage()
    return [
        (x, y)
        for x in range(image.width())
        for y in range(0, image.height())
        if (colour := image.pixelColor(x, y)).red() > 180 and colour.green() < 200
    ]


def test_a_curve_and_its_dots_are_where_the_axes_say(plot: Plot) -> None:
    plot.show_curves([curve()], 25, log=False)
    found = red(plot)
    up, area = plot.axes[1], plot._last.area
    for value in (3.0, 1.5):
        y = round(area.bottom() - up.place(value) * area.height())
        assert any(abs(row - y) <= 1 for _, row in found)
    assert {x for x, _ in found} >= set(range(int(area.left()) + 2, int(area.right()) - 2))


def test_the_ticks_have_room_beside_the_name_of_their_axis(plot: Plot) -> None:
    plot.show_curves([curve(value=1.5)], 1, log=False)
    plot.resize(640, 900)
    plot.grab()
    drawn, metrics = plot._last, plot.fontMetrics()
    texts = [t for _, t in drawn.up.ticks(int(drawn.area.height() / (3 * metrics.height())))]
    widest = max(map(metrics.horizontalAdvance, texts))
    assert drawn.area.left() - 6 - widest >= 4 + metrics.height()


def test_an_empty_plot_and_one_of_gaps_are_drawn_in_both_themes(plot: Plot) -> None:
    for colours in (DARK, LIGHT):
        plot.dress(colours)
        plot.show_curves([], 1, log=True)
        plot.grab()
        plot.show_curves([curve(1), curve(3, math.nan), curve(3, -1.0)], 5, log=True)
        plot.grab()
        assert plot.grab().toImage().pixelColor(300, 200).name() == colours.base


def test_the_wheel_zooms_where_the_pointer_is_and_a_double_click_shows_all(
    plot: Plot, qtbot: QtBot
) -> None:
    plot.show_curves([curve()], 1, log=False)
    plot.grab()
    plot.zoom(4.0, 100.0)
    plot.grab()
    across = plot.axes[0]
    assert (across.low, across.high) == pytest.approx((75.0, 199.75))
    plot.zoom(0.01, 100.0)
    plot.grab()
    assert plot.axes[0] == Axis(0.0, 499.0)
    plot.zoom(4.0, 0.0)
    qtbot.mouseDClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    plot.grab()
    assert plot.axes[0] == Axis(0.0, 499.0)


def test_the_plot_is_read_off_by_key_and_by_pointer(plot: Plot, qtbot: QtBot) -> None:
    plot.show_curves([curve(401)], 1, log=False)
    plot.grab()
    told: list[float] = []
    plot.hovered.connect(told.append)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert told == [396.0, 392.0]
    middle = plot._last.area.center().toPoint()
    qtbot.mouseMove(plot, middle)
    assert told[-1] == pytest.approx(200.0, abs=1.0)


def test_the_nearest_entry_of_a_column_is_found() -> None:
    column = array("d", [1, 2, 4, 8])
    assert [nearest(column, x) for x in (-5, 2.9, 3.1, 99)] == [0, 1, 2, 3]
    assert nearest(array("d"), 1.0) == -1


@pytest.mark.parametrize(
    ("axis", "texts"),
    [
        (Axis(0, 1234), ["0", "500", "1,000"]),
        (Axis(1.02, 1.11), ["1.02", "1.04", "1.06", "1.08", "1.10"]),
        (Axis(0, 0.002), ["0.0000", "0.0005", "0.0010", "0.0015", "0.0020"]),
        (Axis(0.01, 100, log=True), ["0.01", "0.1", "1", "10", "100"]),
        (Axis(1.5, 4, log=True), ["2", "3", "4"]),
    ],
)
def test_ticks_are_round_and_say_what_they_are(axis: Axis, texts: list[str]) -> None:
    assert [text for _, text in axis.ticks(5)] == texts


def test_an_axis_has_room_for_all_values() -> None:
    for log in (False, True):
        axis = fitting(0.5, 20.0, log)
        assert 0 < axis.place(0.5) < axis.place(3.0) < axis.place(20.0) < 1
        assert axis.value(axis.place(3.0)) == pytest.approx(3.0)
    assert 0 < fitting(2.0, 2.0, log=False).place(2.0) < 1
    assert math.isnan(fitting(1.0, 2.0, log=True).place(0.0))
