"""What can be done with a run, as buttons that are there when they make sense."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from seqgen_gui.train.run import CAN_GO_ON, UNDER_WAY, Run, Standing, State

PAUSE = "Save it at the end of the batch and let go of its memory; it can go on at any time"
END = "End it at once; what was learned since the last checkpoint is lost"
STOP = "Measure once more what it has learned, keep the best model, and end"
LONGER = "Go on for more minutes"
FORGET = "Show it here no more; its folder stays as it is"


class RunButtons(QWidget):
    """Pause or end, stop, resume, train longer, keep as a model, delete or forget."""

    pause = Signal()
    end = Signal()
    stop = Signal()
    resume = Signal()
    longer = Signal()
    keep = Signal()
    delete = Signal()
    forget = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.buttons: dict[str, QPushButton] = {}
        for name, text, tip in (
            ("resume", "Resume", "Go on from the last checkpoint"),
            ("longer", "Train longer…", LONGER),
            ("pause", "Pause", PAUSE),
            ("stop", "Stop", STOP),
            ("end", "End at once", END),
            ("keep", "Keep as a model", "Copy the best model so far to your models"),
            ("forget", "Remove from the list", FORGET),
            ("delete", "Delete…", "Delete the run with its model and samples"),
        ):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.clicked.connect(getattr(self, name))
            row.addWidget(button)
            self.buttons[name] = button
        self.setFocusProxy(self.buttons["keep"])

    def show_state(self, run: Run, standing: Standing) -> None:
        """Show what can be done with a run as it stands."""
        buttons, state = self.buttons, standing.state
        over = state is State.FINISHED and standing.words == "minutes"
        for name, there in (
            ("resume", state in CAN_GO_ON),
            ("longer", over),
            ("pause", state is State.RUNNING),
            ("stop", state is State.RUNNING),
            ("end", state in (State.PAUSING, State.STOPPING)),
            ("forget", run.adopted),
            ("delete", not run.adopted),
        ):
            buttons[name].setVisible(there)
        buttons["resume"].setText("Resume" if run.resumable else "Start again")
        for name in ("resume", "longer"):
            buttons[name].setEnabled(can_resume(run))
        buttons["keep"].setEnabled(run.has_model)
        buttons["delete"].setEnabled(state not in UNDER_WAY)

    def can(self, name: str) -> bool:
        """Whether a thing can be done now."""
        return self.buttons[name].isEnabled() and not self.buttons[name].isHidden()


def can_resume(run: Run) -> bool:
    """Whether it is known what a run learns from."""
    return bool(run.record.asked.data)
