"""Somebody at the screen: presses keys, moves the mouse, looks at titles and pictures."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import numpy as np

from tests.journeys.pictures import number
from tests.journeys.screen import Picture, Screen, save
from tests.journeys.waiting import until

SETTLED = 0.25  # seconds in which a picture that rests does not change
CARET = 80  # pixels that a blinking caret changes at most
MENU = 5000  # pixels that a menu has at least
MUCH = 0.1  # of the screen


class Person:
    """Sees no more of a program than its window, and does what hands can do."""

    def __init__(self, screen: Screen, shots: Path) -> None:
        self._screen, self._shots = screen, shots
        self._environment = os.environ | {"DISPLAY": screen.display}

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each with what is held, as ``ctrl+k``."""
        self._do("key", "--delay", "12", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "12", "--", text)

    def click(self, x: int, y: int, *, held: str = "") -> None:
        """Click at a place of the screen, with a key held down."""
        hold, release = (["keydown", held], ["keyup", held]) if held else ([], [])
        self._do("mousemove", str(x), str(y), *hold, "click", "1", *release)

    def point(self, x: int, y: int) -> None:
        """Move the mouse to a place of the screen."""
        self._do("mousemove", str(x), str(y))

    def drag(self, *places: tuple[int, int]) -> None:
        """Drag the mouse over places of the screen."""
        moves = [
            part for x, y in places for part in ("mousemove", str(x), str(y), "sleep", "0.01")
        ]
        self._do(*moves[:5], "mousedown", "1", *moves[5:], "mouseup", "1")

    def command(self, name: str) -> None:
        """Run a command by its name, from the command palette."""
        self.press("ctrl+k")
        self.type(name)
        self.press("Return")

    @property
    def window(self) -> int:
        """The number of the window that has the focus, 0 for none."""
        told = self._ask("getactivewindow")
        return int(told) if told.isdecimal() else 0

    @property
    def title(self) -> str:
        """The title of the window that has the focus."""
        return self._ask("getactivewindow", "getwindowname")

    def await_title(self, title: str) -> int:
        """Wait for a window whose title begins so to have the focus; returns its number."""
        until(f"a window {title!r}, not {self.title!r}", lambda: self.title.startswith(title))
        return self.window

    def see(self) -> Picture:
        """The picture of the screen."""
        return self._screen.picture()

    def await_colour(self, colour: str) -> None:
        """Wait until much of the screen has a colour."""
        until(f"much of {colour}", lambda: np.mean(self.see() == number(colour)) > MUCH)

    def choose(self, *keys: str) -> None:
        """Press keys that open menus or choose in them, and see what each does before the next."""
        for key in keys:
            before = self.rest()
            self.press(key)
            until(f"what {key!r} does", lambda: _differ(before, self.see()) > MENU)  # noqa: B023

    def rest(self) -> Picture:
        """Wait until nothing moves on the screen; what it shows then."""
        pictures = [self.see()]

        def rests() -> bool:
            time.sleep(SETTLED)
            pictures.append(self.see())
            return _differ(pictures[-1], pictures[-2]) <= CARET

        until("a picture that rests", rests)
        return pictures[-1]

    def photograph(self, name: str) -> None:
        """Keep a picture of the screen, once it rests."""
        self.rest()
        self.snap(name)

    def snap(self, name: str) -> None:
        """Keep a picture of the screen as it is now."""
        save(self.see(), self._shots / f"{name}.png")

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True)

    def _ask(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self._environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()


def _differ(one: Picture, other: Picture) -> int:
    """How many pixels of two pictures differ."""
    return int(np.count_nonzero(one != other))
