"""The journey through the place Music."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from seqgen.frontends.music.midi.score import read_score
from seqgen_gui.shell.colours import LIGHT
from tests.journeys.desk import Desk
from tests.journeys.pictures import first_row
from tests.journeys.screen import Picture
from tests.journeys.waiting import until
from tests.places import ROOT

TUNE = ROOT / "datasets" / "starter" / "midi" / "05-minuet-in-g-major.mid"
BARS = 32  # of the tune
ROLL = 200  # pixels: the roll begins left of it


def test_a_tune_is_continued_accepted_saved_and_exported(desk: Desk) -> None:
    person, project = desk.person, desk.home / "minuet.seqgen"
    with desk.program() as started:
        desk.photograph("music-1-empty")
        desk.open(TUNE)
        desk.await_change()
        desk.save_as(project)
        person.press("ctrl+Return")
        drawn = state_of(desk.save(project))
        assert (drawn["shown"], drawn["takes"][0]["at_bar"]) == (1, BARS + 1)
        desk.photograph("music-2-take")
        accept(desk, project)
        desk.photograph("music-3-accepted")
        file = export(desk, desk.home / "minuet continued.mid")
        desk.quit(started)
    check(file, drawn["takes"][0])
    with desk.program() as started:
        reopen(desk, project)
        again = export(desk, desk.home / "minuet again.mid")
        assert again.read_bytes() == file.read_bytes()
        continue_from_a_bar(desk, project)
        desk.quit(started)


def accept(desk: Desk, project: Path) -> None:
    """Accept a bar, then all; take it back, and do it again."""
    desk.person.press("shift+Tab")
    bar = state_of(desk.save(project))["piece"]
    assert (bar["last_bar"], bar["first_new"]) == (BARS + 1, BARS + 1)
    desk.person.press("Tab")
    whole = state_of(desk.save(project))["piece"]
    assert (whole.get("last_bar"), whole["first_new"]) == (None, BARS + 1)
    desk.person.press("ctrl+z")
    assert state_of(desk.save(project))["piece"] == bar
    desk.person.press("ctrl+shift+z")
    assert state_of(desk.save(project))["piece"] == whole


def export(desk: Desk, path: Path) -> Path:
    """Export the piece."""
    desk.person.command("Export the piece")
    desk.name_file("Export", path)
    until(f"the file {path.name}", path.exists)
    return path


def reopen(desk: Desk, project: Path) -> None:
    """Open the project from the files that were opened last."""
    desk.person.choose("alt+f", "r", "1")
    desk.person.await_title(f"{project.stem} - seqgen")


def continue_from_a_bar(desk: Desk, project: Path) -> None:
    """Draw a take, click a bar before it in the ruler, and draw one from there."""
    desk.person.press("ctrl+Return")
    assert len(state_of(desk.save(project))["takes"]) == 2
    x, y = until("the mark of the new bars", lambda: mark(desk.person.rest()))
    desk.person.click(x - 50, y - 8)
    bar = state_of(desk.save(project))["bar"]
    assert 1 < bar <= BARS + 8
    desk.person.press("ctrl+Return")
    assert state_of(desk.save(project))["takes"][2]["at_bar"] == bar
    desk.photograph("music-4-from-a-bar")


def mark(picture: Picture) -> tuple[int, int] | None:
    """Where the mark of new bars begins in the ruler, below their numbers."""
    x, y = first_row(picture, LIGHT.accent, least=300)
    return (x, y) if x > ROLL else None  # else it is the frame of the roll


def check(path: Path, take: dict[str, Any]) -> None:
    """A file must hold the tune as it was, the notes of a take after it, and the recipe."""
    before, after = (read_score(file.read_bytes()) for file in (TUNE, path))
    join = after.meters.bar_line(BARS)
    assert len(after.notes[after.notes["start"] >= join]) == take["notes"] > 0
    kept = after.notes[after.notes["start"] < join]
    assert kept.tolist() == before.notes.tolist()
    assert json.loads(after.recipe or "{}")["seed"] == take["request"]["seed"]


def state_of(parts: dict[str, Any]) -> dict[str, Any]:
    """What a project holds of the place Music."""
    state: dict[str, Any] = parts["music"]["state"]
    return state
