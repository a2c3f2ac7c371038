"""What a journey needs: a screen, a person before it, and a user's folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.desk import Desk
from tests.journeys.person import Person
from tests.journeys.screen import lacking, screen
from tests.places import ROOT

MUST = os.environ.get("SEQGEN_JOURNEYS") == "must"
"""Whether a machine that cannot run the journeys fails them; else they are skipped there."""
SHOTS = Path(os.environ.get("SEQGEN_JOURNEY_SHOTS") or ROOT / "build" / "journeys")


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk for one journey."""
    if lack := lacking():
        reason = f"journeys need {', '.join(lack)}: the README's set-up for tests installs them"
        (pytest.fail if MUST else pytest.skip)(reason)
    SHOTS.mkdir(parents=True, exist_ok=True)
    folders = [tmp_path / name for name in ("screen", "home")]
    for folder in folders:
        folder.mkdir()
    with screen(folders[0]) as seen:
        yield Desk(request.node.name, Person(seen, SHOTS), folders[1], seen.display)
