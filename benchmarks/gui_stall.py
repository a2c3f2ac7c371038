"""The longest stall of the window's event loop while it samples and a training goes on.

    python -m benchmarks.gui_stall [--seconds 60] [--platform offscreen] [--longest 12] [--huge]

The real window with its worker, in homes of its own. A run on the starter corpus is started in
the place Train. Then each place is in view for a third of the time: Music, where takes are drawn
one after another, eight for a piece; Handwriting, where a letter is written again and again and
the pen shows it; Train with its curves, while Music goes on drawing. A timer of 10 ms notes how
late it comes. For the longest gaps it says what of them was the window's own work, how long it
was ready but another process had its core, and what it was at: see `benchmarks/event_loop.py`.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import msgspec

from benchmarks.windows import close, homes, make_program, resident, wait_until

if TYPE_CHECKING:
    from benchmarks.event_loop import Watch
    from seqgen_gui.shell.program import Program

PRIMER = Path("datasets/starter/midi/primer-8-bars-in-c-major.mid")
TAKES, BARS, HUGE = 8, 8, 30
TEXT = (
    "Dear Ada, thank you for the engine. It has been running since Tuesday and has not once "
    "stopped to ask what it is for. We feed it cards, and it answers in a hand that is not mine."
)


class User:
    """Does what a user does, one thing after another."""

    def __init__(self, program: Program, watch: Watch, times: int) -> None:
        self.program, self.watch, self._times = program, watch, times
        self.takes = self.letters = 0
        self.first: list[float] = []  # milliseconds from Generate to a note on the screen
        self._clicked = 0.0
        self._draws = self._writes = False

    def place(self, name: str) -> Any:
        """Go to a place; its page."""
        self.program.window.go(name)
        return self.page(name)

    def page(self, name: str) -> Any:
        """The page of a place."""
        return self.program.window.page(name)

    def train(self) -> None:
        """Start a run on the starter corpus and wait for its first curve."""
        page = self.place("train")
        wait_until(lambda: bool(page.form.recipe.recipe), 60)
        page.form.start_button.click()
        wait_until(lambda: page.current is not None, 30)
        wait_until(lambda: len(page._log(page.current).train) > 1, 120)

    def end_training(self) -> None:
        """End the run at once."""
        from seqgen_gui.train import process

        for run in self.page("train").runs.all():
            process.kill(run.record.mark)

    def draw(self) -> None:
        """Draw take after take."""
        flow = self.place("music").flow
        self._draws = True
        flow.open(str(PRIMER.resolve()))
        flow.generator.finished.connect(lambda *_: _soon(self._draw_again))
        flow.generator.noted.connect(lambda *_: _soon(self._noted))
        wait_until(lambda: len(flow.picture.sheet.notes) > 0, 30)
        bars = BARS * self._times
        settings = msgspec.structs.replace(flow.state.settings, bars=bars)
        flow.document.change("Set", settings=settings)
        self._generate()

    def _generate(self) -> None:
        self._clicked = time.perf_counter()
        self.page("music").parts.generate.click()

    def _noted(self) -> None:
        """A note is painted: the timer that calls this comes behind the painting."""
        if self._clicked:
            self.first.append(1e3 * (time.perf_counter() - self._clicked))
            self._clicked = 0.0

    def _draw_again(self) -> None:
        flow = self.page("music").flow
        self.takes += 1
        if not self._draws:
            return
        if len(flow.state.takes) >= TAKES:
            flow.open(str(PRIMER.resolve()))
            _soon(self._generate, 200)
        else:
            self._generate()

    def write(self) -> None:
        """Write a letter again and again."""
        self._draws = False
        page = self.place("handwriting")
        self.page("music").flow.cancel()
        page.parts.editor.setPlainText(TEXT * self._times)
        self._writes = True
        page.flow.writer.finished.connect(lambda *_: _soon(self._write_again, 1000))
        _soon(page.flow.write, 300)

    def _write_again(self) -> None:
        self.letters += 1
        if self._writes:
            self.page("handwriting").flow.write()

    def follow(self) -> None:
        """Look at the run, while takes are drawn out of sight."""
        self._writes = False
        self.page("handwriting").flow.cancel()
        page = self.place("train")
        page.view.samples.always.setChecked(True)
        self._draws = True
        self._generate()


def _soon(slot: Callable[[], object], milliseconds: int = 0) -> None:
    from PySide6.QtCore import QTimer

    QTimer.singleShot(milliseconds, slot)


def measure(seconds: float, longest: int, times: int) -> None:
    """Run it all and print what was found."""
    from benchmarks.event_loop import Watch, summary

    program = make_program()
    watch = Watch()
    watch.phase = "start"
    watch.start()
    user = User(program, watch, times)
    user.train()
    for place in ("music", "handwriting"):
        user.place(place)
        wait_until(lambda: not program.worker.busy, 60)
    before, load = resident(), os.getloadavg()[0]
    began, cpu = time.perf_counter(), time.process_time()
    for phase, act in (("music", user.draw), ("handwriting", user.write), ("train", user.follow)):
        watch.phase = phase
        act()
        end = time.perf_counter() + seconds / 3
        wait_until(lambda end=end: time.perf_counter() > end, seconds)  # type: ignore[misc]
    cpu, took = time.process_time() - cpu, time.perf_counter() - began
    watch.stop()
    user.end_training()
    close(program)
    started = [gap for gap in watch.gaps if gap.phase == "start"]
    gaps = [gap for gap in watch.gaps if gap.phase != "start"]
    print(f"{took:.0f} s, {user.takes} takes, {user.letters} letters, load {load:.1f}")
    print(f"CPU of the window {100 * cpu / took:.0f} % of a core, {before:.0f} to ", end="")
    print(f"{resident():.0f} MB resident")
    print(
        f"Generate to the first note: {median(user.first):.0f} ms, at most {max(user.first):.0f}"
    )
    print("before, as places are made:", summary(started))
    for phase in ("music", "handwriting", "train"):
        print(f"{phase}:", summary([gap for gap in gaps if gap.phase == phase]))
    print("all:", summary(gaps))
    for gap in sorted(gaps, key=lambda gap: -gap.wall)[:longest]:
        print(
            f"  {gap.wall:4.0f} ms ({gap.cpu:.0f} own CPU, {gap.queued:.0f} queued, "
            f"{watch.stood_still(gap):.0f} control, {gap.collected:.0f} collecting) "
            f"{gap.phase}: {gap.stack}"
        )


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--platform", default="offscreen", help="of Qt; empty for the display")
    parser.add_argument("--longest", type=int, default=12, help="gaps that are explained")
    parser.add_argument("--huge", action="store_true", help="takes and letters 30 times as long")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, homes(Path(folder), args.platform):
        print(f"{args.platform or 'display'}:", end=" ")
        measure(args.seconds, args.longest, HUGE if args.huge else 1)


if __name__ == "__main__":
    main()
