from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from seqgen.api import engines, note_stream
from seqgen.api.sample import hear_music, sample_music
from seqgen.config import HeardMusic, MusicResult, Progress, SampleMusic
from seqgen.frontends.music.midi.score import read_score
from tests.api.sampling import CODECS
from tests.frontends.music.songs import SONGS

Row = tuple[int, int, int, int, int]


def told(values: list[Progress]) -> dict[int, dict[tuple[int, int, int], Row]]:
    """The notes of each take after every row took the place of the one it replaces."""
    takes: dict[int, dict[tuple[int, int, int], Row]] = {}
    for value in values:
        for row in value.data.get("notes", []):
            start, _, pitch, _, track = row
            takes.setdefault(value.data["take"], {})[start, pitch, track] = tuple(row)
    return takes


def written(path: str, join: int) -> set[Row]:
    notes = read_score(Path(path).read_bytes()).notes
    notes = notes[notes["start"] >= join]
    columns = (notes[name].tolist() for name in note_stream.COLUMNS)
    return set(zip(*columns, strict=True))


def stream(
    models: dict[str, str], codec: str, folder: Path, **wanted: Any
) -> tuple[list[Progress], MusicResult]:
    primer = folder / "primer.mid"
    primer.write_bytes(SONGS["piano"]())
    request = SampleMusic(
        primer=str(primer), output=str(folder / "out.mid"), model=models[codec], seed=3, **wanted
    )
    *values, result = sample_music(request)
    assert isinstance(result, MusicResult)
    return [value for value in values if isinstance(value, Progress)], result


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("wanted", [{"bars": 12}, {"notes": 41}])
@pytest.mark.parametrize("interval", [0.0, 0.005, 1e9])
def test_the_notes_told_are_those_of_the_file_at_whatever_pace(
    models: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    codec: str,
    wanted: dict[str, int],
    interval: float,
) -> None:
    monkeypatch.setattr(note_stream, "INTERVAL", interval)
    values, result = stream(models, codec, tmp_path, count=2, **wanted)
    takes = told(values)
    join = values[0].data["join"]
    assert sorted(takes) == [0, 1]
    for index, take in enumerate(result.takes):
        assert set(takes[index].values()) == written(take.path, join)


@pytest.mark.parametrize("codec", CODECS)
def test_the_first_notes_are_told_long_before_the_last(
    models: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    codec: str,
) -> None:
    monkeypatch.setattr(note_stream, "INTERVAL", 0.0)
    values, _ = stream(models, codec, tmp_path, bars=12)
    with_notes = [index for index, value in enumerate(values) if "notes" in value.data]
    assert with_notes[0] < 5
    assert len(with_notes) > 10
    last = max(row[1] for value in values for row in value.data.get("notes", []))
    assert values[0].data["join"] < last <= values[0].data["end"]


def test_a_row_is_told_once_unless_its_note_changes(
    models: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_stream, "INTERVAL", 0.0)
    values, _ = stream(models, "events", tmp_path, bars=12)
    rows = [tuple(row) for value in values for row in value.data.get("notes", [])]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("codec", CODECS)
def test_a_primer_that_was_heard_is_continued_at_once_and_alike(
    models: dict[str, str], tmp_path: Path, codec: str
) -> None:
    engines._heard.clear()
    cold, result = stream(models, codec, tmp_path, bars=2)
    bytes_ = Path(result.takes[0].path).read_bytes()
    engines._heard.clear()
    request = SampleMusic(
        primer=str(tmp_path / "primer.mid"), output="", model=models[codec], temperature=0.5
    )
    *values, heard = hear_music(request)
    assert isinstance(heard, HeardMusic)
    assert (heard.primer_notes, heard.at_bar) == (result.primer_notes, result.at_bar)
    assert {value.stage for value in values if isinstance(value, Progress)} == {"listening"}
    warm, again = stream(models, codec, tmp_path, bars=2, force=True)
    assert [value.done for value in cold if value.stage == "listening"][-1] > 0
    assert [value.done for value in warm if value.stage == "listening"] == [0]
    assert Path(again.takes[0].path).read_bytes() == bytes_
