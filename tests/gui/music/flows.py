"""A flow with a piece, and what the tests do with it."""

from __future__ import annotations

import msgspec

from seqgen_gui.music.flow import Flow
from seqgen_gui.music.state import Settings
from tests.gui.music.desk import Desk
from tests.places import STARTER

PIECE = str(sorted(STARTER.glob("*.mid"))[4])


def drawn(flow: Flow, desk: Desk, **settings: object) -> Flow:
    """Draw with some settings, two bars where they say nothing."""
    chosen = msgspec.convert({"bars": 2} | settings, Settings)
    flow.document.change("Set", settings=chosen)
    flow.generate()
    desk.answer()
    return flow


def bars_of(flow: Flow) -> tuple[int, int]:
    """The first bar behind the piece, and the notes of the ghost."""
    return flow.picture.sheet.next_bar, len(flow.picture.ghost)
