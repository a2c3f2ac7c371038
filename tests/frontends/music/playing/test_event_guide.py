from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from seqgen.core.guide import Verdict
from seqgen.frontends.music.codecs import bins, events
from seqgen.frontends.music.codecs.clock import UNITS_PER_BEAT, choose_clock
from seqgen.frontends.music.midi.roles import ROLES
from seqgen.frontends.music.midi.score import Score
from seqgen.frontends.music.playing.event_guide import CHORD, EventGuide
from seqgen.frontends.music.playing.seating import Seating
from seqgen.frontends.music.playing.span import Span
from tests.frontends.music.songs import BEAT, Line, score_of, song, tune

BAR = 4 * BEAT
MELODY, DRUMS = ROLES.index("melody"), ROLES.index("drums")
Step = tuple[int, int, int, int, int]


def guide_of(
    score: Score,
    span: Span,
    opening: tuple[NDArray[np.integer], int] | None = None,
    pitches: NDArray[np.bool_] | None = None,
    places: NDArray[np.bool_] | None = None,
    heard: NDArray[np.void] | None = None,
) -> EventGuide:
    clock = choose_clock(score, "metric")
    playing = set(score.notes["track"].tolist())
    roles = [track.role if track.index in playing else None for track in score.tracks]
    return EventGuide(
        events.timeline_of(score, clock),
        span,
        opening=opening,
        gap=events.END,
        pause=0,
        roles=tuple(role for role in roles if role),
        seating=Seating(score, clock, span.join, roles),
        pitches=pitches,
        places=places,
        heard=heard,
    )


def melody(line: Line | None = None) -> Score:
    return score_of(song({"Melody": (0, 0, 80, tune() if line is None else line)}))


def chords() -> Score:
    line = [(beat, 1.0, pitch) for beat in range(16) for pitch in range(40, 90)]
    return score_of(song({"Melody": (0, 0, 80, line)}))


def play(guide: EventGuide, steps: list[Step]) -> Verdict:
    """What the guide says of steps that are drawn as they are allowed; redraws to the nearest."""
    verdict = Verdict.KEEP
    for wanted in steps:
        for _ in range(10):
            drawn: tuple[int, ...] = ()
            for field, value in enumerate(wanted):
                mask = guide.allowed(field, drawn)
                good = np.arange(10_000) if mask is None else np.flatnonzero(mask)
                drawn = (*drawn, int(good[np.abs(good - value).argmin()]))
            verdict = guide.judge(drawn)
            if verdict is not Verdict.REDRAW:
                break
        if verdict is Verdict.STOP:
            break
    return verdict


def note(pitch: int, duration: int = 12, shift: int = 12) -> Step:
    return MELODY, pitch, int(bins.nearest(duration)), 20, int(bins.nearest(shift))


def test_notes_stop_at_the_end_of_the_span() -> None:
    guide = guide_of(melody(), Span(4 * BAR, 5 * BAR))
    assert play(guide, [note(60 + i % 3) for i in range(10)]) is Verdict.STOP
    assert guide.events()["start"].tolist() == [192, 204, 216, 228]
    assert (guide.events()["start"] + guide.events()["duration"]).max() <= 240


def test_as_many_notes_as_asked_for_are_taken() -> None:
    guide = guide_of(melody(), Span(4 * BAR, 10**9, most=7))
    assert play(guide, [note(60 + i % 3) for i in range(10)]) is Verdict.STOP
    assert len(guide.events()) == 7


def test_silence_is_sent_back_and_reported() -> None:
    guide = guide_of(melody(), Span(4 * BAR, 40 * BAR))
    play(guide, [note(60, shift=bins.LONGEST), note(62, shift=1000)])
    assert guide.faults["silence"] == 2
    assert np.diff(guide.events()["start"]).max() <= 8 * UNITS_PER_BEAT


def test_a_hanging_note_is_cut_and_reported() -> None:
    guide = guide_of(melody(), Span(4 * BAR, 40 * BAR))
    play(guide, [note(60, duration=bins.LONGEST), note(62)])
    assert guide.faults == {"hanging note": 1}
    assert guide.events()["duration"][0] == 16 * UNITS_PER_BEAT


def test_an_overlap_on_one_key_is_cut_and_reported() -> None:
    guide = guide_of(melody(), Span(4 * BAR, 40 * BAR))
    play(guide, [note(60, duration=30), note(60)])
    assert guide.faults == {"overlap": 1}
    assert guide.events()["duration"].tolist() == [12, 12]


def test_a_pile_up_is_sent_back_and_reported() -> None:
    guide = guide_of(chords(), Span(4 * BAR, 40 * BAR))
    play(guide, [note(40 + i, shift=0) for i in range(30)])
    assert guide.faults["pile-up"] >= 2
    assert np.unique(guide.events()["start"], return_counts=True)[1].max() == CHORD


def test_a_loop_is_broken_and_reported() -> None:
    guide = guide_of(melody(), Span(4 * BAR, 400 * BAR))
    play(guide, [note(60 + i % 4) for i in range(200)])
    assert guide.faults["loop"] >= 1
    assert (guide.events()["pitch"] != np.arange(200) % 4 + 60).any()


def test_a_key_is_struck_once_at_a_time_and_a_lone_line_stays_alone() -> None:
    guide = guide_of(melody(), Span(4 * BAR, 40 * BAR))
    play(guide, [note(60, shift=0) for _ in range(10)])
    assert (np.diff(guide.events()["start"]) > 0).all()
    wide = guide_of(chords(), Span(4 * BAR, 40 * BAR))
    play(wide, [note(60, shift=0) for _ in range(10)])
    assert len(set(wide.events()["pitch"][wide.events()["start"] == 192])) == 10


def test_a_part_stays_within_an_octave_of_its_compass() -> None:
    guide = guide_of(melody(), Span(4 * BAR, 40 * BAR))
    play(guide, [note(127), note(0)])
    assert guide.events()["pitch"].tolist() == [67 + 11, 60 - 11]


def test_the_key_is_locked_but_not_for_drums() -> None:
    drums = [(beat, 0.5, 36) for beat in range(16)]
    parts = {"Melody": (0, 0, 80, tune()), "Drums": (9, 0, 80, drums)}
    white = np.isin(np.arange(128) % 12, [0, 2, 4, 5, 7, 9, 11])
    guide = guide_of(score_of(song(parts)), Span(4 * BAR, 40 * BAR), pitches=white)
    play(guide, [note(61), (DRUMS, 37, 6, 20, 6)])
    pitches = guide.events()["pitch"].tolist()
    assert white[pitches[0]]
    assert pitches[1] == 37


def opened(onset: int, shift: int) -> tuple[EventGuide, int]:
    """A guide after the opening drew ``shift``, and the shift that was drawn."""
    last = np.array([MELODY, 60, 12, 20, 0])
    guide = guide_of(melody(), Span(4 * BAR, 12 * BAR), opening=(last, onset))
    for field in range(events.SHIFT):
        assert np.flatnonzero(np.array(guide.allowed(field, ()))).tolist() == [last[field]]
    good = np.flatnonzero(np.array(guide.allowed(events.SHIFT, (0, 0, 0, 0))))
    drawn = int(good[np.abs(good - shift).argmin()])
    assert guide.judge((*last[:4].tolist(), drawn)) is Verdict.KEEP
    play(guide, [note(60)])
    return guide, drawn


@pytest.mark.parametrize(("shift", "first"), [(0, 192), (12, 192), (15, 195), (170, 240)])
def test_the_first_note_lies_in_the_first_bar(shift: int, first: int) -> None:
    guide, _ = opened(180, shift)
    assert guide.events()["start"].tolist() == [first]


@pytest.mark.parametrize("onset", [0, 50, 91, 3])
def test_after_a_long_last_note_the_music_starts_on_the_bar_line(onset: int) -> None:
    guide, drawn = opened(onset, 0)
    assert guide.events()["start"].tolist() == [192]
    assert abs(int(bins.VALUES[drawn]) - (192 - onset)) <= 5


def test_the_sides_are_those_of_the_encoder() -> None:
    score = melody()
    clock = choose_clock(score)
    guide = guide_of(score, Span(4 * BAR, 8 * BAR))
    steps = [note(60, shift=6), note(62, shift=18), note(64, shift=3), note(65)]
    sides = []
    for step in steps:
        sides.append(guide.sides())
        guide.judge(step)
    wanted = events.encode(guide.events(), events.timeline_of(score, clock))
    np.testing.assert_array_equal(np.array(sides), wanted.sides)


def test_notes_start_in_their_places_and_find_back_to_them() -> None:
    places = np.arange(UNITS_PER_BEAT) % 3 == 0
    guide = guide_of(melody(), Span(4 * BAR, 6 * BAR), places=places)
    play(guide, [note(60 + i, shift=4 + i % 2) for i in range(8)])
    assert (guide.events()["start"] % 3 == 0).all()
    off = guide_of(melody(), Span(4 * BAR + BEAT // 12, 6 * BAR), places=places)
    play(off, [note(60, shift=3), note(64, shift=3), note(67)])
    assert off.events()["start"].tolist()[:3] == [193, 195, 198]


def test_a_part_that_rests_too_long_comes_in_again_and_that_is_reported() -> None:
    score = score_of(song({"Melody": (0, 0, 80, tune()), "Piano": (1, 0, 80, tune())}))
    heard = events.events_of(score, choose_clock(score, "metric"))
    guide = guide_of(score, Span(4 * BAR, 40 * BAR), heard=heard)
    piano = [(ROLES.index("harmony"), 62 + i % 3, 12, 20, 12) for i in range(40)]
    play(guide, piano)
    onsets = guide.events()["start"][guide.events()["role"] == MELODY]
    assert guide.faults["long rest"] == len(onsets) > 2
    assert np.diff(onsets).max() <= 9 * 12
