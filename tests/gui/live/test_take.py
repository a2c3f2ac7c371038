from __future__ import annotations

import pytest

from seqgen_gui.live.recording import Heard, Recording
from seqgen_gui.live.take import LiveTake

FREE = Recording(port="k", tempo=120.0, count_in=False, clicks=False)
COUNTED = Recording(port="k", tempo=120.0, count_in=True, clicks=False)


def take_of(
    recording: Recording, *keys: tuple[float, int, int, int], now: float = 9.0
) -> LiveTake:
    take = LiveTake(recording)
    take.hear(Heard(beat=0, now=now, keys=keys))
    return take


def test_keys_become_notes_and_held_ones_end_with_the_recording() -> None:
    take = take_of(COUNTED, (0.5, 0, 60, 90), (1.0, 0, 62, 80), (1.5, 0, 60, 0), now=3.0)
    assert take.count == 2
    assert take.rows() == [(0.5, 1.5, 60, 90, 0), (1.0, 3.0, 62, 80, 0)]
    assert take.rows() == take.rows()


def test_a_key_that_comes_down_twice_ends_the_first_note() -> None:
    take = take_of(COUNTED, (0.5, 0, 60, 90), (1.0, 0, 60, 80), (1.5, 0, 60, 0))
    assert take.rows() == [(0.5, 1.0, 60, 90, 0), (1.0, 1.5, 60, 80, 0)]


def test_a_key_that_was_down_before_is_no_note() -> None:
    assert take_of(COUNTED, (0.5, 0, 60, 0)).count == 0


def test_channels_do_not_end_each_others_notes() -> None:
    take = take_of(COUNTED, (0.5, 0, 60, 90), (1.0, 1, 60, 0), (2.0, 0, 60, 0))
    assert take.rows() == [(0.5, 2.0, 60, 90, 0)]


def test_played_freely_bar_1_begins_with_the_first_note() -> None:
    take = take_of(FREE, (3.25, 0, 60, 90), (4.25, 0, 60, 0))
    take.hear(Heard(beat=9, now=5.0, pedals=((3.0, 0, 127), (4.5, 0, 0))))
    request = take.request("a.mid")
    assert request["notes"] == [(0.0, 1.0, 60, 90, 0)]
    assert request["pedals"] == [(0.0, 0, 127), (1.25, 0, 0)]
    assert (request["output"], request["tempo"]) == ("a.mid", 120.0)


@pytest.mark.parametrize(("first", "start"), [(0.7, 0.7), (-0.2, 0.0)])
def test_counted_in_notes_stay_at_their_beats_and_early_ones_are_on_the_first(
    first: float, start: float
) -> None:
    take = take_of(COUNTED, (first, 0, 60, 90), (1.5, 0, 60, 0))
    assert take.request("a.mid")["notes"] == [(start, 1.5, 60, 90, 0)]


def test_an_upbeat_in_the_count_in_makes_it_a_bar_of_the_piece() -> None:
    take = take_of(COUNTED, (-0.5, 0, 60, 90), (0.0, 0, 60, 0), (0.0, 0, 64, 90), (1.0, 0, 64, 0))
    assert take.request("a.mid")["notes"] == [(1.5, 2.0, 60, 90, 0), (2.0, 3.0, 64, 90, 0)]
