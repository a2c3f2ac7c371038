from __future__ import annotations

import numpy as np
import pytest

from seqgen.core.guide import Guide, Verdict
from seqgen.errors import InputFileError, UsageError
from seqgen.frontends.music.midi.roles import ROLES
from seqgen.frontends.music.midi.score import Score
from seqgen.frontends.music.playing.continuation import (
    HEARD,
    Continuation,
    EventContinuation,
    VoiceContinuation,
)
from seqgen.frontends.music.playing.span import find_join, find_span, playing_tracks
from tests.frontends.music.songs import BEAT, SONGS, score_of, song, tune


def continuing(
    score: Score, codec: str, known: tuple[str, ...] = ROLES, bars: int = 4, time: str = "auto"
) -> Continuation:
    join = find_join(score, None)
    span = find_span(score, join, ("bars", bars))
    playing = playing_tracks(score, join)
    if codec == "voices":
        return VoiceContinuation(score, span, pitches=None, time=time, playing=playing)
    return EventContinuation(score, span, known=known, pitches=None, time=time, playing=playing)


def drawn(continuation: Continuation, seed: int = 0, most: int = 10_000) -> Guide:
    """A guide that took whatever chance drew among what it allows."""
    rng = np.random.default_rng(seed)
    sizes = (5, 128, 177, 32, 178) if isinstance(continuation, EventContinuation) else (56,) * 5
    guide = continuation.guide()
    for _ in range(most):
        step: tuple[int, ...] = ()
        for field, size in enumerate(sizes):
            mask = guide.allowed(field, step)
            step = (*step, int(rng.choice(size if mask is None else np.flatnonzero(mask))))
        if guide.judge(step) is Verdict.STOP:
            return guide
    raise AssertionError("it never ended")


@pytest.mark.parametrize("codec", ["events", "voices"])
@pytest.mark.parametrize("name", SONGS)
def test_whatever_is_drawn_new_notes_fit_the_span_and_do_not_overlap(
    name: str, codec: str
) -> None:
    score = score_of(SONGS[name]())
    join = find_join(score, None)
    end = find_span(score, join, ("bars", 4)).end
    continuation = continuing(score, codec)
    for seed in range(4):
        notes = continuation.notes(drawn(continuation, seed))
        assert len(notes)
        assert (notes["start"] >= join).all()
        assert (notes["start"] < end).all()
        assert (notes["end"] <= end).all()
        assert (notes["end"] > notes["start"]).all()
        assert (notes["velocity"] >= 1).all()
        assert notes["start"].min() <= join + 4 * BEAT
        assert set(notes["track"]) <= set(playing_tracks(score, join))
        assert all(score.tracks[n["track"]].channel == n["channel"] for n in notes)
        notes = np.sort(notes, order=("channel", "pitch", "start"))
        same = (np.diff(notes["pitch"].astype(int)) == 0) & (np.diff(notes["channel"]) == 0)
        assert (notes["end"][:-1] <= notes["start"][1:])[same].all()


@pytest.mark.parametrize("shift", [-0.1, 0.1])
def test_a_shifted_grid_still_starts_on_the_bar_line(shift: float) -> None:
    line = [(start + 1 + shift, 0.8, pitch) for start, _, pitch in tune(4)]
    score = score_of(song({"Melody": (0, 0, 80, line)}))
    join = find_join(score, None)
    starts = []
    for seed in range(40):
        continuation = continuing(score, "events", bars=1)
        starts += continuation.notes(drawn(continuation, seed))["start"].tolist()
    assert max(0, round(shift * BEAT)) + join in starts
    assert all(join <= start < join + 4 * BEAT for start in starts)


def test_tracks_the_model_cannot_play_are_named_once() -> None:
    score = score_of(SONGS["loop"]())
    assert continuing(score, "events").warnings == []
    for codec, does in (("events", "plays melody, harmony"), ("voices", "sings 4 voices")):
        assert continuing(score, codec, ("melody", "harmony")).warnings == [
            f"not continued, for the model {does}: track 2 'Drums' (drums)"
        ]
    assert (
        "13 'Double Bass' (bass)"
        in continuing(score_of(SONGS["orchestra"]()), "voices").warnings[0]
    )


@pytest.mark.parametrize("codec", ["events", "voices"])
def test_drums_alone_are_refused_by_a_model_without(codec: str) -> None:
    score = score_of(song({"Drums": (9, 0, 80, tune())}))
    with pytest.raises(InputFileError, match="the primer holds only drums, the model"):
        continuing(score, codec, ("melody",))
    assert continuing(score, "events").warnings == []


def test_voices_keep_metric_time() -> None:
    with pytest.raises(UsageError, match="allowed: auto, metric"):
        continuing(score_of(SONGS["rubato"]()), "voices", time="free")


@pytest.mark.parametrize("codec", ["events", "voices"])
def test_of_a_very_long_primer_the_end_is_heard(codec: str) -> None:
    line = [(beat / 4, 0.2, 60 + beat % 7) for beat in range(HEARD + 32)]
    continuation = continuing(score_of(song({"Melody": (0, 0, 80, line)})), codec)
    assert len(continuation.steps) <= HEARD
    assert "heard" in continuation.warnings[0]


def test_a_lone_line_goes_on_alone() -> None:
    for codec in ("events", "voices"):
        continuation = continuing(score_of(SONGS["jig"]()), codec)
        notes = np.sort(continuation.notes(drawn(continuation)), order="start")
        assert (notes["end"][:-1] <= notes["start"][1:]).all()


def test_voices_out_of_a_choirs_range_stay_where_they_were() -> None:
    score = score_of(SONGS["orchestra"]())
    continuation = continuing(score, "voices", bars=32)
    notes = continuation.notes(drawn(continuation))
    for track in set(notes["track"].tolist()):
        before = score.notes["pitch"][score.notes["track"] == track].mean()
        assert abs(notes["pitch"][notes["track"] == track].mean() - before) < 20


def test_balance_and_loudness_are_the_primers() -> None:
    score = score_of(SONGS["chorale"]())
    continuation = continuing(score, "voices")
    assert set(continuation.notes(drawn(continuation))["velocity"]) == {80}
