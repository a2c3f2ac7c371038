"""Milliseconds a frame of the piano roll, drawn by the offscreen raster engine.

    python -m benchmarks.roll_speed [--notes 5000] [--frames 200] [--size 1280x800]

`scroll` moves the view a few pixels a frame, `page` by its width, `play` moves the playhead and
turns pages, `zoom` changes the width of beats, `ghost` adds a note a frame. Notes are spread so
that about 700 are in sight; `dense` scrolls where all of them are in sight at once. Times are
of the processor, not of the clock, so that other load on the machine counts less.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seqgen_gui.music.roll import Roll

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    """Measure each kind of frame and print its median and 95th percentile."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--notes", type=int, default=5000)
    parser.add_argument("--frames", type=int, default=200)
    parser.add_argument("--size", default="1280x800")
    args = parser.parse_args()
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    print(f"{args.notes} notes, {args.size}, load {os.getloadavg()[0]:.1f}")
    for name, make in KINDS.items():
        frame = make(args)
        for step in range(5):
            frame(step)
        times = sorted(_timed(frame, step) for step in range(5, args.frames))
        print(f"  {name:7} {median(times):6.2f} ms  95 % {times[len(times) * 95 // 100]:6.2f} ms")
    app.quit()


def _timed(frame: Callable[[int], None], step: int) -> float:
    began = time.thread_time()
    frame(step)
    return (time.thread_time() - began) * 1e3


def _roll(args: argparse.Namespace, beats: int, beat_width: float = 40) -> Roll:
    from dataclasses import replace

    from PySide6.QtWidgets import QApplication

    from seqgen_gui.music.notes import notes_of
    from seqgen_gui.music.paint import Picture
    from seqgen_gui.music.roll import Roll
    from seqgen_gui.music.sheet import empty_sheet

    rng = random.Random(0)
    starts = (rng.randrange(beats * 4) * 120 for _ in range(args.notes))
    rows = [
        (
            start,
            start + rng.choice((120, 240, 480)),
            rng.randint(36, 96),
            rng.randint(30, 120),
            i % 4,
        )
        for i, start in enumerate(starts)
    ]
    sheet = replace(empty_sheet(), notes=notes_of(rows), end=beats * 480)
    roll = Roll()
    roll.resize(*map(int, args.size.split("x")))
    roll.show()
    QApplication.processEvents()  # else nothing is painted
    roll.view.beat_width = beat_width
    roll.show_picture(Picture(sheet=sheet))
    roll.show_pitches()
    return roll


def _scroll(args: argparse.Namespace) -> Callable[[int], None]:
    roll = _roll(args, beats=220)

    def frame(step: int) -> None:
        bar = roll.horizontalScrollBar()
        bar.setValue(step * 17 % max(bar.maximum(), 1))
        roll.viewport().repaint()

    return frame


def _page(args: argparse.Namespace) -> Callable[[int], None]:
    roll = _roll(args, beats=220)

    def frame(step: int) -> None:
        bar = roll.horizontalScrollBar()
        bar.setValue(step * roll.view.width % max(bar.maximum(), 1))
        roll.viewport().repaint()

    return frame


def _play(args: argparse.Namespace) -> Callable[[int], None]:
    roll = _roll(args, beats=220)

    def frame(step: int) -> None:
        roll.move_playhead(step * 60)
        roll.viewport().repaint()

    return frame


def _zoom(args: argparse.Namespace) -> Callable[[int], None]:
    roll = _roll(args, beats=220)

    def frame(step: int) -> None:
        roll.zoom_time(1.1 if step // 10 % 2 else 1 / 1.1)
        roll.viewport().repaint()

    return frame


def _ghost(args: argparse.Namespace) -> Callable[[int], None]:
    from dataclasses import replace

    from seqgen_gui.music.notes import notes_of

    roll = _roll(args, beats=220)
    rows: list[tuple[int, int, int, int, int]] = []

    def frame(step: int) -> None:
        start = step * 120
        rows.append((start, start + 240, 60 + step % 12, 90, 1))
        ghost = notes_of(rows)
        roll.show_picture(replace(roll.picture, ghost=ghost), (start, start + 240))
        roll.viewport().repaint()

    return frame


def _dense(args: argparse.Namespace) -> Callable[[int], None]:
    roll = _roll(args, beats=130, beat_width=10)

    def frame(step: int) -> None:
        roll.horizontalScrollBar().setValue(step * 5 % 100)
        roll.viewport().repaint()

    return frame


KINDS = {
    "scroll": _scroll,
    "page": _page,
    "play": _play,
    "zoom": _zoom,
    "ghost": _ghost,
    "dense": _dense,
}

if __name__ == "__main__":
    main()
