from __future__ import annotations

import re

import pytest

from seqgen_gui.live import ports
from seqgen_gui.sound.device import SoundError
from tests.gui.live.rig import KEYS, SYNTH, Rig


def test_ports_are_named_by_what_they_do(rig: Rig) -> None:
    assert ports.port_names() == ([KEYS], [SYNTH])


def test_what_is_sent_arrives_and_a_port_that_is_pulled_out_says_so(rig: Rig) -> None:
    port = ports.open_output(SYNTH)
    port.send(b"\x90\x3c\x40")
    assert rig.messages == [b"\x90\x3c\x40"]
    rig.pull_out()
    with pytest.raises(SoundError, match=f"the MIDI port {SYNTH} is gone: it Was Pulled Out"):
        port.send(b"\x80\x3c\x00")
    port.close()


def test_numbers_that_the_system_gives_anew_do_not_count(rig: Rig) -> None:
    ports.open_output("A synth 128:3").close()
    assert ports.match("a", ["a", "a 1:0"]) == "a"


@pytest.mark.parametrize(
    ("name", "names"), [("b", ["a", "c"]), ("a 3:0", ["a 1:0", "a 2:0"]), ("a", [])]
)
def test_a_port_that_is_not_there_is_named_with_those_that_are(
    name: str, names: list[str]
) -> None:
    there = ", ".join(names) or "none"
    with pytest.raises(SoundError, match=f"the MIDI port {name} is gone, there are: {there}"):
        ports.match(name, names)


def test_a_port_that_cannot_be_opened_says_so(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(name: str, **_: object) -> None:
        raise OSError("Device or resource\nbusy.")

    monkeypatch.setattr("mido.open_input", busy)
    with pytest.raises(SoundError) as told:
        ports.open_input(KEYS, lambda message: None)
    assert str(told.value) == f"the MIDI port {KEYS} cannot be opened: device or resource busy"


@pytest.mark.usefixtures("no_rtmidi")
def test_without_the_extra_it_says_how_to_get_it() -> None:
    wanted = "MIDI ports need python-rtmidi .*, get it by pip install 'seqgen\\[live\\]'"
    with pytest.raises(SoundError, match=wanted):
        ports.port_names()
    with pytest.raises(SoundError, match=wanted):
        ports.open_output(SYNTH)


def test_a_system_without_midi_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> list[str]:
        raise OSError("error creating ALSA sequencer client object.")

    monkeypatch.setattr("mido.get_input_names", none)
    wanted = re.escape("there are no MIDI ports: error creating ALSA sequencer client object")
    with pytest.raises(SoundError, match=f"{wanted}$"):
        ports.port_names()
