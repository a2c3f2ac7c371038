from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from seqgen.core.steps import Steps, check_steps
from seqgen.frontends.music.codecs import bins, events, voices
from seqgen.frontends.music.codecs.encoding import encoder
from seqgen.frontends.music.corpus.augment import Augment
from seqgen.frontends.music.corpus.pieces import Piece
from seqgen.frontends.music.corpus.sequences import EventSequences, Joined, VoiceSequences
from seqgen.frontends.music.midi.roles import ROLES
from tests.frontends.music.songs import SONGS

DRUMS = ROLES.index("drums")


class Few:
    """Pieces in memory."""

    def __init__(self, steps: Sequence[Steps]) -> None:
        self._steps = steps
        self.first = len(steps)

    def __len__(self) -> int:
        return len(self._steps)

    def steps(self, index: int) -> Steps:
        return self._steps[index]


def chorale_rows(seed: int) -> NDArray[np.int16]:
    rng = np.random.default_rng(seed)
    chords = [[rng.integers(low + 4, high - 3) for low, high in voices.RANGES] for _ in range(6)]
    rows = np.repeat(np.array(chords, np.int16), rng.integers(1, 20, 6), axis=0)
    rows[5:9, 1] = -1
    return np.concatenate([rows, rows, rows])


@pytest.mark.parametrize("seed", range(8))
def test_a_transposed_draw_equals_transposed_rows_encoded(seed: int) -> None:
    rows = chorale_rows(seed)
    corpus = VoiceSequences(Few([voices.encode(rows)]))
    assert corpus.draw(0, None) is not None
    seen = set()
    for draw in range(12):
        drawn = corpus.draw(0, np.random.default_rng(draw))
        again = voices.decode(drawn.fields)
        shift = int(again[0, 0] - rows[0, 0])
        wanted = voices.encode(np.where(rows < 0, rows, rows + shift).astype(np.int16))
        np.testing.assert_array_equal(drawn.fields, wanted.fields)
        np.testing.assert_array_equal(drawn.sides, wanted.sides)
        seen.add(shift)
    assert len(seen) > 2


def loop_corpus(**augment: float) -> EventSequences:
    piece = Piece("loop", SONGS["loop"]())
    own, free = (encoder("events", time)[0](piece) for time in ("auto", "free"))
    return EventSequences(Few([own]), Few([free]), Augment(**augment))  # type: ignore[arg-type]


def test_without_a_generator_a_piece_is_as_it_is() -> None:
    corpus = loop_corpus()
    np.testing.assert_array_equal(corpus.draw(0, None).fields, corpus.draw(0, None).fields)
    assert corpus.length(0) == len(corpus.draw(0, None))


@pytest.mark.parametrize("seed", range(6))
def test_all_but_drums_move_by_one_interval_and_nothing_else_changes(seed: int) -> None:
    corpus = loop_corpus(free=0, velocity=0)
    plain, drawn = corpus.draw(0, None), corpus.draw(0, np.random.default_rng(seed))
    moved = drawn.fields[:, events.PITCH] - plain.fields[:, events.PITCH]
    drums = plain.fields[:, events.ROLE] == DRUMS
    assert not moved[drums].any()
    assert len(set(moved[~drums])) == 1
    assert abs(moved).max() <= 6
    same = [events.ROLE, events.DURATION, events.VELOCITY, events.SHIFT]
    np.testing.assert_array_equal(drawn.fields[:, same], plain.fields[:, same])
    np.testing.assert_array_equal(drawn.sides, plain.sides)


@pytest.mark.parametrize("seed", range(6))
def test_a_stretched_draw_tells_its_own_gaps(seed: int) -> None:
    corpus = loop_corpus(free=1, tempo=0.3)
    drawn = corpus.draw(0, np.random.default_rng(seed))
    check_steps(drawn, events.SPEC)
    np.testing.assert_array_equal(drawn.sides[1:, 3], drawn.fields[:-1, events.SHIFT])
    assert drawn.fields[-1, events.SHIFT] == events.END
    assert drawn.sides[0, 3] == events.END
    assert (drawn.fields[:, events.DURATION] >= 1).all()
    assert (drawn.sides[:, 0] == events.POSITIONS).all()
    assert drawn.fields[:-1, events.SHIFT].max() < bins.COUNT


def test_parts_are_counted_through() -> None:
    parts = [Few([voices.encode(chorale_rows(seed))]) for seed in range(3)]
    joined = Joined(parts)  # type: ignore[arg-type]
    assert len(joined) == 3
    assert joined.steps(2) is parts[2].steps(0)
    with pytest.raises(IndexError):
        joined.steps(3)
