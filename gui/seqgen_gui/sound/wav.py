"""Sound written as a WAV file, without a device."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np

from seqgen_gui.sound.instruments import Renderers
from seqgen_gui.sound.score import Playing, Score
from seqgen_gui.sound.synth import BLOCK, Synth
from seqgen_gui.sound.voices import RATE


def write_wav(
    path: Path,
    score: Score,
    playing: Playing,
    goes_on: Callable[[float], bool],
    renderer: Renderers = Synth,
) -> bool:
    """Write ``score`` as 16-bit stereo at RATE; ``goes_on`` gets the share done, and may stop it.

    The file appears whole under its name or not at all: returns whether it did. Raises OSError.
    """
    part = path.with_name(f".{path.name}.part")
    synth = renderer(score, Playing(tempo=playing.tempo, muted=playing.muted), 0.0)
    whole = max(score.end, 1e-3)
    try:
        with part.open("wb") as raw, wave.open(raw, "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(RATE)
            while not synth.ended:
                file.writeframes(_sixteen_bits(synth.block(BLOCK)))
                if not goes_on(min(synth.position / whole, 1.0)):
                    return False
        part.replace(path)
    finally:
        synth.close()
        part.unlink(missing_ok=True)
    return True


def _sixteen_bits(block: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> bytes:
    return np.rint(block * 32_767).astype("<i2").tobytes()
