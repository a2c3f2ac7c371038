from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from seqgen_gui.live.ports import open_input
from seqgen_gui.live.recorder import Recorder
from seqgen_gui.live.recording import Recording
from seqgen_gui.sound.device import Output, Pull, SoundError
from seqgen_gui.sound.score import News
from tests.gui.live.rig import KEYS, Rig
from tests.gui.sound.speaker import Device
from tests.gui.sound.test_deck import wait

FREE = Recording(port=KEYS, count_in=False, clicks=False)


def no_device(pull: Pull, device: str) -> Output:
    raise SoundError("there is no audio device")


@pytest.fixture
def news() -> list[News]:
    return []


@pytest.fixture
def recorder(rig: Rig, news: list[News]) -> Iterator[Recorder]:
    recorder = Recorder(open_input, no_device, news.append)
    yield recorder
    recorder.close()


def heard(recorder: Recorder, news: list[News], count: int) -> list[tuple[int, ...]]:
    """Wait for so many keys, and say which they were."""
    keys: list[tuple[int, ...]] = []

    def enough() -> bool:
        recorder.look()
        told = [line.heard for line in news if line.heard is not None]
        keys[:] = [key[1:] for one in told for key in one.keys]
        return len(keys) >= count

    wait(enough)
    return keys


def test_keys_are_told_with_channel_and_velocity(
    recorder: Recorder, rig: Rig, news: list[News]
) -> None:
    recorder.start(FREE)
    assert news == [News(recording=True)]
    rig.press(b"\x90\x3c\x40", b"\x92\x40\x50", b"\x90\x3c\x00", b"\x82\x40\x33")
    keys = heard(recorder, news, 4)
    assert keys == [(0, 60, 64), (2, 64, 80), (0, 60, 0), (2, 64, 0)]
    times = [key[0] for line in news if line.heard for key in line.heard.keys]
    assert times == sorted(times)
    assert all(0 <= when < 20 for when in times)


def test_the_pedal_is_told_and_other_messages_are_not(
    recorder: Recorder, rig: Rig, news: list[News]
) -> None:
    recorder.start(FREE)
    rig.press(b"\xf8", b"\xe0\x00\x50", b"\xb0\x01\x10", b"\xb0\x40\x7f", b"\x90\x3c\x40")
    assert heard(recorder, news, 1) == [(0, 60, 64)]
    pedals = [pedal[1:] for line in news if line.heard for pedal in line.heard.pedals]
    assert pedals == [(0, 127)]


def test_beats_are_told_as_they_come(recorder: Recorder, news: list[News]) -> None:
    recorder.start(Recording(port=KEYS, tempo=1200.0, count_in=False, clicks=False))

    def beats() -> list[int]:
        recorder.look()
        return [line.heard.beat for line in news if line.heard]

    wait(lambda: beats()[-1:] >= [3])
    assert beats() == sorted(set(beats()))


def test_a_count_in_without_a_device_is_silent_and_says_so(
    recorder: Recorder, news: list[News]
) -> None:
    recorder.start(Recording(port=KEYS))
    assert news == [News(recording=True, warned="nothing is heard: there is no audio device")]
    recorder.look()
    assert news[-1].heard is not None
    assert news[-1].heard.beat == -4


def test_stop_tells_the_last_keys_first(recorder: Recorder, rig: Rig, news: list[News]) -> None:
    recorder.start(FREE)
    rig.press(b"\x90\x3c\x40")
    wait(lambda: not recorder._came.empty())
    recorder.stop()
    assert news[-2].heard is not None
    assert news[-2].heard.keys[0][1:] == (0, 60, 64)
    assert news[-1] == News(recording=False)
    assert not recorder.is_on
    recorder.stop()
    assert len(news) == 3


def test_a_keyboard_that_is_gone_is_told(recorder: Recorder, news: list[News]) -> None:
    recorder.start(Recording(port="Gone"))
    assert news == [
        News(
            recording=False,
            failed=f"cannot record: the MIDI port Gone is gone, there are: {KEYS}",
        )
    ]


def test_keys_are_heard_where_that_is_wished(rig: Rig, news: list[News]) -> None:
    speaker = Device()
    recorder = Recorder(open_input, speaker.open, news.append)
    recorder.start(Recording(port=KEYS, count_in=False, clicks=False, sounds=True))
    assert np.abs(speaker.hear(0.05)).max() == 0
    rig.press(b"\x90\x3c\x60")
    wait(lambda: np.abs(speaker.hear(0.05)).max() > 0.01)
    recorder.stop()
    assert speaker.pull is None
