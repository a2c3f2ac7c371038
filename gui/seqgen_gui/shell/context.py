"""What the window hands to its pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from seqgen_gui.link.requests import Requests
from seqgen_gui.project.project import Project
from seqgen_gui.shell.actions import Actions
from seqgen_gui.shell.icons import Icons
from seqgen_gui.shell.notices import Notices
from seqgen_gui.shell.settings import Settings
from seqgen_gui.shell.theme import Theme


@dataclass(frozen=True)
class Context:
    """What a page works with; a page is made as ``Page(context)``, when it is first shown.

    It registers its part with ``project``, its actions with ``actions`` and itself as their
    owner, asks the worker by ``requests`` and says what went wrong by ``notices``.
    """

    requests: Requests
    project: Project
    actions: Actions
    notices: Notices
    settings: Settings
    theme: Theme
    icons: Icons


class OpensFiles(Protocol):
    """A page that files can be opened in, or dropped on."""

    def open_file(self, path: Path) -> None:
        """Open a file of one of its place's suffixes; a mistake is told by a notice."""
        ...
