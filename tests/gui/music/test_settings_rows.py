"""Length with its unit, density, and what is folded away."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtWidgets import QLabel

from seqgen_gui.music.page import MusicPage
from seqgen_gui.music.state import Settings
from tests.gui.music.desk import Desk


def chosen(page: MusicPage) -> Settings:
    return page.flow.state.settings


@pytest.mark.parametrize(("unit", "value"), [("seconds", 12.5), ("notes", 30), ("bars", 4)])
def test_the_length_is_in_the_unit_that_is_chosen(
    opened: MusicPage, desk: Desk, unit: str, value: float
) -> None:
    row = opened.parts.settings.bars
    for name in ("notes" if unit == "seconds" else "seconds", unit):
        row.unit.setCurrentText(name)
        row.unit.activated.emit(row.unit.currentIndex())
    row.spin.setValue(value)
    found = {name: getattr(chosen(opened), name) for name in ("bars", "seconds", "notes")}
    assert found == {"bars": 8, "seconds": None, "notes": None} | {unit: value}
    opened.flow.generate()
    request = desk.requests("sample_music")[-1]
    told = {name: getattr(request, name) for name in ("bars", "seconds", "notes")}
    assert {name: length for name, length in told.items() if length is not None} == {unit: value}


def test_the_density_is_slid_and_had_back(opened: MusicPage, desk: Desk) -> None:
    row = opened.parts.settings.density
    row.slider.setValue(30)
    assert chosen(opened).density == 1.5
    assert row.spin.value() == 1.5
    opened.flow.generate()
    assert desk.requests("sample_music")[-1].density == 1.5
    row.reset.click()
    assert chosen(opened).density == 1.0
    assert not row.reset.isEnabled()


def test_what_is_seldom_touched_is_folded_away(opened: MusicPage, desk: Desk) -> None:
    more = opened.parts.settings.more
    assert not more.top_k.isVisible()
    more.fold.click()
    more.top_k.spin.setValue(12)
    more.time.setCurrentIndex(2)
    more.time.activated.emit(2)
    opened.flow.generate()
    request = desk.requests("sample_music")[-1]
    assert (request.top_k, request.time, request.engine) == (12, "free", "auto")
    more.top_k.reset.click()
    assert chosen(opened).top_k is None


def test_settings_of_a_file_that_are_unusual_are_in_sight(opened: MusicPage) -> None:
    opened.flow.document.change("Set", settings=Settings(time="free", seconds=3.0))
    more, row = opened.parts.settings.more, opened.parts.settings.bars
    assert more.fold.isChecked()
    assert more.time.currentText() == "Free"
    assert (row.unit.currentText(), row.spin.value()) == ("seconds", 3.0)


def test_the_place_of_new_seconds_is_shown(opened: MusicPage) -> None:
    opened.flow.document.change("Set", settings=Settings(seconds=3.0))
    opened.flow.generate()
    picture = opened.flow.picture
    assert picture.new is not None
    begin, end = map(picture.sheet.tempos.seconds, picture.new)
    assert end - begin == pytest.approx(3.0, abs=0.01)


def test_the_place_of_new_notes_grows_with_them(opened: MusicPage, desk: Desk) -> None:
    opened.flow.document.change("Set", settings=Settings(notes=9))
    opened.flow.generate()
    sheet = opened.flow.picture.sheet
    first = sheet.next_bar
    assert opened.flow.picture.new == (sheet.meters.line(first), sheet.meters.line(first + 1))
    line = sheet.meters.line(first + 5)
    desk.stream([[line, line + 100, 60, 90, 1]])
    opened.flow._show()
    assert opened.flow.picture.new == (sheet.meters.line(first), sheet.meters.line(first + 6))


@pytest.mark.parametrize(
    ("wanted", "told"), [({"seconds": 0.5}, "bar 1 of 1"), ({"notes": 9}, "bar 1 of 1")]
)
def test_progress_counts_bars_for_any_length(
    opened: MusicPage, desk: Desk, wanted: dict[str, float], told: str
) -> None:
    opened.flow.document.change("Set", settings=msgspec.convert(wanted, Settings))
    opened.flow.generate()
    line = opened.flow.picture.new[0] if opened.flow.picture.new else 0
    desk.stream([[line, line + 10, 60, 90, 1]])
    texts = [label.text() for label in opened.parts.ghost.findChildren(QLabel)]
    assert any(text.endswith(told) for text in texts), texts
