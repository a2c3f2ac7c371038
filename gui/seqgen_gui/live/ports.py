"""MIDI ports, by mido and its backend. Only the sound process may import this."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import mido

from seqgen_gui.sound.device import SoundError

HOW = "pip install 'seqgen[live]'"
_NUMBERS = re.compile(r" \d+:\d+$")  # of a client, which ALSA gives anew each time
_TROUBLES = (OSError, ValueError, RuntimeError)  # of mido's backends


class MidiOutput(Protocol):
    """An open port that takes messages."""

    def send(self, message: bytes) -> None:
        """Send a message; SoundError where the port is gone."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


class MidiInput(Protocol):
    """An open port that gives messages until it is closed."""

    def close(self) -> None:
        """Close it; nothing more is given."""
        ...


def port_names() -> tuple[list[str], list[str]]:
    """Names of the ports that give, and of those that take; SoundError where there can be none."""
    try:
        giving, taking = mido.get_input_names(), mido.get_output_names()
    except ImportError as error:
        raise _lack(error) from None
    except _TROUBLES as error:
        raise SoundError(f"there are no MIDI ports: {_line(error)}") from None
    return list(dict.fromkeys(giving)), list(dict.fromkeys(taking))


def open_output(name: str) -> MidiOutput:
    """Open a port to send to; SoundError where it is gone or cannot be had."""
    return _Output(_open(mido.open_output, mido.get_output_names, name), name)


def open_input(name: str, hear: Callable[[bytes], None]) -> MidiInput:
    """Open a port to listen to; ``hear`` gets each message, in a thread of its own.

    Raises SoundError where it is gone or cannot be had.
    """

    def pass_on(message: Any) -> None:
        hear(bytes(message.bytes()))

    port: MidiInput = _open(mido.open_input, mido.get_input_names, name, callback=pass_on)
    return port


def match(name: str, names: Sequence[str]) -> str:
    """Which of ``names`` is meant: numbers that the system gives anew do not count.

    Raises SoundError where none is, or several are.
    """
    if name in names:
        return name
    plain = _NUMBERS.sub("", name)
    found = [other for other in names if _NUMBERS.sub("", other) == plain]
    if len(found) != 1:
        there = ", ".join(names) or "none"
        raise SoundError(f"the MIDI port {name} is gone, there are: {there}")
    return found[0]


def _open(
    opener: Callable[..., Any], names: Callable[[], list[str]], name: str, **how: Any
) -> Any:
    try:
        return opener(match(name, names()), **how)
    except ImportError as error:
        raise _lack(error) from None
    except _TROUBLES as error:
        raise SoundError(f"the MIDI port {name} cannot be opened: {_line(error)}") from None


def _lack(error: ImportError) -> SoundError:
    return SoundError(f"MIDI ports need python-rtmidi ({_line(error)}), get it by {HOW}")


def _line(error: Exception) -> str:
    text = " ".join(str(error).split()).rstrip(".")
    return text[:1].lower() + text[1:]


class _Output:
    """A port of mido that takes messages."""

    def __init__(self, port: Any, name: str) -> None:
        self._port, self._name = port, name

    def send(self, message: bytes) -> None:
        try:
            self._port.send(mido.Message.from_bytes(message))
        except _TROUBLES as error:
            raise SoundError(f"the MIDI port {self._name} is gone: {_line(error)}") from None

    def close(self) -> None:
        self._port.close()
