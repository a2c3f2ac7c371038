from __future__ import annotations

import numpy as np
import pytest

from seqgen_gui.live.metronome import Metronome
from seqgen_gui.live.recording import Recording
from seqgen_gui.sound.device import RATE, Output, Pull, SoundError
from seqgen_gui.sound.voices import Wave
from tests.gui.sound.speaker import Device


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def onsets(sound: Wave) -> list[float]:
    """Seconds at which the sound leaps up."""
    loud = np.abs(sound[:, 0]).reshape(-1, RATE // 100).max(axis=1) > 0.02
    steps = loud.tolist()
    return [i / 100 for i in range(len(steps)) if steps[i] and not any(steps[max(i - 8, 0) : i])]


def test_it_clicks_on_the_beats_and_the_count_in_is_below_nought(clock: Clock) -> None:
    speaker = Device()
    metronome = Metronome(Recording(port="k", tempo=120.0), speaker.open, clock)
    assert metronome.seconds() == -2.0
    assert onsets(speaker.hear(4.0)) == pytest.approx([0.5 * i for i in range(8)], abs=0.02)
    metronome.close()
    assert speaker.pull is None


def test_with_a_count_in_alone_it_is_silent_from_bar_1_on(clock: Clock) -> None:
    speaker = Device()
    Metronome(Recording(port="k", tempo=240.0, clicks=False), speaker.open, clock)
    assert len(onsets(speaker.hear(3.0))) == 4


def test_without_either_there_is_no_device_and_bar_1_is_now(clock: Clock) -> None:
    speaker = Device()
    recording = Recording(port="k", count_in=False, clicks=False)
    metronome = Metronome(recording, speaker.open, clock)
    assert speaker.pull is None
    clock.now += 1.5
    assert metronome.seconds() == 1.5
    assert metronome.seconds(101.0) == 1.0


def test_a_beat_is_when_its_click_is_heard_and_not_when_it_is_made(clock: Clock) -> None:
    speaker = Device()
    speaker.latency = 0.25
    recording = Recording(port="k", tempo=60.0, count_in=False)
    metronome = Metronome(recording, speaker.open, clock)
    clock.now += 0.1  # the device takes its time
    assert speaker.pull is not None
    for _ in range(60):
        speaker.pull(441)
        clock.now += 0.01
    assert metronome.seconds(100.35) == pytest.approx(0.0, abs=0.001)


def test_without_a_device_it_counts_in_silence_and_says_why(clock: Clock) -> None:
    def none(pull: Pull, device: str) -> Output:
        raise SoundError("there is no audio device")

    metronome = Metronome(Recording(port="k", tempo=60.0), none, clock)
    assert metronome.silent == "nothing is heard: there is no audio device"
    clock.now += 5.0
    assert metronome.seconds() == 1.0
    metronome.close()
