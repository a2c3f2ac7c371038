from __future__ import annotations

import numpy as np

from seqgen.core.guide import Verdict
from seqgen.frontends.music.codecs import voices
from seqgen.frontends.music.playing.voice_guide import LONGEST_CHORD, VoiceGuide

START = np.array([[72, 64, 55, 48]] * 4, np.int16)
Chord = tuple[int, int, int, int, int]


def guide_of(cells: int = 64, **options: object) -> VoiceGuide:
    given = {"channels": np.arange(4), "lifts": np.zeros(4, int), "singing": np.ones(4, bool)}
    return VoiceGuide(voices.encode(START), cells=cells, **(given | options))  # type: ignore[arg-type]


def chord(soprano: int, alto: int, tenor: int, bass: int, cells: int) -> Chord:
    row = voices.classes_of(np.array([[soprano, alto, tenor, bass]]))[0]
    return (*(int(value) for value in row), cells - 1)  # type: ignore[return-value]


def draw(guide: VoiceGuide, wanted: tuple[int, ...]) -> Verdict:
    """Judge a chord that is drawn as near to ``wanted`` as is allowed."""
    for _ in range(10):
        drawn: tuple[int, ...] = ()
        for field, value in enumerate(wanted):
            mask = guide.allowed(field, drawn)
            good = np.arange(1000) if mask is None else np.flatnonzero(mask)
            drawn = (*drawn, int(good[np.abs(good - value).argmin()]))
        verdict = guide.judge(drawn)
        if verdict is not Verdict.REDRAW:
            return verdict
    raise AssertionError("sent back ten times")


def test_chords_fill_the_cells_exactly() -> None:
    guide = guide_of(cells=10)
    assert draw(guide, chord(74, 65, 57, 50, 8)) is Verdict.KEEP
    assert draw(guide, chord(76, 67, 60, 48, 8)) is Verdict.STOP
    assert len(guide.rows()) == 10
    assert guide.rows()[-1].tolist() == [76, 67, 60, 48]


def test_silence_is_sent_back_and_reported() -> None:
    guide = guide_of()
    draw(guide, (0, 0, 0, 0, 3))
    assert guide.faults == {"silence": 1}
    assert (guide.rows() >= 0).any()


def test_a_chord_that_hangs_is_sent_back_and_reported() -> None:
    guide = guide_of(cells=200)
    for _ in range(8):
        draw(guide, chord(74, 65, 57, 50, 16))
    rows = guide.rows()
    moved = 1 + np.flatnonzero((np.diff(rows, axis=0) != 0).any(axis=1))
    assert np.diff([0, *moved, len(rows)]).max() <= LONGEST_CHORD
    assert guide.faults["hanging chord"] >= 1


def test_a_loop_is_broken_and_reported() -> None:
    guide = guide_of(cells=2000)
    for index in range(120):
        draw(guide, chord(74 + 2 * (index % 2), 65, 57, 50, 4))
    assert guide.faults["loop"] >= 1


def test_no_voice_leaves_the_key() -> None:
    white = np.isin(np.arange(128) % 12, [0, 2, 4, 5, 7, 9, 11])
    guide = guide_of(pitches=white)
    draw(guide, chord(73, 66, 58, 49, 4))
    assert white[guide.rows()].all()


def test_notes_are_counted_as_they_will_be_written() -> None:
    guide = guide_of(most=6)
    draw(guide, chord(74, 64, 57, 50, 4))  # the alto stays
    assert draw(guide, chord(76, 65, 55, 50, 4)) is Verdict.STOP
    together = guide_of(most=4, channels=np.zeros(4, int))
    assert draw(together, chord(74, 65, 57, 57, 4)) is Verdict.KEEP  # two in unison


def test_voices_that_never_sang_are_left_out() -> None:
    guide = guide_of(singing=np.array([True, False, False, True]))
    draw(guide, chord(74, 65, 57, 50, 4))
    assert guide.rows()[0].tolist() == [74, -1, -1, 50]


def test_lines_sound_where_they_are_lifted() -> None:
    guide = guide_of(lifts=np.array([12, 0, 0, -24]))
    draw(guide, chord(74, 65, 57, 50, 4))
    assert guide.rows()[0].tolist() == [86, 65, 57, 26]


def test_the_sides_go_on_from_the_primer() -> None:
    guide = guide_of()
    drawn = [chord(74, 65, 57, 50, 4), chord(76, 67, 60, 48, 2)]
    sides = []
    for step in drawn:
        sides.append(guide.sides())
        draw(guide, step)
    whole = voices.encode(np.concatenate([START, guide.rows()]))
    np.testing.assert_array_equal(np.array(sides), whole.sides[1:])
