from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QLabel

from seqgen.api.sheet import music_sheet
from seqgen.reports import MidiReport
from seqgen_gui.music.instruments import NAMES, instrument_of, title_of
from seqgen_gui.music.page import MusicPage
from seqgen_gui.music.sheet import empty_sheet, sheet_from
from seqgen_gui.music.understood import facts_of, summary_of
from tests.frontends.music.songs import SONGS, song, tune
from tests.gui.music.desk import Desk
from tests.places import STARTER


@pytest.fixture
def loop(tmp_path: Path) -> str:
    path = tmp_path / "loop.mid"
    path.write_bytes(SONGS["loop"]())
    return str(path)


def report_of(path: str) -> MidiReport:
    return music_sheet(path).report


def test_a_piece_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(song({"Flute": (0, 73, 90, tune(1, 3))}, (3, 4), 90))
    sheet = sheet_from(music_sheet(str(path)))
    assert summary_of(sheet).startswith("1 bar · 3/4 · 90 bpm")
    assert summary_of(sheet).endswith("1 part")
    assert summary_of(empty_sheet()) == "New piece · 4/4 · 90 bpm"


def test_facts_name_changes_and_leave_out_the_obvious(loop: str) -> None:
    report = report_of(loop)
    facts = dict(facts_of(report, "C major"))
    assert facts["Tempo"] == "120 bpm"
    assert facts["Meter"] == "4/4"
    assert facts["Key"] == "C major, by its notes"
    many = msgspec.structs.replace(report, tempos=[(float(i), 60.0 + i) for i in range(9)])
    assert facts_of(many, None)[1][1].splitlines()[0] == "60 bpm from 0:00"
    assert facts_of(many, None)[1][1].endswith("and 5 more changes")
    assert dict(facts_of(many, None))["Key"] == "not to be told"


def test_parts_are_named_by_their_track_or_instrument(loop: str) -> None:
    tracks = [track for track in report_of(loop).tracks if track.notes]
    assert len(NAMES) == 128
    assert {instrument_of(track) for track in tracks} >= {"Drums"}
    nameless = msgspec.structs.replace(tracks[0], name="", is_drums=False, program=0)
    assert title_of(nameless) == "Piano"


def test_repairs_are_told(page: MusicPage, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(sorted(STARTER.glob("*.mid"))[0].read_bytes()[:-40])
    page.open_file(path)
    desk.answer()
    texts = [label.text() for label in page.parts.understood.findChildren(QLabel)]
    assert "What was repaired on reading" in texts
    warnings = report_of(str(path)).warnings
    assert warnings
    assert all(warning[:1].upper() + warning[1:] in texts for warning in warnings)
