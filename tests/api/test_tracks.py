from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import mido
import pytest

from seqgen.api.tracks import takes_as_tracks
from seqgen.errors import InputFileError, OutputError, UsageError
from seqgen.frontends.music.midi.score import Score, read_score
from tests.api.sampling import CODECS, run
from tests.api.test_sample_again import PRIMERS
from tests.frontends.music.songs import SONGS


def score_of(path: Path) -> Score:
    return read_score(path.read_bytes())


def new_notes(score: Score, track_names: Sequence[str] = ()) -> set[tuple[Any, ...]]:
    """Start, end, pitch, velocity and channel of what lies behind bar 4, or of named tracks."""
    notes = score.notes[score.notes["start"] >= score.meters.bar_line(4)]
    return {
        (start, end, pitch, velocity, channel)
        for start, end, pitch, velocity, channel, track in notes.tolist()
        if not track_names or score.tracks[track].name in track_names
    }


def test_each_take_is_on_tracks_of_its_own(
    models: dict[str, str], tmp_path: Path, loop: str
) -> None:
    output = tmp_path / "all.mid"
    result = run(output, models["events"], loop, count=3, as_tracks=True)
    assert [take.path for take in result.takes] == [str(output)] * 3
    score = score_of(output)
    before = score_of(Path(loop))
    assert [track.name for track in score.tracks[: len(before.tracks)]] == [
        track.name for track in before.tracks
    ]
    for number, take in enumerate(result.takes, start=1):
        run(tmp_path / "one.mid", models["events"], loop, seed=take.seed, force=True)
        mine = [
            track
            for track in score.tracks[len(before.tracks) :]
            if track.name.startswith(f"Take {number}: ")
        ]
        alone = new_notes(score_of(tmp_path / "one.mid"))
        assert new_notes(score, [track.name for track in mine]) == alone
        named = {track.name: (track.channel, track.program) for track in before.tracks}
        for track in mine:
            assert named[track.name.split(": ")[1]] == (track.channel, track.program)
    assert len(mido.MidiFile(str(output)).tracks) == len(score.tracks)


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("name", ["loop", "late controllers", "channels mixed", "chorale"])
def test_takes_put_together_are_what_the_request_for_all_writes(
    models: dict[str, str], tmp_path: Path, name: str, codec: str
) -> None:
    primer = tmp_path / "primer.mid"
    primer.write_bytes(PRIMERS[name]())
    run(tmp_path / "all.mid", models[codec], str(primer), count=2, as_tracks=True)
    takes = run(tmp_path / "take.mid", models[codec], str(primer), count=2).takes
    output = str(tmp_path / "joined.mid")
    result = takes_as_tracks([take.path for take in takes], ["Take 1", "Take 2"], output)
    assert (result.path, result.notes) == (output, sum(take.notes for take in takes))
    assert Path(output).read_bytes() == (tmp_path / "all.mid").read_bytes()


def test_the_file_is_enough_to_make_it_again(
    models: dict[str, str], tmp_path: Path, loop: str
) -> None:
    first, again = tmp_path / "all.mid", tmp_path / "again.mid"
    run(first, models["events"], loop, count=2, as_tracks=True, at=3)
    recipe = json.loads(score_of(first).recipe or "")
    assert (recipe["at"], recipe["takes"]) == (3, [{"seed": 1}, {"seed": 2}])
    run(again, models["events"], str(first), count=2, as_tracks=True, at=3)
    assert again.read_bytes() == first.read_bytes()


def test_a_new_piece_is_put_together_too(models: dict[str, str], tmp_path: Path) -> None:
    run(tmp_path / "all.mid", models["events"], None, count=2, as_tracks=True)
    takes = run(tmp_path / "take.mid", models["events"], None, count=2).takes
    output = str(tmp_path / "joined.mid")
    takes_as_tracks([take.path for take in takes], ["Take 1", "Take 2"], output)
    assert Path(output).read_bytes() == (tmp_path / "all.mid").read_bytes()


def test_takes_of_other_settings_are_told_apart(
    models: dict[str, str], tmp_path: Path, loop: str
) -> None:
    paths = [str(tmp_path / f"{name}.mid") for name in "ab"]
    run(Path(paths[0]), models["events"], loop)
    run(Path(paths[1]), models["events"], loop, seed=9, temperature=0.5)
    takes_as_tracks(paths, ["A", "B"], str(tmp_path / "all.mid"))
    recipe = json.loads(score_of(tmp_path / "all.mid").recipe or "")
    assert recipe["takes"] == [{"seed": 1}, {"seed": 9, "temperature": 0.5}]


def test_takes_of_other_pieces_or_places_are_refused(
    models: dict[str, str], tmp_path: Path, loop: str
) -> None:
    other = tmp_path / "other.mid"
    other.write_bytes(SONGS["piano"]())
    paths = [str(tmp_path / f"{name}.mid") for name in "abc"]
    run(Path(paths[0]), models["events"], loop)
    run(Path(paths[1]), models["events"], loop, at=4)
    run(Path(paths[2]), models["events"], str(other))
    for path in paths[1:]:
        with pytest.raises(UsageError, match="does not continue what"):
            takes_as_tracks([paths[0], path], ["A", "B"], str(tmp_path / "all.mid"))
    with pytest.raises(InputFileError, match="does not tell what it continues"):
        takes_as_tracks([loop], ["A"], str(tmp_path / "all.mid"))
    with pytest.raises(UsageError, match="1 takes and 2 titles"):
        takes_as_tracks([paths[0]], ["A", "B"], str(tmp_path / "all.mid"))
    with pytest.raises(OutputError, match="exists already"):
        takes_as_tracks([paths[0]], ["A"], paths[0])


@pytest.mark.parametrize("at", [-3, 0, 10**30])
def test_a_recipe_that_names_no_bar_is_refused(
    models: dict[str, str], tmp_path: Path, loop: str, at: int
) -> None:
    path = tmp_path / "a.mid"
    run(path, models["events"], loop)
    file = mido.MidiFile(str(path))
    for message in file.tracks[0]:
        if message.type == "text":
            recipe = json.loads(message.text.removeprefix("seqgen: "))
            message.text = f"seqgen: {json.dumps({**recipe, 'at': at})}"
    file.save(str(path))
    with pytest.raises(InputFileError, match="does not tell what it continues"):
        takes_as_tracks([str(path)], ["A"], str(tmp_path / "all.mid"))


def test_only_new_and_as_tracks_exclude_each_other(
    models: dict[str, str], tmp_path: Path, loop: str
) -> None:
    with pytest.raises(UsageError, match="exclude each other"):
        run(tmp_path / "a.mid", models["events"], loop, only_new=True, as_tracks=True)
    with pytest.raises(UsageError, match="count 0 is out of range"):
        run(tmp_path / "a.mid", models["events"], loop, count=0, as_tracks=True)
