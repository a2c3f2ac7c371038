"""A synth and a keyboard that are files; see ``backend``."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

SYNTH, KEYS = "A synth 20:0", "A keyboard 24:0"
NOTE_ON, NOTE_OFF = 0x90, 0x80


@dataclass(frozen=True)
class Rig:
    """The folder of the ports."""

    folder: Path

    @property
    def sent(self) -> list[tuple[float, bytes]]:
        """What the synth got, each with the second of the clock."""
        lines = (self.folder / f"{SYNTH}.sent").read_text().splitlines()
        split = (line.split() for line in lines)
        return [(float(when), bytes.fromhex(message)) for when, message in split]

    @property
    def messages(self) -> list[bytes]:
        """What the synth got."""
        return [message for _, message in self.sent]

    @property
    def sounding(self) -> set[tuple[int, int]]:
        """Which keys are down (channel, pitch) at a synth that knows no controllers."""
        down: set[tuple[int, int]] = set()
        for message in self.messages:
            kind, channel = message[0] & 0xF0, message[0] & 15
            if kind == NOTE_ON and message[2]:
                down.add((channel, message[1]))
            elif kind in (NOTE_ON, NOTE_OFF):
                down.discard((channel, message[1]))
        return down

    def press(self, *messages: bytes) -> None:
        """Send messages from the keyboard."""
        with (self.folder / f"{KEYS}.keys").open("a") as file:
            file.writelines(f"{message.hex()}\n" for message in messages)

    def pull_out(self) -> None:
        """Take the synth away."""
        (self.folder / f"{SYNTH}.sent").unlink()


def wait(seconds: float) -> None:
    """Let time go by, for what must not happen."""
    time.sleep(seconds)
