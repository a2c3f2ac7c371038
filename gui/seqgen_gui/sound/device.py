"""The sound device, reached through sounddevice and PortAudio where the machine has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from seqgen_gui.sound.voices import Wave

RATE = 44_100
LATENCY = 0.08  # seconds asked of the device
AT_ONCE = 0.025  # the same, for who plays a keyboard


class SoundError(Exception):
    """Nothing can be heard; the text says why, in one line for the user."""


class Output(Protocol):
    """An open device, which asks for samples until it is closed."""

    latency: float

    def close(self) -> None:
        """Stop at once."""
        ...


Pull = Callable[[int], "Wave"]
"""Gives the next samples (frames, 2); called by a thread of the device."""


def open_output(pull: Pull, device: str = "", latency: float = LATENCY) -> Output:
    """Open a device, by default the system's, and have it play what ``pull`` gives.

    Raises SoundError.
    """
    try:
        import sounddevice
    except ImportError:
        raise SoundError("the package sounddevice is not installed") from None
    except OSError:  # its way to say so
        raise SoundError("the PortAudio library is not installed (libportaudio2)") from None

    def fill(out: Any, frames: int, time: object, status: object) -> None:
        out[:] = pull(frames)

    try:
        stream = sounddevice.OutputStream(
            samplerate=RATE,
            channels=2,
            dtype="float32",
            latency=latency,
            callback=fill,
            device=device or None,
        )
        stream.start()
    except (sounddevice.PortAudioError, ValueError) as error:  # ValueError: no such device
        raise SoundError(_reason(error)) from None
    return _Stream(stream)


def _reason(error: Exception) -> str:
    text = str(error.args[0] if error.args else error).splitlines()[0]
    if "querying device" in text.lower() or "no default" in text.lower():
        return "there is no audio device"
    return text[:1].lower() + text[1:].rstrip(".")


class _Stream:
    """A running stream of sounddevice."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.latency = float(stream.latency)

    def close(self) -> None:
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)
