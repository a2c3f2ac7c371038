"""A window with a user who types, draws, accepts and saves without a rest, to be killed.

    python -m benchmarks.restless_user PROJECT JOURNAL SEED

What is done goes to the journal as JSON lines, before and after. Everything that was left by
earlier windows is recovered first. Text is "edit N", N being higher with every edit.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from seqgen_gui.project.document import Document
from seqgen_gui.shell.program import Program

if TYPE_CHECKING:
    from seqgen_gui.handwriting.page import HandwritingPage
    from seqgen_gui.music.page import MusicPage
    from seqgen_gui.train.page import TrainPage

KEPT_EVERY = 1000  # milliseconds, in place of the window's own interval
PRIMER = "datasets/starter/midi/primer-8-bars-in-c-major.mid"
PACE = (10, 250)  # milliseconds between two acts


class RestlessUser:
    """Acts at random moments for as long as it lives."""

    def __init__(self, program: Program, project: Path, journal: Path, seed: int) -> None:
        self._program, self._file = program, project
        self._journal = journal.open("a")
        self._random = random.Random(seed)
        self._edits = 0
        self._music = cast("MusicPage", program.window.page("music"))
        self._letter = cast("HandwritingPage", program.window.page("handwriting"))
        self._train = cast("TrainPage", program.window.page("train"))
        program.autosave._timer.setInterval(KEPT_EVERY)
        program.worker.crashed.connect(lambda why: self.note(crashed=why))
        self._music.player.warm()
        QTimer.singleShot(300, self.begin)

    def note(self, **what: Any) -> None:
        """Write into the journal; what is written survives this process."""
        self._journal.write(json.dumps(what | {"time": time.time()}) + "\n")
        self._journal.flush()

    def begin(self) -> None:
        """Recover what there is, else open the project, then act."""
        window = self._program.window
        offers = [one for one in window.findChildren(QPushButton) if one.text() == "Recover"]
        if offers:
            offers[0].click()
            self._edits = edit_of(self._program.project.snapshot())
            self.note(recovered=self._edits)
        elif self._file.exists():
            window.files.open(self._file)
            self._edits = edit_of(self._program.project.snapshot())
            self.note(opened=self._edits)
        else:
            self._music.flow.open(str(Path(PRIMER).resolve()))
        self._program.project.path = self._file
        self._keep_training()
        self._act()

    def _keep_training(self) -> None:
        """Begin a run where none is there."""
        if self._train.runs.all():
            running = [run for run in self._train.runs.all() if run.running]
            self.note(pid=os.getpid(), training=len(running))
            return
        form = self._train.form
        if not form.recipe.recipe:
            QTimer.singleShot(50, self._keep_training)
            return
        form.recipe.minutes.setValue(0)
        form.start_button.click()
        self.note(pid=os.getpid(), training=1)

    def _act(self) -> None:
        acts = {
            self._type: 12,
            self._draw: 3,
            self._accept: 2,
            self._lay_out: 2,
            self._save: 1,
        }
        self._random.choices(list(acts), list(acts.values()))[0]()
        QTimer.singleShot(self._random.randint(*PACE), self._act)

    def _type(self) -> None:
        self._edits += 1
        self._letter.parts.editor.setPlainText(f"edit {self._edits}")
        self.note(edit=self._edits)

    def _draw(self) -> None:
        if self._random.random() < 0.3:
            self._letter.flow.write()
        elif not self._music.flow.generator.running:
            self._music.flow.generate()

    def _accept(self) -> None:
        if self._music.flow.state.ghost is not None:
            self._music.flow.accept()

    def _lay_out(self) -> None:
        self._letter._set({"x_height": round(self._random.uniform(2, 4), 2)})

    def _save(self) -> None:
        self.note(saving=self._edits)
        self._program.project.save(self._file)
        self.note(saved=self._edits)


def edit_of(document: Document) -> int:
    """The number of the last edit that a document holds."""
    part = msgspec.to_builtins(document.parts.get("handwriting", {}))
    return int(part.get("state", {}).get("text", "").removeprefix("edit ") or 0)


def main() -> None:
    """Run until killed."""
    app = QApplication([])
    program = Program(app)
    file, journal, seed = sys.argv[1:]
    users: list[RestlessUser] = []
    program.window.painted.connect(
        lambda: users.append(RestlessUser(program, Path(file), Path(journal), int(seed)))
    )
    program.window.show()
    app.exec()


if __name__ == "__main__":
    main()
