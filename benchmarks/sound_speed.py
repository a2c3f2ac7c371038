"""How many times faster than it is heard sound is made, by our own synth and by a SoundFont.

    python -m benchmarks.sound_speed [--font a.sf2] [--notes 2180]

Pieces are made in code: a melody, chords, a bass and drums. The two take turns, block by block as
when a piece is played; times are of the processor. `worst` is the longest block, of the clock.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from statistics import median

from seqgen_gui.sound.instruments import Instruments
from seqgen_gui.sound.score import Instrument, Note, Playing, Score
from seqgen_gui.sound.voices import RATE

BLOCK = 2048
TURNS = 3
PARTS = (Instrument(73), Instrument(0), Instrument(32), Instrument(is_drums=True))


def main() -> None:
    """Measure the synths in turns, and print the median of each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--font", default="")
    parser.add_argument("--notes", type=int, default=436)
    args = parser.parse_args()
    score = _piece(args.notes)
    print(f"{len(score.notes)} notes, {score.end:.0f} s, load {os.getloadavg()[0]:.1f}")
    fonts = ["", args.font] if args.font else [""]
    taken: dict[str, list[tuple[float, float]]] = {font: [] for font in fonts}
    for _ in range(TURNS):
        for font in fonts:
            taken[font].append(_made(font, score))
    for font, runs in taken.items():
        speed, worst = (median(run[place] for run in runs) for place in (0, 1))
        base = Path(font).name or "own synth"
        print(f"  {base:20} {speed:6.0f} x real time, worst block {worst * 1e3:5.1f} ms")


def _made(font: str, score: Score) -> tuple[float, float]:
    """Times faster than real time, and the seconds that the longest block took."""
    instruments = Instruments(print)
    instruments.choose(font)
    renderer = instruments.renderer(score, Playing(), 0.0)
    begun, samples, worst = time.process_time(), 0, 0.0
    while not renderer.ended:
        block = time.perf_counter()
        renderer.block(BLOCK)
        worst = max(worst, time.perf_counter() - block)
        samples += BLOCK
    seconds = time.process_time() - begun
    renderer.close()
    return samples / RATE / seconds, worst


def _piece(notes: int) -> Score:
    """About so many notes: each beat of half a second has six."""
    rows: list[Note] = []
    for beat in range(notes // 6):
        at = beat / 2
        rows.append((at, at + 0.45, 72 + beat * 5 % 12, 80 + beat % 40, 0))
        rows += [(at, at + 0.5, 60 + tone + beat // 4 % 5, 70, 1) for tone in (0, 4, 7)]
        rows.append((at, at + 0.5, 36 + beat // 4 % 5, 90, 2))
        rows.append((at, at + 0.1, 36 if beat % 2 else 42, 90, 3))
    return Score(tuple(sorted(rows)), PARTS)


if __name__ == "__main__":
    main()
