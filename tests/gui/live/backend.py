"""A backend of mido whose ports are files in the folder SEQGEN_TEST_PORTS.

What is sent to a port goes to ``<name>.sent``, a line a message: seconds, hex. What is written to
``<name>.keys`` in hex is heard from it. A port is there as long as its file is.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import Any

import mido
from mido.ports import BaseInput, BaseOutput

FOLDER = "SEQGEN_TEST_PORTS"


def folder() -> Path:
    return Path(os.environ[FOLDER])


def get_devices(**_: Any) -> list[dict[str, Any]]:
    return [
        {"name": path.stem, "is_input": suffix == ".keys", "is_output": suffix == ".sent"}
        for suffix in (".keys", ".sent")
        for path in sorted(folder().glob(f"*{suffix}"))
    ]


class Output(BaseOutput):  # type: ignore[misc]
    def _open(self, **_: Any) -> None:
        self._path = folder() / f"{self.name}.sent"

    def _send(self, message: mido.Message) -> None:
        if not self._path.exists():
            raise OSError("It Was Pulled Out.")
        with self._path.open("a") as file:
            file.write(f"{time.monotonic():.6f} {message.hex('')}\n")


class Input(BaseInput):  # type: ignore[misc]
    def _open(self, callback: Any = None, **_: Any) -> None:
        self._callback, self._on = callback, True
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        with (folder() / f"{self.name}.keys").open() as file:
            while self._on:
                line = file.readline()
                if line:
                    self._callback(mido.Message.from_hex(line))
                else:
                    time.sleep(0.002)

    def _close(self) -> None:
        self._on = False
        self._thread.join()
