from __future__ import annotations

import os
from pathlib import Path

import pytest

from seqgen.config import Train
from seqgen.errors import SeqgenError
from seqgen.marks import alive
from seqgen.run_notes import END, NOTE, noted, read_note, started_folders


def request(folder: Path) -> Train:
    return Train(frontend="music", data=("starter", str(folder)), out=str(folder))


def test_a_training_is_noted_while_it_goes_on_and_when_it_is_over(tmp_path: Path) -> None:
    with noted(request(tmp_path)) as ending:
        note = read_note(tmp_path)
        assert note is not None
        assert alive(note.mark)
        assert (note.reason, note.request.data) == ("", ("starter", str(tmp_path)))
        ending.reason = "minutes"
    note = read_note(tmp_path)
    assert note is not None
    assert note.reason == "minutes"


@pytest.mark.parametrize(
    ("error", "reason", "words"),
    [
        (SeqgenError("loss nan"), "failed", "loss nan"),
        (GeneratorExit(), "paused", ""),
        (KeyboardInterrupt(), "paused", ""),
        (MemoryError(), "", ""),
    ],
)
def test_how_a_training_ended_is_noted(
    tmp_path: Path, error: BaseException, reason: str, words: str
) -> None:
    with pytest.raises(type(error)), noted(request(tmp_path)):
        raise error
    note = read_note(tmp_path)
    assert note is not None
    assert (note.reason, note.words) == (reason, words)


def test_a_wish_to_end_is_heard_and_one_of_an_earlier_time_is_not(tmp_path: Path) -> None:
    (tmp_path / END).touch()
    with noted(request(tmp_path)) as ending:
        assert not ending.wanted
        (tmp_path / END).touch()
        assert ending.wanted


def test_a_note_that_is_damaged_or_not_there_is_none(tmp_path: Path) -> None:
    assert read_note(tmp_path) is None
    (tmp_path / NOTE).write_text("{")
    assert read_note(tmp_path) is None


def test_the_trainings_begun_last_are_remembered_the_newest_first(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(3)]
    for folder in [*folders, folders[0]]:
        folder.mkdir(exist_ok=True)
        with noted(request(folder)):
            pass
    assert started_folders()[:3] == [folders[0], folders[2], folders[1]]


def test_half_files_of_killed_processes_are_taken_away_and_new_ones_left(tmp_path: Path) -> None:
    old, new = tmp_path / ".0123.tmp", tmp_path / ".4567.tmp"
    old.touch()
    new.touch()
    os.utime(old, (1.0, 1.0))
    with noted(request(tmp_path)):
        assert not old.exists()
        assert new.exists()
