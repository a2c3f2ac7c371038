"""The journey through the place Handwriting."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from seqgen.api.inspect import inspect
from seqgen.reports import InkFileReport
from seqgen_gui.handwriting.colours import PAPER
from seqgen_gui.shell.colours import LIGHT
from tests.journeys.desk import Desk
from tests.journeys.pictures import groove, ink, sheet
from tests.journeys.waiting import until

LINES = ("Dear Ada,", "the engine weaves patterns as looms weave flowers.", "Yours, Charles")
TEXT = "\n".join(LINES)
PAGE = (148.0, 210.0)  # mm, A5
INSIDE = 8  # pixels below the top of a capital
POINT = 72 / 25.4  # points a mm
GALLERY = (300, 440)  # pixels: in its second column, above its first row
CANVAS = (520, 100)  # pixels: left of the page, below the bar above it
KINDS = ("screen", "plotter", "pdf")
"""The kinds of files that the dialog of an export lists first, in its order."""


def test_a_letter_is_typed_written_changed_and_exported(desk: Desk) -> None:
    project = desk.home / "ada.seqgen"
    with desk.program() as started:
        desk.person.choose("ctrl+2")
        desk.photograph("handwriting-1-empty")
        type_text(desk)
        desk.await_change()
        desk.save_as(project)
        watch_and_skip(desk, project)
        change_style(desk, project)
        letter = redraw_line(desk, project)
        desk.photograph("handwriting-3-redrawn")
        files = {kind: export(desk, kind) for kind in KINDS}
        desk.quit(started)
    for kind in ("screen", "plotter"):
        check_svg(files[kind], letter, curves=kind == "screen")
    check_pdf(files["pdf"])


def test_lines_are_written_by_hand_and_exported(desk: Desk) -> None:
    file = desk.home / "mine.inkml"
    with desk.program() as started:
        desk.person.choose("ctrl+2")
        desk.person.command("My hand")
        dialog = desk.person.await_title("My hand")
        for line in range(3):
            write_line(desk)
            desk.person.photograph(f"handwriting-4-own-hand-{line + 1}")
            desk.person.press("alt+n")
        desk.person.press("alt+e")
        desk.name_file("Export ink", file)
        until("the ink", file.exists)
        assert desk.person.window == dialog
        desk.person.press("Escape")
        desk.person.await_title("Untitled - seqgen")
        desk.quit(started)
    report = inspect(str(file))
    assert isinstance(report, InkFileReport)
    assert (report.strokes, len(report.lines)) == (9, 3)


def type_text(desk: Desk) -> None:
    """Type the lines of the text."""
    for line in LINES[:-1]:
        desk.person.type(line)
        desk.person.press("Return")
    desk.person.type(LINES[-1])


def watch_and_skip(desk: Desk, project: Path) -> None:
    """Watch a slow pen for a while, see the rest at once, and watch no more."""
    x, y = groove(desk.person.rest(), LIGHT.accent)
    desk.person.click(x + 2, y + 2)
    desk.person.press("Home", "ctrl+Return")
    desk.save(project)
    until("some ink", lambda: amount(desk) > 50)
    desk.person.snap("handwriting-2-being-written")
    early = amount(desk)
    desk.person.command("Skip to the end")
    until("all of the ink", lambda: amount(desk) > 3 * early)
    desk.person.command("Watch the pen")


def amount(desk: Desk) -> int:
    """How many pixels of the page are inked."""
    return int(ink(desk.person.see())[CANVAS[1] :, CANVAS[0] :].sum())


def change_style(desk: Desk, project: Path) -> None:
    """Click the second style of the gallery, and write the letter in it."""
    x, y = GALLERY
    rows = ink(desk.person.rest())[y:, x : CANVAS[0]].any(axis=1)
    desk.person.click(x + 60, y + int(np.argmax(rows)))
    style = state_of(desk.save(project))["settings"]["style"]
    assert style
    desk.person.press("ctrl+Return")
    letter = state_of(desk.save(project))["letter"]
    assert (letter["style"], letter["text"]) == (style, TEXT)


def redraw_line(desk: Desk, project: Path) -> Any:
    """Click the first line with Shift, which draws it anew; returns the letter."""
    x, y = CANVAS
    inked = ink(desk.person.rest())[y:, x:]
    row = int(np.argmax(inked.any(axis=1))) + INSIDE
    place = x + int(np.argmax(inked[row])), y + row
    desk.person.point(*place)
    desk.person.click(*place, held="shift")
    letter = state_of(desk.save(project))["letter"]
    (redraw,) = letter["redraws"]
    assert (redraw["paragraph"], redraw["first"], redraw["last"]) == (0, 0, 1)
    return letter


def export(desk: Desk, kind: str) -> Path:
    """Export the letter as a kind of file."""
    path = desk.home / f"{kind}.{'pdf' if kind == 'pdf' else 'svg'}"
    main = desk.person.window
    desk.person.command("Export")
    until("a dialog", lambda: desk.person.window not in (main, 0))
    dialog = desk.person.await_title("Export")
    desk.person.press("Home", *["Down"] * KINDS.index(kind))
    desk.person.photograph(f"handwriting-5-export-{kind}")
    desk.person.press("Return")
    until("a dialog for the file", lambda: desk.person.window not in (dialog, main, 0))
    desk.name_file("Export", path)
    until(f"the file {path.name}", path.exists)
    desk.person.await_title("ada - seqgen")
    return path


def check_svg(path: Path, letter: Any, *, curves: bool) -> None:
    """A file must be a page in mm with strokes, and say how it was made."""
    report = inspect(str(path))
    assert isinstance(report, InkFileReport)
    assert (report.unit, report.width, report.height) == ("mm", *PAGE)
    assert report.strokes > len(TEXT) / 2
    assert report.warnings == []
    recipe = json.loads(report.recipe or "{}")
    assert {name: recipe[name] for name in ("seed", "style", "text")} == {
        name: letter[name] for name in ("seed", "style", "text")
    }
    assert recipe["curves"] is curves
    assert bool(re.search(rb' d="[^"]*C', path.read_bytes())) is curves


def check_pdf(path: Path) -> None:
    """A file must be a PDF with a page of the size of the letter."""
    data = path.read_bytes()
    assert data.startswith(b"%PDF")
    (box,) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert np.allclose([float(side) / POINT for side in box], PAGE, atol=0.5)


def write_line(desk: Desk) -> None:
    """Draw three strokes on the pad."""
    left, upper, lower = sheet(desk.person.rest(), PAPER.name(), least=600)
    middle = (upper + lower) // 2
    for stroke in range(3):
        start = left + 60 + 120 * stroke
        desk.person.drag(*((start + 8 * step, middle + (-1) ** step * 25) for step in range(10)))


def state_of(parts: dict[str, Any]) -> dict[str, Any]:
    """What a project holds of the place Handwriting."""
    state: dict[str, Any] = parts["handwriting"]["state"]
    return state
