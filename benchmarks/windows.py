"""The real window in homes of its own, for benchmarks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seqgen_gui.shell.program import Program

HOMES = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


def environment(folder: Path, platform: str) -> dict[str, str]:
    """The environment of a window whose settings, runs and recoveries are in ``folder``.

    ``platform`` is that of Qt, empty for the display.
    """
    path = os.pathsep.join([str(Path.cwd()), str(Path.cwd() / "gui")])
    own = dict.fromkeys(HOMES, str(folder)) | {"PYTHONPATH": path}
    return os.environ | own | ({"QT_QPA_PLATFORM": platform} if platform else {})


@contextmanager
def homes(folder: Path, platform: str) -> Iterator[None]:
    """Give this process such an environment."""
    before = dict(os.environ)
    os.environ.update(environment(folder, platform))
    yield
    os.environ.clear()
    os.environ.update(before)


def make_program() -> Program:
    """The program in this process, shown, its worker ready."""
    from PySide6.QtWidgets import QApplication

    from seqgen_gui.link.worker import State
    from seqgen_gui.shell.program import Program

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    program = Program(app)
    program.window.show()
    wait_until(lambda: program.worker.state is State.READY, 60)
    return program


def close(program: Program) -> None:
    """Close the window without a question, and all that belongs to it."""
    from PySide6.QtCore import QCoreApplication, QTimer

    program.project.clear()
    QTimer.singleShot(0, program.window.close)
    QCoreApplication.exec()


def wait_until(met: Callable[[], bool], seconds: float, step: int = 20) -> None:
    """Run the event loop until a condition is met, which is looked at every ``step`` milliseconds.

    SystemExit where that takes too long.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    loop, timer, limit = QEventLoop(), QTimer(interval=step), QTimer(singleShot=True)
    reached = met()

    def look() -> None:
        nonlocal reached  # it may be otherwise again before the loop has ended
        reached = reached or met()
        if reached:
            loop.quit()

    timer.timeout.connect(look)
    timer.start()
    limit.timeout.connect(loop.quit)
    limit.start(round(1000 * seconds))
    if not reached:
        loop.exec()
    if not reached:
        raise SystemExit(f"what was waited for did not happen within {seconds:.0f} s")


def resident(pid: int | str = "self") -> float:
    """MB of memory that a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
