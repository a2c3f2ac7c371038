from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from seqgen_gui.live.port_deck import PortDeck
from seqgen_gui.live.ports import open_output
from seqgen_gui.sound.score import Instrument, News, Playing, Score
from tests.gui.live.rig import SYNTH, Rig
from tests.gui.sound.test_deck import wait
from tests.gui.sound.tunes import scale

LONG = Score(((0.0, 60.0, 60, 90, 0), (0.05, 60.0, 64, 90, 1)), (Instrument(), Instrument(40)))


@pytest.fixture
def news() -> list[News]:
    return []


@pytest.fixture
def deck(rig: Rig, news: list[News]) -> Iterator[PortDeck]:
    deck = PortDeck(open_output, news.append)
    deck.load(LONG)
    yield deck
    deck.close()
    assert "midi" not in [thread.name for thread in threading.enumerate()]


@pytest.fixture
def both_sound(deck: PortDeck, rig: Rig) -> Callable[[], None]:
    return lambda: wait(lambda: rig.sounding == {(0, 60), (1, 64)})


def test_notes_go_to_the_synth_in_time(deck: PortDeck, rig: Rig, news: list[News]) -> None:
    deck.load(scale(8, 0.1))
    begun = time.monotonic()
    deck.play(0.0, SYNTH)
    assert news == [News(playing=True)]

    def done() -> bool:
        deck.look()
        return not deck.is_playing

    wait(done)
    piano = [when - begun for when, sent in rig.sent if sent[0] == 0x90]
    assert len(piano) == 8
    assert piano == sorted(piano)
    assert all(when >= 0.1 * place for place, when in enumerate(piano))
    assert rig.sounding == set()
    assert news[-1] == News(playing=False, at=0.0)
    assert any(told.at for told in news)


def test_pause_ends_all_notes_and_stays(
    deck: PortDeck, rig: Rig, both_sound: Callable[[], None], news: list[News]
) -> None:
    deck.play(0.0, SYNTH)
    both_sound()
    deck.pause()
    assert rig.sounding == set()
    assert {b"\xb0\x7b\x00", b"\xb1\x7b\x00"} <= set(rig.messages)
    assert news[-1].playing is False
    assert news[-1].at == pytest.approx(deck.position)


def test_a_part_that_is_muted_ends_and_the_others_sound_on(
    deck: PortDeck, rig: Rig, both_sound: Callable[[], None]
) -> None:
    deck.play(0.0, SYNTH)
    both_sound()
    deck.set_how(Playing(muted=frozenset({1})))
    assert rig.sounding == {(0, 60)}


def test_seeking_ends_all_notes(deck: PortDeck, rig: Rig, both_sound: Callable[[], None]) -> None:
    deck.play(0.0, SYNTH)
    both_sound()
    deck.play(30.0, SYNTH)
    assert rig.sounding == set()
    assert 30.0 <= deck.position < 31.0


def test_more_music_of_the_same_parts_is_taken_up_and_what_sounds_goes_on(
    deck: PortDeck, rig: Rig, both_sound: Callable[[], None]
) -> None:
    deck.play(0.0, SYNTH)
    both_sound()
    ahead = deck.position + 0.1
    deck.load(Score((*LONG.notes, (ahead, 60.0, 72, 90, 0)), LONG.instruments))
    wait(lambda: rig.sounding == {(0, 60), (1, 64), (0, 72)})


def test_other_parts_end_what_sounds(
    deck: PortDeck, rig: Rig, both_sound: Callable[[], None]
) -> None:
    deck.play(0.0, SYNTH)
    both_sound()
    deck.load(Score(LONG.notes, (Instrument(5), Instrument(6), Instrument(7))))
    assert rig.sounding == set()


def test_a_tempo_counts_from_where_it_was_changed(
    deck: PortDeck, rig: Rig, both_sound: Callable[[], None]
) -> None:
    deck.play(0.0, SYNTH)
    both_sound()
    before, begun = deck.position, time.monotonic()
    deck.set_how(Playing(tempo=4.0))
    wait(lambda: deck.position > before + 0.8)
    gone = time.monotonic() - begun
    assert deck.position - before == pytest.approx(4 * gone, abs=0.4)


def test_a_loop_never_ends(deck: PortDeck, rig: Rig) -> None:
    deck.set_how(Playing(loop=(0.0, 0.1)))
    deck.play(0.0, SYNTH)
    wait(lambda: rig.messages.count(b"\x90\x3c\x5a") >= 4)
    deck.pause()
    assert rig.sounding == set()


def test_a_synth_that_is_not_there_is_told(deck: PortDeck, news: list[News]) -> None:
    deck.play(0.0, "Another")
    assert news == [News(failed=f"cannot play: the MIDI port Another is gone, there are: {SYNTH}")]
    assert not deck.is_playing


def test_a_synth_that_is_pulled_out_while_it_plays_is_told(
    deck: PortDeck, rig: Rig, news: list[News]
) -> None:
    deck.load(scale(200, 0.05))
    deck.play(0.0, SYNTH)
    wait(lambda: bool(rig.messages))
    rig.pull_out()

    def done() -> bool:
        deck.look()
        return not deck.is_playing

    wait(done)
    assert news[-1].failed == (
        f"the sound stopped: the MIDI port {SYNTH} is gone: it Was Pulled Out"
    )
    assert news[-2].playing is False
