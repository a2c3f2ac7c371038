"""FluidSynth by its C interface: one synth with one SoundFont."""

from __future__ import annotations

import ctypes
import os
import sys
from ctypes import c_char_p, c_double, c_int, c_void_p
from ctypes.util import find_library
from functools import cache
from typing import Any

import numpy as np

from seqgen_gui.sound.device import RATE, SoundError
from seqgen_gui.sound.voices import Wave

CHANNELS = 240  # each track has one; 255 means none to FluidSynth, a controller there ends it
GAIN = 1.4  # as loud as the synth of our own
_FILES = {
    "linux": ("libfluidsynth.so.3", "libfluidsynth.so.2"),
    "darwin": (
        "libfluidsynth.3.dylib",
        "/opt/homebrew/lib/libfluidsynth.3.dylib",
        "/usr/local/lib/libfluidsynth.3.dylib",
    ),
    "win32": ("libfluidsynth-3.dll", "fluidsynth.dll"),
}
_DRUMS = 1  # a type of channel
_PAN = 10
_FAILED = -1
_FADE = 2048  # samples in which voices that are cut off fade
_LEVELS = 5  # of its log
_CALLS = (  # name, result, arguments
    ("new_fluid_settings", c_void_p),
    ("delete_fluid_settings", None, c_void_p),
    ("fluid_settings_setnum", c_int, c_void_p, c_char_p, c_double),
    ("fluid_settings_setint", c_int, c_void_p, c_char_p, c_int),
    ("new_fluid_synth", c_void_p, c_void_p),
    ("delete_fluid_synth", None, c_void_p),
    ("fluid_synth_sfload", c_int, c_void_p, c_char_p, c_int),
    ("fluid_synth_system_reset", c_int, c_void_p),
    ("fluid_synth_set_channel_type", c_int, c_void_p, c_int, c_int),
    ("fluid_synth_program_change", c_int, c_void_p, c_int, c_int),
    ("fluid_synth_cc", c_int, c_void_p, c_int, c_int, c_int),
    ("fluid_synth_noteon", c_int, c_void_p, c_int, c_int, c_int),
    ("fluid_synth_noteoff", c_int, c_void_p, c_int, c_int),
    ("fluid_synth_get_active_voice_count", c_int, c_void_p),
    (
        "fluid_synth_write_float",
        *(c_int, c_void_p, c_int),
        *(c_void_p, c_int, c_int, c_void_p, c_int, c_int),
    ),
    ("fluid_set_log_function", c_void_p, c_int, c_void_p, c_void_p),
    ("fluid_version_str", c_char_p),
)


@cache
def _library() -> Any:
    """The library, its calls declared; SoundError where the machine has none."""
    found = next(filter(None, map(_opened, _FILES.get(sys.platform, ()))), None)
    if found is None:
        found = _opened(find_library("fluidsynth") or "")
    if found is None:
        raise SoundError("FluidSynth is not installed (libfluidsynth3)")
    for name, result, *arguments in _CALLS:
        call = getattr(found, name)
        call.restype, call.argtypes = result, arguments
    for level in range(_LEVELS):  # what it has to say, its results say too
        found.fluid_set_log_function(level, None, None)
    return found


def _opened(name: str) -> Any:
    try:
        return ctypes.CDLL(name) if name else None
    except OSError:
        return None


def version() -> str:
    """The version of FluidSynth; SoundError where the machine has none."""
    text: bytes = _library().fluid_version_str()
    return text.decode()


class Fluid:
    """A synth with the SoundFont at ``path``; a track plays on the channel of its number.

    Raises SoundError where there is no FluidSynth, or it cannot read the SoundFont. ``close`` it.
    """

    def __init__(self, path: str) -> None:
        self._calls = calls = _library()
        self._settings = calls.new_fluid_settings()
        calls.fluid_settings_setnum(self._settings, b"synth.sample-rate", float(RATE))
        calls.fluid_settings_setnum(self._settings, b"synth.gain", GAIN)
        calls.fluid_settings_setint(self._settings, b"synth.midi-channels", CHANNELS)
        # only what is played is held: a SoundFont may have hundreds of MB
        calls.fluid_settings_setint(self._settings, b"synth.dynamic-sample-loading", 1)
        self._synth = calls.new_fluid_synth(self._settings)
        if calls.fluid_synth_sfload(self._synth, os.fsencode(path), 1) == _FAILED:
            self.close()
            raise SoundError(f"FluidSynth cannot read {path}")

    def close(self) -> None:
        """Free it; it must not be used any more."""
        self._calls.delete_fluid_synth(self._synth)
        self._calls.delete_fluid_settings(self._settings)

    def reset(self) -> None:
        """Silence everything, echoes too."""
        self._calls.fluid_synth_system_reset(self._synth)
        self.render(_FADE)

    def set_up(self, channel: int, program: int, is_drums: bool, pan: float) -> None:
        """Give a channel its instrument; ``pan`` is -1 (left) to 1."""
        self._calls.fluid_synth_set_channel_type(self._synth, channel, _DRUMS if is_drums else 0)
        self._calls.fluid_synth_program_change(self._synth, channel, 0 if is_drums else program)
        self._calls.fluid_synth_cc(self._synth, channel, _PAN, round((pan + 1) * 63.5))

    def strike(self, channel: int, pitch: int, velocity: int) -> None:
        """Press a key, or let it go with velocity 0."""
        if velocity:
            self._calls.fluid_synth_noteon(self._synth, channel, pitch, velocity)
        else:
            self._calls.fluid_synth_noteoff(self._synth, channel, pitch)

    @property
    def voices(self) -> int:
        """How many notes sound."""
        return int(self._calls.fluid_synth_get_active_voice_count(self._synth))

    def render(self, frames: int) -> Wave:
        """The next samples (frames, 2) at RATE."""
        out = np.empty((frames, 2), np.float32)
        place = out.ctypes.data
        self._calls.fluid_synth_write_float(self._synth, frames, place, 0, 2, place, 1, 2)
        return out
