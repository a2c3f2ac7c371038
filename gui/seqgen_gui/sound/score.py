"""What is played, how, and what the window and the sound process say to each other."""

from __future__ import annotations

import msgspec

from seqgen_gui.live.recording import Heard, Recording

LEAST_LOOP = 0.05  # seconds: what is shorter is not looped
Note = tuple[float, float, int, int, int]
"""Start, end (seconds), pitch, velocity, track."""


class Instrument(msgspec.Struct, frozen=True):
    """How a track sounds: a General MIDI program, or drums. ``pan`` is -1 (left) to 1."""

    program: int = 0
    is_drums: bool = False
    pan: float = 0.0


class Score(msgspec.Struct, frozen=True):
    """Notes by start, in seconds; an instrument a track."""

    notes: tuple[Note, ...] = ()
    instruments: tuple[Instrument, ...] = ()

    @property
    def end(self) -> float:
        """The second in which the last note ends."""
        return max((note[1] for note in self.notes), default=0.0)


class Playing(msgspec.Struct, frozen=True):
    """How a score is played: tempo factor, the seconds of a loop, tracks that keep silent."""

    tempo: float = 1.0
    loop: tuple[float, float] | None = None
    muted: frozenset[int] = frozenset()


class Equipment(msgspec.Struct, frozen=True, kw_only=True):
    """What the machine has to make sound with.

    ``devices`` are names of audio devices, ``fonts`` paths of SoundFonts. ``font_synth`` is what
    plays them, empty where nothing does: then ``no_font_synth`` says why. ``keyboards`` and
    ``synths`` are names of MIDI ports that give and take; ``no_ports`` says why there can be none.
    """

    devices: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    font_synth: str = ""
    no_font_synth: str = ""
    keyboards: tuple[str, ...] = ()
    synths: tuple[str, ...] = ()
    no_ports: str = ""


class Wish(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line to the sound process; what is not None is wished, in this order.

    ``score``, ``how`` and ``font`` hold until others come; ``font`` is the path of a SoundFont,
    empty for the built-in sounds. ``seek`` and ``play`` are seconds; with a ``port`` a synth there
    plays, else ``device``, empty for the system's own. ``hush`` is a port at which all notes of
    the score are ended. ``record`` begins a recording, ``halt`` ends it. ``wav`` names a file to
    be written. ``look`` asks for the equipment.
    """

    score: Score | None = None
    how: Playing | None = None
    font: str | None = None
    seek: float | None = None
    device: str = ""
    port: str = ""
    play: float | None = None
    pause: bool | None = None
    hush: str = ""
    record: Recording | None = None
    halt: bool = False
    wav: str | None = None
    look: bool = False


class News(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line from the sound process.

    ``at`` is the second that is heard, ``playing`` whether sound is on now, ``failed`` why it is
    not; ``warned`` says what sounds otherwise than it was wished. ``share`` of a WAV file is
    written, all of it when ``wrote`` is true. ``recording`` is whether a recording is on now.
    """

    at: float | None = None
    playing: bool | None = None
    failed: str | None = None
    warned: str | None = None
    share: float | None = None
    wrote: bool | None = None
    equipment: Equipment | None = None
    recording: bool | None = None
    heard: Heard | None = None
