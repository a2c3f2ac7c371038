from __future__ import annotations

import sys
from types import ModuleType

import pytest

from seqgen_gui.sound.devices import output_names


class PortAudioError(Exception):
    pass


def stand_in(devices: list[dict[str, object]] | None) -> ModuleType:
    def query_devices() -> list[dict[str, object]]:
        if devices is None:
            raise PortAudioError("no PortAudio")
        return devices

    module = ModuleType("sounddevice")
    vars(module).update(
        PortAudioError=PortAudioError,
        query_devices=query_devices,
        query_hostapis=lambda: ({"name": "ALSA"}, {"name": "JACK"}),
    )
    return module


def test_devices_that_play_are_named_with_their_system(monkeypatch: pytest.MonkeyPatch) -> None:
    devices: list[dict[str, object]] = [
        {"name": "Speakers", "hostapi": 0, "max_output_channels": 2},
        {"name": "Microphone", "hostapi": 0, "max_output_channels": 0},
        {"name": "Speakers", "hostapi": 1, "max_output_channels": 8},
    ]
    monkeypatch.setitem(sys.modules, "sounddevice", stand_in(devices))
    assert output_names() == ["Speakers, ALSA", "Speakers, JACK"]


def test_no_sound_is_no_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (stand_in([]), stand_in(None), None):
        monkeypatch.setitem(sys.modules, "sounddevice", module)
        assert output_names() == []
