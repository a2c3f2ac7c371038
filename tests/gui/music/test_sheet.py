from __future__ import annotations

from pathlib import Path

from seqgen.api.sheet import music_sheet
from seqgen.frontends.music.midi.score import read_score
from seqgen_gui.music.sheet import empty_sheet, sheet_from
from tests.places import STARTER

PIECE = sorted(STARTER.glob("*.mid"))[0]


def test_a_sheet_of_the_worker_becomes_notes_bars_and_tracks() -> None:
    sheet = sheet_from(music_sheet(str(PIECE)))
    score = read_score(Path(PIECE).read_bytes())
    columns = [score.notes[name].tolist() for name in ("start", "end", "pitch", "velocity")]
    assert [row[:4] for row in sheet.notes.rows()] == list(zip(*columns, strict=True))
    assert sheet.meters.line(3) == score.meters.bar_line(2)
    playing = [track.name for track in score.tracks if track.index in score.notes["track"]]
    assert [part.name for part in sheet.parts] == playing
    assert set(sheet.notes.tracks) == set(range(len(playing)))


def test_a_piece_until_a_bar_holds_nothing_behind_it() -> None:
    sheet = sheet_from(music_sheet(str(PIECE)))
    part = sheet.until(2)
    assert (part.next_bar, part.end) == (3, sheet.meters.line(3))
    assert 0 < len(part.notes) < len(sheet.notes)
    assert max(part.notes.ends) <= part.end
    assert sheet.until(None) is sheet


def test_an_empty_sheet_goes_on_at_bar_one() -> None:
    assert (empty_sheet().next_bar, empty_sheet().meters.line(2)) == (1, 4 * 480)
