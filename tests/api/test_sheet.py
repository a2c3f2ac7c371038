from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest

from seqgen.api.inspect import inspect
from seqgen.api.sheet import music_sheet
from seqgen.errors import InputFileError
from seqgen.frontends.music.midi.score import read_score
from seqgen.reports import MusicSheet
from tests.frontends.music.songs import song, tune


def waltz(tmp_path: Path) -> str:
    path = tmp_path / "waltz.mid"
    path.write_bytes(song({"Flute": (0, 73, 90, tune(4, 3))}, (3, 4), 90))
    return str(path)


def test_a_sheet_holds_the_notes_of_the_file_in_columns(loop: str) -> None:
    sheet = music_sheet(loop)
    notes = read_score(Path(loop).read_bytes()).notes
    for name, kind in (("start", "<i8"), ("end", "<i8"), ("pitch", "u1"), ("velocity", "u1")):
        column = {"pitch": "pitches", "velocity": "velocities"}.get(name, f"{name}s")
        found = np.frombuffer(getattr(sheet.notes, column), kind)
        np.testing.assert_array_equal(found, notes[name])
    np.testing.assert_array_equal(np.frombuffer(sheet.notes.tracks, "<i2"), notes["track"])
    assert sheet.report == inspect(loop)


def test_a_sheet_survives_json(loop: str) -> None:
    sheet = music_sheet(loop)
    assert msgspec.json.decode(msgspec.json.encode(sheet), type=MusicSheet) == sheet


def test_a_sheet_tells_meters_tempos_and_where_the_music_goes_on(tmp_path: Path) -> None:
    sheet = music_sheet(waltz(tmp_path))
    assert sheet.meters == [(0, 3, 4)]
    assert sheet.tempos == [(0, 666_667)]
    assert sheet.next_bar == 5


def test_the_key_is_found_in_the_notes(loop: str) -> None:
    assert music_sheet(loop).found_key == "C major"


def test_two_pitches_suggest_no_key(tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(song({"Flute": (0, 73, 90, [(0, 1, 60), (1, 1, 62)])}))
    assert music_sheet(str(path)).found_key is None


def test_what_is_no_midi_has_no_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(b"hello, this is text")
    with pytest.raises(InputFileError, match=r"a\.mid"):
        music_sheet(str(path))
