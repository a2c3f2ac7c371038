"""The journey around the window itself: themes, keys, crashes."""

from __future__ import annotations

import os
import signal
from typing import Any

import numpy as np

from seqgen_gui.shell.colours import DARK, LIGHT
from tests.journeys.desk import Desk
from tests.journeys.pictures import near, number
from tests.journeys.program import FOLDERS, Program
from tests.journeys.screen import Picture
from tests.journeys.waiting import until

WORKER = "seqgen.worker"
MARK = 30  # pixels that the focus is marked by at least
STEPS = 12  # of the tour through each place
STRIPE = 60  # pixels that the edge of a notice has at least


def test_a_tour_of_the_window_by_keys_alone(desk: Desk) -> None:
    person = desk.person
    with desk.program() as started:
        person.press("ctrl+comma")
        person.await_title("Preferences")
        person.photograph("shell-1-preferences-light")
        person.press("d")
        person.await_colour(DARK.window)
        person.photograph("shell-1-preferences-dark")
        person.press("Escape")
        person.await_title("Untitled - seqgen")
        go_round(desk)
        for place in ("2", "3"):
            person.choose(f"ctrl+{place}")
            go_round(desk)
        person.command("Light theme")
        person.await_colour(LIGHT.window)
        person.choose("ctrl+k")
        person.type("the")
        person.photograph("shell-2-palette")
        person.press("Escape", "F1")
        person.await_title("Keyboard shortcuts")
        person.photograph("shell-3-shortcuts")
        person.press("Escape")
        person.await_title("Untitled - seqgen")
        desk.quit(started)


def test_nothing_is_lost_when_the_worker_or_the_window_is_killed(desk: Desk) -> None:
    project = desk.home / "letter.seqgen"
    with desk.program() as started:
        desk.person.choose("ctrl+2")
        desk.person.type("Dear Ada")
        desk.save_as(project)
        lose_the_worker(desk, started)
        desk.person.press("ctrl+Return")
        assert text_of(desk.save(project)["handwriting"]["state"]["letter"]) == "Dear Ada"
        desk.person.type(", all is well")
        until("what is kept against a crash", lambda: "all is well" in kept(desk))
        started.kill()
    with desk.program() as started:
        until("an offer", lambda: stripe(desk.person.see(), LIGHT.warning))
        desk.photograph("shell-5-recovery")
        desk.person.press("F6", "space")
        assert text_of(desk.save(project)["handwriting"]["state"]) == "Dear Ada, all is well"
        desk.quit(started)
    assert kept(desk) == ""


def go_round(desk: Desk) -> None:
    """Press Tab again and again; each time the focus must be seen, in the dark theme."""
    for step in range(STEPS):
        before = desk.person.rest()
        desk.person.press("Tab")
        until(
            f"the focus after {step + 1} times Tab",
            lambda: marked(before, desk.person.see()),  # noqa: B023
        )


def marked(before: Picture, after: Picture) -> bool:
    """Whether much has taken a colour that marks the focus: a frame, the ground of a tab."""
    changed = after[before != after]
    marks = [near(changed, colour) for colour in (DARK.accent, DARK.tint, DARK.text)]
    return int(np.sum(np.any(marks, axis=0))) >= MARK


def lose_the_worker(desk: Desk, started: Program) -> None:
    """Kill the worker; that is told, and another is there."""
    lost = until("a worker", lambda: started.child(WORKER))
    os.kill(lost, signal.SIGKILL)
    until("another worker", lambda: started.child(WORKER) not in (0, lost))
    until("a notice", lambda: stripe(desk.person.see(), LIGHT.danger))
    desk.photograph("shell-4-worker-lost")


def stripe(picture: Picture, colour: str) -> bool:
    """Whether there is the edge of a notice."""
    return int(np.sum(picture == number(colour))) >= STRIPE


def kept(desk: Desk) -> str:
    """What the program keeps aside."""
    folder = desk.home / FOLDERS["XDG_DATA_HOME"] / "seqgen" / "recovery"
    return "".join(file.read_text() for file in folder.glob("*.recovery"))


def text_of(part: Any) -> str:
    """The text of a letter, or of the place Handwriting."""
    return str(part["text"])
