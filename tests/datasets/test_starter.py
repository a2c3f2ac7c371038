from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from seqgen.frontends.cards import bundled_data, read_cards
from seqgen.frontends.data.members import content_hash
from seqgen.frontends.music.corpus.pieces import Piece
from seqgen.frontends.music.corpus.sources import iter_pieces
from seqgen.frontends.music.corpus.splits import split_of
from seqgen.frontends.music.midi.score import Score, read_score
from tests.places import ROOT

CARD = read_cards(ROOT / "datasets")["starter"]
FOLDER = bundled_data(ROOT / "datasets", CARD)
LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
MAJOR, MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 9, 10, 11)
CONSONANT = (0, 3, 4, 7, 8, 9)


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    assert FOLDER is not None
    return [piece for piece in iter_pieces(FOLDER) if isinstance(piece, Piece)]


@pytest.fixture(scope="module")
def scores(pieces: list[Piece]) -> dict[str, Score]:
    return {piece.name: read_score(piece.data, piece.name) for piece in pieces}


def test_the_script_makes_the_same_files_again(tmp_path: Path, pieces: list[Piece]) -> None:
    script = ROOT / "tools" / "make_starter.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, timeout=120)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {piece.name: piece.data for piece in pieces}


def test_the_card_counts_what_is_there(pieces: list[Piece], scores: dict[str, Score]) -> None:
    hashes = {piece.name: content_hash(piece.data) for piece in pieces}
    splits = Counter(split_of(CARD.split, hashes).values())
    notes = sum(len(score.notes) for score in scores.values())
    counted: dict[str, int] = {"files": len(pieces), "notes": notes} | dict(splits)
    assert counted == CARD.counts
    assert sum(len(piece.data) for piece in pieces) < 400_000
    assert len({piece.data for piece in pieces}) == len(pieces)


def test_every_piece_is_a_clean_file_of_melody_harmony_and_bass(scores: dict[str, Score]) -> None:
    for score in scores.values():
        assert score.warnings == ()
        sounding = set(score.notes["track"].tolist())
        parts = [track for track in score.tracks if track.index in sounding]
        assert [part.name for part in parts] == ["Melody", "Harmony", "Bass"]
        assert [part.role for part in parts] == ["melody", "harmony", "bass"]
        assert len(np.unique(score.notes["velocity"])) >= 10


def test_meters_keys_and_tempos_vary(scores: dict[str, Score]) -> None:
    meters = Counter(score.meters.meter_at(0) for score in scores.values())
    assert set(meters) == {(4, 4), (3, 4), (6, 8)}
    assert len({score.keys[0][1] for score in scores.values()}) >= 18
    assert len({round(score.tempos.bpm_at(0)) for score in scores.values()}) >= 20


def test_the_primer_is_eight_bars_in_four_four(scores: dict[str, Score]) -> None:
    score = scores["primer-8-bars-in-c-major.mid"]
    assert score.meters.meter_at(0) == (4, 4)
    assert score.notes["end"].max() == 8 * 4 * score.ticks_per_beat


def parts(score: Score) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """Return the notes of melody and bass."""
    melody, bass = (
        score.notes[score.notes["track"] == track.index]
        for track in score.tracks
        if track.name in ("Melody", "Bass")
    )
    return melody, bass


def downbeats(score: Score) -> Iterator[int]:
    """Yield the interval from bass to melody at every bar line."""
    melody, bass = parts(score)
    for note in melody[melody["start"] % score.meters.bar_ticks(0) == 0]:
        low = bass[(bass["start"] <= note["start"]) & (note["start"] < bass["end"])]
        if len(low):
            yield int(note["pitch"]) - int(low[0]["pitch"])


def parallels(score: Score) -> Iterator[bool]:
    """Yield for every common move of bass and melody if it goes between like fifths or octaves."""
    melody, bass = parts(score)
    for low, after in pairwise(bass):
        at = after["start"]
        before = melody[(melody["start"] < at) & (at <= melody["end"])]
        now = melody[(melody["start"] <= at) & (at < melody["end"])]
        if len(before) and len(now) and low["pitch"] != after["pitch"]:
            old, new = int(before[-1]["pitch"]), int(now[0]["pitch"])
            kinds = (old - int(low["pitch"])) % 12, (new - int(after["pitch"])) % 12
            if old != new:
                yield kinds in ((0, 0), (7, 7))


def test_pitches_are_in_key(scores: dict[str, Score]) -> None:
    inside = total = 0
    for score in scores.values():
        name, mode = score.keys[0][1].split()
        tonic = LETTERS[name[0]] + name.count("#") - name.count("b")
        degrees = (score.notes["pitch"].astype(int) - tonic) % 12
        inside += int(np.isin(degrees, MAJOR if mode == "major" else MINOR).sum())
        total += len(degrees)
    assert inside / total > 0.98


def test_melody_and_bass_agree_on_the_first_beat(scores: dict[str, Score]) -> None:
    intervals = [interval for score in scores.values() for interval in downbeats(score)]
    assert len(intervals) > 1000
    assert sum(interval % 12 in CONSONANT for interval in intervals) / len(intervals) > 0.9


def test_melody_and_bass_seldom_move_in_fifths_or_octaves(scores: dict[str, Score]) -> None:
    moves = [parallel for score in scores.values() for parallel in parallels(score)]
    assert len(moves) > 1000
    assert sum(moves) / len(moves) < 0.07


def test_rhythms_vary(scores: dict[str, Score]) -> None:
    lengths = Counter[float]()
    for score in scores.values():
        notes = score.notes[score.notes["track"] == score.notes["track"].min()]
        lengths.update(((notes["end"] - notes["start"]) / score.ticks_per_beat).round(3).tolist())
    assert {0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0} <= set(lengths)
    assert max(lengths.values()) / lengths.total() < 0.5
