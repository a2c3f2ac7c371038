from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from seqgen.api.recording import record_music
from seqgen.errors import OutputError, UsageError
from seqgen.frontends.music.midi.score import Score, read_score
from seqgen.frontends.music.midi.smf import read_smf

NOTE = (0.0, 1.0, 60, 90, 0)


def recorded(path: Path, *notes: Any, **other: Any) -> Score:
    result = record_music(str(path), notes=notes, **({"tempo": 120.0} | other))
    assert (result.path, result.notes) == (str(path), len(notes))
    return read_score(path.read_bytes())


def test_notes_stay_where_they_were_played(tmp_path: Path) -> None:
    score = recorded(tmp_path / "a.mid", (0.5, 1.0, 60, 90, 0), (1.0417, 1.3333, 64, 31, 0))
    assert score.ticks_per_beat == 960
    assert score.notes[["start", "end", "pitch", "velocity"]].tolist() == [
        (960, 1920, 60, 90),
        (2000, 2560, 64, 31),
    ]
    assert score.warnings == ()


@pytest.mark.parametrize("tempo", [30.0, 97.0, 300.0])
def test_the_tempo_is_kept_and_the_meter_is_four_four(tmp_path: Path, tempo: float) -> None:
    score = recorded(tmp_path / "a.mid", (1.0, 2.0, 60, 90, 0), tempo=tempo)
    assert 60e6 / score.tempos.tempo_at(0) == pytest.approx(tempo, rel=1e-5)
    assert score.meters.meter_at(0) == (4, 4)
    assert score.tempos.seconds(int(score.notes["start"][0])) == pytest.approx(1.0, abs=2e-3)


def test_each_channel_becomes_a_track_and_the_tenth_is_drums(tmp_path: Path) -> None:
    score = recorded(
        tmp_path / "a.mid", (0.0, 1.0, 36, 90, 9), (0.0, 1.0, 60, 90, 2), (0.0, 0.5, 62, 80, 2)
    )
    told = [(track.name, track.channel, track.is_drums) for track in score.tracks[1:]]
    assert told == [("Keyboard", 2, False), ("Drums", 9, True)]


def test_the_pedal_is_kept_among_the_notes(tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    pedals = [(0.25, 0, 127), (0.75, 0, 3), (0.5, 7, 127)]
    recorded(path, (0.0, 1.0, 60, 90, 0), (1.0, 2.0, 62, 90, 0), pedals=pedals)
    smf, warnings = read_smf(path.read_bytes(), "a")
    moved = smf.events[smf.events["status"] == 0xB0]
    assert moved[["tick", "track", "data1", "data2"]].tolist() == [
        (480, 1, 64, 127),
        (1440, 1, 64, 3),
    ]
    assert warnings == []


def test_a_pedal_behind_the_last_note_is_in_the_file(tmp_path: Path) -> None:
    score = recorded(tmp_path / "a.mid", NOTE, pedals=[(2.0, 0, 0)])
    assert score.end == 3840


def test_a_key_that_was_hardly_touched_is_a_note(tmp_path: Path) -> None:
    score = recorded(tmp_path / "a.mid", (1.0, 1.0, 60, 90, 0))
    assert score.notes["end"][0] > score.notes["start"][0]


@pytest.mark.parametrize(
    ("notes", "other", "message"),
    [
        ([], {}, "nothing was recorded"),
        ([NOTE], {"tempo": 0.0}, "tempo 0 is out of range, allowed: 4 to 1000"),
        ([NOTE], {"tempo": float("nan")}, "tempo nan is out of range"),
        ([(1.0, 0.5, 60, 90, 0)], {}, r"no note: \(1.0, 0.5, 60, 90, 0\)"),
        ([(-1.0, 0.5, 60, 90, 0)], {}, "no note"),
        ([(0.0, float("nan"), 60, 90, 0)], {}, "no note"),
        ([(0.0, 1.0, 128, 90, 0)], {}, "no note"),
        ([(0.0, 1.0, 60, 0, 0)], {}, "no note"),
        ([(0.0, 1.0, 60, 90, 16)], {}, "no note"),
        ([(0.0, 1e9, 60, 90, 0)], {}, "no note"),
        ([NOTE], {"pedals": [(0.0, 0, 200)]}, "no movement of a pedal"),
    ],
)
def test_what_no_file_can_hold_is_refused(
    tmp_path: Path, notes: list[Any], other: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        recorded(tmp_path / "a.mid", *notes, **other)
    assert list(tmp_path.iterdir()) == []


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    recorded(tmp_path / "a.mid", NOTE)
    with pytest.raises(OutputError, match="exists already"):
        recorded(tmp_path / "a.mid", NOTE)
