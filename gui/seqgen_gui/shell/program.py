"""The program: everything put together, and the end in good order."""

from __future__ import annotations

import signal
import socket
import sys
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from seqgen import __version__
from seqgen_gui.desktop import APP_ID
from seqgen_gui.link.worker import Worker
from seqgen_gui.project.autosave import Autosave, find_recoveries
from seqgen_gui.project.project import Project
from seqgen_gui.shell.collector import Collector
from seqgen_gui.shell.icons import app_icon
from seqgen_gui.shell.places import all_places
from seqgen_gui.shell.settings import Settings
from seqgen_gui.shell.status import offer, tell_of_bugs, tell_of_crashes
from seqgen_gui.shell.theme import Theme
from seqgen_gui.shell.window import MainWindow


def recovery_folder() -> Path:
    """Where what is not saved is kept aside; it need not exist."""
    return platformdirs.user_data_path("seqgen", appauthor=False) / "recovery"


class Program(QObject):
    """A window with its worker; ``file`` is opened in it."""

    def __init__(self, app: QApplication, file: Path | None = None) -> None:
        super().__init__(app)
        app.setApplicationName("seqgen")
        app.setApplicationDisplayName("seqgen")
        app.setApplicationVersion(__version__)
        app.setDesktopFileName(APP_ID)
        app.setWindowIcon(app_icon())
        self.settings = Settings(parent=self)
        self.theme = Theme(app, self.settings)
        self.worker = Worker(parent=self)
        self._collector = Collector(app, lambda: self.worker.busy, self)
        self.project = Project(self)
        self.autosave = Autosave(self.project, recovery_folder(), self)
        self.window = MainWindow(
            settings=self.settings,
            theme=self.theme,
            worker=self.worker,
            project=self.project,
            places=all_places(),
        )
        self._file = file
        self.window.painted.connect(self._begin)
        self.window.leaving.connect(self._end)

    def _begin(self) -> None:
        """Do what can wait until the window is there."""
        notices = self.window.notices
        tell_of_bugs(notices)
        tell_of_crashes(self.worker, notices)
        self.project.trouble.connect(notices.error)
        self.autosave.failed.connect(notices.warn)
        self.worker.start()
        if self._file is not None:
            self.window.files.open(self._file)
        found = find_recoveries(recovery_folder())
        offer(found, self.project, self.autosave, notices, self.window.files.may_leave)

    def _end(self) -> None:
        self._collector.close()
        self.autosave.close()
        self.worker.stop()

    def flee(self) -> None:
        """End without a question; what is not saved is offered at the next start."""
        self._collector.close()
        self.autosave.leave()
        self.worker.stop()
        QApplication.exit(0)


class Signals(QObject):
    """Has the program flee from Ctrl-C, SIGTERM and the end of its terminal.

    Python sees them only between its lines, so that Qt has to be woken.
    """

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._here, there = socket.socketpair()
        self._here.setblocking(False)
        there.setblocking(False)
        self._there = there
        signal.set_wakeup_fd(there.fileno())
        self._fatal = {signal.SIGINT, signal.SIGTERM}
        if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            self._fatal.add(signal.SIGHUP)  # nohup ignores it
        for number in self._fatal:
            signal.signal(number, lambda *_: None)
        notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._caught)

    def _caught(self) -> None:
        if self._fatal & set(self._here.recv(64)):
            self._program.flee()


def run(file: Path | None = None) -> int:
    """Show the window until it is closed."""
    app = QApplication(sys.argv[:1])
    program = Program(app, file)
    Signals(program)
    program.window.show()
    QTimer.singleShot(0, program.window.raise_)
    return app.exec()
