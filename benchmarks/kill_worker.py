"""The worker is killed (SIGKILL) at random moments; the window says so and goes on.

    python -m benchmarks.kill_worker [--kills 20] [--seed 1]

One window; in turn its worker is killed while a take is drawn, a letter written, a page laid out
anew, a file read, nothing done, and while the worker starts. Each time a notice must hold the
last words, the document be what it was, the worker be ready again, and the next take and letter
come. The exit status is 1 where any of it is not so.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from benchmarks.windows import close, homes, make_program, wait_until

if TYPE_CHECKING:
    from seqgen_gui.handwriting.page import HandwritingPage
    from seqgen_gui.music.page import MusicPage
    from seqgen_gui.shell.program import Program

PRIMER = Path("datasets/starter/midi/primer-8-bars-in-c-major.mid")
LONG = 20  # bars and sentences: what is drawn takes longer than a kill waits


class Victim:
    """A window whose worker is killed."""

    def __init__(self, program: Program) -> None:
        self.program, self.worker, self._killed = program, program.worker, 0
        self.music = cast("MusicPage", program.window.page("music"))
        self.letter = cast("HandwritingPage", program.window.page("handwriting"))
        self.moments: dict[str, tuple[Callable[[], object], float]] = {
            "drawing": (self.music.flow.generate, 0.6),
            "writing": (self.letter.flow.write, 1.5),
            "laying out": (self._lay_out, 0.4),
            "reading": (self._read, 0.05),
            "idle": (lambda: None, 0.2),
            "starting": (self._kill, 0.15),
        }

    def settle(self) -> None:
        """Make a piece and a letter, and wait until nothing is done."""
        self.music.flow.document.change(
            "Set", settings=_replaced(self.music.flow.state.settings, bars=LONG)
        )
        self.music.open_file(PRIMER.resolve())
        self.letter.parts.editor.setPlainText("Dear Ada, thank you for the engine. " * LONG)
        self.use()

    def use(self) -> None:
        """Draw a take and write the letter to its end."""
        wait_until(lambda: not self.worker.busy, 60)
        music, letter = self.music.flow, self.letter.flow
        takes, old = len(music.state.takes), letter.state.letter
        music.generate()
        letter.write()
        wait_until(lambda: len(music.state.takes) > takes and letter.state.letter != old, 60)
        wait_until(lambda: not self.worker.busy, 60)

    def _lay_out(self) -> None:
        margin = 10 + (self.letter.flow.state.settings.margin or 0) % 9
        self.letter._set({"margin": margin})

    @property
    def standing(self) -> str:
        """How everything is, in a line."""
        music, letter = self.music.flow, self.letter.flow
        told = [notice.text for notice in self.program.window.notices.shown]
        return (
            f"the worker is {self.worker.state.value}, busy {self.worker.busy}, "
            f"{len(music.state.takes)} takes, drawing {music.generator.running}, "
            f"letter {letter.state.letter}, writing {letter.writer.running}, notices {told}"
        )

    def _read(self) -> None:
        sheets, path = self.music.flow.sheets, str(PRIMER.resolve())
        sheets.forget(path)
        sheets.ask(path, lambda _: None)

    def _kill(self) -> None:
        if self.worker.pid:
            self._killed = self.worker.pid
            os.kill(self.worker.pid, signal.SIGKILL)

    def kill(self, moment: str, rng: random.Random) -> list[str]:
        """Kill the worker in a moment; what is wrong then."""
        from seqgen_gui.link.worker import State

        notices = self.program.window.notices
        for notice in list(notices.shown):
            notice.close_notice()
        act, longest = self.moments[moment]
        act()
        before = self._documents()
        until = time.monotonic() + rng.uniform(0, longest)
        wait_until(lambda: time.monotonic() > until, 10)
        self._kill()
        wait_until(lambda: bool(notices.shown), 10)
        told, faults = [one.text for one in notices.shown], []
        if not any("worker" in text and "signal 9" in text for text in told):
            faults.append(f"{moment}: no notice of the end, but {told}")
        wait_until(lambda: self.worker.pid != self._killed, 10)
        wait_until(lambda: self.worker.state is not State.STARTING, 30)
        if not all(old <= new for old, new in zip(before, self._documents(), strict=True)):
            faults.append(f"{moment}: the document is another")
        self.use()
        return faults

    def _documents(self) -> tuple[set[Any], set[Any]]:
        """What must outlive a kill: the takes by their files, the letter by its recipe."""
        takes = {(take.number, take.path) for take in self.music.flow.state.takes}
        return takes, {self.letter.flow.state.text}


def _replaced(settings: Any, **changes: Any) -> Any:
    import msgspec

    return msgspec.structs.replace(settings, **changes)


def main() -> int:
    """Kill and look; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng, faults = random.Random(args.seed), list[str]()
    with tempfile.TemporaryDirectory() as folder, homes(Path(folder), "offscreen"):
        program = make_program()
        victim = Victim(program)
        victim.settle()
        for moment in islice(cycle(victim.moments), args.kills):
            try:
                faults += victim.kill(moment, rng)
            except SystemExit as error:
                faults.append(f"{moment}: {error}: {victim.standing}")
                break
        close(program)
    print(f"{args.kills} kills, {len(faults)} faults, load {os.getloadavg()[0]:.1f}")
    for fault in faults:
        print(" ", fault)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
