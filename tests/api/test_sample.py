from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import mido
import numpy as np
import pytest
from numpy.typing import NDArray

from seqgen.frontends.music.midi.score import Score, read_score
from tests.api.sampling import CODECS, run
from tests.frontends.music.midi import odd_containers, odd_events  # noqa: F401 (they fill ODD_FILES)
from tests.frontends.music.songs import BEAT, SONGS, song, tune


def events_of(score: Score) -> set[tuple[Any, ...]]:
    smf = score.smf
    rows = zip(*(smf.events[name].tolist() for name in smf.events.dtype.names or ()), strict=True)
    return {
        (tick, track, smf.payloads[payload] if payload >= 0 else b"", *rest)
        for tick, track, payload, *rest in rows
    }


def new_notes(path: Path, primer: str, join: int) -> tuple[Score, NDArray[np.void]]:
    """The output, which must hold the primer event for event, and its notes from the join on."""
    score, before = read_score(path.read_bytes()), read_score(Path(primer).read_bytes())
    assert events_of(before) <= events_of(score)
    return score, score.notes[score.notes["start"] >= join]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("name", SONGS)
def test_every_song_is_kept_and_continued_from_the_next_bar_line(
    models: dict[str, str], tmp_path: Path, name: str, codec: str
) -> None:
    primer, output = tmp_path / "primer.mid", tmp_path / "out.mid"
    primer.write_bytes(SONGS[name]())
    result = run(output, models[codec], str(primer), bars=4)
    before = read_score(primer.read_bytes())
    join = before.meters.next_bar_line(int(before.notes["end"].max()))
    score, notes = new_notes(output, str(primer), join)
    assert len(notes) == result.takes[0].notes == len(score.notes) - len(before.notes)
    assert result.at_bar == before.meters.bar_index(join) + 1
    assert notes["end"].max() <= before.meters.bar_line(result.at_bar + 3)
    assert result.takes[0].bars <= 4
    assert len(mido.MidiFile(str(output)).tracks) == len(before.smf.ends)


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("count", [1, 2, 40])
def test_as_many_notes_as_asked_for_are_written(
    models: dict[str, str], tmp_path: Path, loop: str, codec: str, count: int
) -> None:
    for name in ("loop", "piano"):
        Path(loop).write_bytes(SONGS[name]())
        output = tmp_path / f"more-{name}.mid"
        assert run(output, models[codec], loop, notes=count).takes[0].notes == count
        total = len(read_score(output.read_bytes()).notes)
        assert total == len(read_score(Path(loop).read_bytes()).notes) + count


def test_seconds_are_measured_through_the_tempo(
    models: dict[str, str], tmp_path: Path, loop: str
) -> None:
    output = tmp_path / "out.mid"
    result = run(output, models["events"], loop, seconds=3.3, only_new=True)
    score = read_score(output.read_bytes())
    assert 0 < score.tempos.seconds(int(score.notes["end"].max())) <= 3.3 + 1e-3
    assert result.takes[0].seconds <= 3.3 + 1e-3


@pytest.mark.parametrize("codec", CODECS)
def test_the_same_seed_gives_the_same_bytes_and_each_take_can_be_had_alone(
    models: dict[str, str], tmp_path: Path, loop: str, codec: str
) -> None:
    takes = run(tmp_path / "take.mid", models[codec], loop, count=3, seed=5).takes
    assert [take.seed for take in takes] == [5, 6, 7]
    found = [Path(take.path).read_bytes() for take in takes]
    assert [Path(take.path).name for take in takes] == [f"take-{n}.mid" for n in (1, 2, 3)]
    assert len(set(found)) == 3
    run(tmp_path / "alone.mid", models[codec], loop, seed=6)
    assert (tmp_path / "alone.mid").read_bytes() == found[1]


def test_without_a_seed_one_is_drawn_and_told(
    models: dict[str, str], tmp_path: Path, loop: str
) -> None:
    told = run(tmp_path / "a.mid", models["events"], loop, seed=None).takes[0].seed
    run(tmp_path / "b.mid", models["events"], loop, seed=told)
    assert (tmp_path / "a.mid").read_bytes() == (tmp_path / "b.mid").read_bytes()


@pytest.mark.parametrize("codec", CODECS)
def test_the_key_is_locked_for_all_but_drums(
    models: dict[str, str], tmp_path: Path, loop: str, codec: str
) -> None:
    output = tmp_path / "out.mid"
    result = run(output, models[codec], loop, bars=16, key="F# major", only_new=True)
    score = read_score(output.read_bytes())
    drums = np.array([track.is_drums for track in score.tracks])[score.notes["track"]]
    assert result.key == "F# major"
    assert {p % 12 for p in score.notes["pitch"][~drums].tolist()} <= {6, 8, 10, 11, 1, 3, 5}
    assert drums.any() == (codec == "events")


def test_the_new_part_alone_starts_at_nothing_in_the_tempo_of_the_join(
    models: dict[str, str], tmp_path: Path
) -> None:
    primer, whole, part = (tmp_path / name for name in ("a.mid", "whole.mid", "part.mid"))
    primer.write_bytes(song({"Lead": (2, 81, 90, tune())}, (3, 4), bpm=75))
    run(whole, models["events"], str(primer))
    run(part, models["events"], str(primer), only_new=True)
    score = read_score(part.read_bytes())
    join = 18 * BEAT
    _, notes = new_notes(whole, str(primer), join)
    assert (notes["start"] - join).tolist() == score.notes["start"].tolist()
    assert notes["pitch"].tolist() == score.notes["pitch"].tolist()
    assert score.meters.meter_at(0) == (3, 4)
    assert round(score.tempos.bpm_at(0)) == 75
    assert [(t.channel, t.program) for t in score.tracks if t.name] == [(2, 81)]


def test_from_a_bar_on_the_rest_of_the_primer_gives_way(
    models: dict[str, str], tmp_path: Path, loop: str
) -> None:
    output = tmp_path / "out.mid"
    result = run(output, models["events"], loop, at=3)
    before, after = read_score(Path(loop).read_bytes()), read_score(output.read_bytes())
    kept = before.notes[before.notes["start"] < 8 * BEAT]
    assert len(after.notes[after.notes["start"] < 8 * BEAT]) == len(kept) == result.primer_notes
    assert result.at_bar == 3
    assert after.notes["end"].max() <= 16 * BEAT


@pytest.mark.parametrize("codec", CODECS)
def test_a_new_piece_needs_no_primer(models: dict[str, str], tmp_path: Path, codec: str) -> None:
    result = run(tmp_path / "new.mid", models[codec], None, bars=4)
    score = read_score((tmp_path / "new.mid").read_bytes())
    assert (result.at_bar, result.primer_notes) == (1, 0)
    assert len(score.notes) == result.takes[0].notes
    assert score.notes["start"][0] == 0
    assert score.notes["end"].max() <= 16 * BEAT
    assert json.loads(score.recipe or "")["seed"] == 1


def test_late_controllers_hanging_notes_and_meter_changes_are_kept(
    models: dict[str, str], tmp_path: Path
) -> None:
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("time_signature", numerator=5, denominator=8))
    track.append(mido.Message("note_on", note=60, velocity=80))
    track.append(mido.Message("note_off", note=60, time=480))
    track.append(mido.MetaMessage("time_signature", numerator=7, denominator=8, time=720))
    track.append(mido.MetaMessage("set_tempo", tempo=900_000))
    track.append(mido.Message("note_on", note=67, velocity=80))
    track.append(mido.Message("control_change", control=64, value=127, time=100_000))
    file = mido.MidiFile(ticks_per_beat=480, tracks=[track])
    primer, output = tmp_path / "a.mid", tmp_path / "out.mid"
    file.save(str(primer))
    for codec in CODECS:
        run(output, models[codec], str(primer), force=True)
        score = read_score(primer.read_bytes())
        join = score.meters.next_bar_line(int(score.notes["end"].max()))
        assert (join - 1200) % 1680 == 0
        _, notes = new_notes(output, str(primer), join)
        assert len(notes)


def test_a_hundred_thousand_notes_and_more_than_an_hour_are_no_hindrance(
    models: dict[str, str], tmp_path: Path
) -> None:
    primer = tmp_path / "long.mid"
    line = [(n / 10, 0.1, 60 + n % 12) for n in range(100_000)]
    primer.write_bytes(song({"Melody": (0, 0, 80, line)}, bpm=120))
    for codec in CODECS:
        result = run(tmp_path / "out.mid", models[codec], str(primer), force=True)
        assert result.primer_notes == 100_000
        assert any("heard" in warning for warning in result.warnings)


def test_a_last_note_over_the_line_is_explained(models: dict[str, str], tmp_path: Path) -> None:
    primer = tmp_path / "a.mid"
    primer.write_bytes(song({"Lead": (0, 0, 80, [(0, 3, 60), (3, 1.05, 62)])}))
    told = run(tmp_path / "out.mid", models["events"], str(primer))
    assert told.at_bar == 3
    late = "the last note ends 24 ticks into bar 2"
    assert told.warnings == [f"{late}, to continue there choose bar 2 (--at 2)"]
    assert run(tmp_path / "b.mid", models["events"], str(primer), at=2).warnings == []


def test_both_engines_sing_the_same_at_temperature_zero(
    models: dict[str, str], tmp_path: Path
) -> None:
    found = []
    for engine in ("numpy", "torch"):
        output = tmp_path / f"{engine}.mid"
        run(output, models["voices"], None, engine=engine, temperature=0)
        found.append(read_score(output.read_bytes()).notes.tolist())
    assert found[0] == found[1]
