"""A screen that nobody sees: an X server with a window manager, and pictures of what it shows."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from tests.journeys.waiting import until

SIZE = (1280, 800)
NEEDED = ("Xvfb", "openbox", "xdotool")

Picture = npt.NDArray[np.uint32]
"""(height, width), each pixel 0xRRGGBB."""


def lacking() -> list[str]:
    """The programs that a screen needs and this machine lacks."""
    return [name for name in NEEDED if shutil.which(name) is None]


@dataclass(frozen=True)
class Screen:
    """``display`` is its name, as ``:7``; ``buffer`` the file that holds what it shows."""

    display: str
    buffer: Path

    def picture(self) -> Picture:
        """What it shows now."""
        raw = self.buffer.read_bytes()  # X window dump: a header, a colour map, the pixels
        head = struct.unpack(">25I", raw[:100])
        width, height, per_line, colours = head[4], head[5], head[12], head[19]
        pixels = np.frombuffer(raw, "<u4", per_line // 4 * height, offset=head[0] + 12 * colours)
        return pixels.reshape(height, -1)[:, :width] & np.uint32(0xFFFFFF)


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """Start a screen of ``SIZE`` on a display that is free; its files are in ``folder``."""
    with ExitStack() as stack:
        shape = f"{SIZE[0]}x{SIZE[1]}x24"
        reader, writer = os.pipe()
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", shape, "-nolisten", "tcp"]
        server = _start([*command, "-noreset", "-fbdir", str(folder)], folder, pass_fds=(writer,))
        os.close(writer)
        stack.callback(_end, server)
        with os.fdopen(reader) as told:
            display = f":{told.readline().strip()}"
        environment = os.environ | {"DISPLAY": display, "HOME": str(folder)}
        manager = _start(["openbox", "--sm-disable"], folder, env=environment)
        stack.callback(_end, manager)
        until("a window manager", lambda: _is_managed(environment))
        yield Screen(display, folder / "Xvfb_screen0")


def save(picture: Picture, path: Path) -> None:
    """Write a picture as PNG."""
    height, width = picture.shape
    data = np.ascontiguousarray(picture | np.uint32(0xFF000000), dtype="<u4").tobytes()
    if not QImage(data, width, height, 4 * width, QImage.Format.Format_RGB32).save(str(path)):
        raise OSError(f"cannot write {path}")


def _is_managed(environment: dict[str, str]) -> bool:
    asked = subprocess.run(
        ["xdotool", "get_desktop"], env=environment, capture_output=True, check=False
    )
    return asked.returncode == 0


def _start(
    command: list[str],
    folder: Path,
    *,
    env: dict[str, str] | None = None,
    pass_fds: tuple[int, ...] = (),
) -> subprocess.Popen[bytes]:
    with (folder / f"{command[0]}.log").open("wb") as log:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env, pass_fds=pass_fds
        )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
