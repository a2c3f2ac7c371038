"""A page that holds a text, as a part of a project."""

from __future__ import annotations

import msgspec

from seqgen_gui.project.project import Part, Project
from seqgen_gui.project.steps import Step


class TextPart(msgspec.Struct, frozen=True, kw_only=True):
    text: str = ""
    data: bytes = b""


class Page:
    """Holds a text that is changed in steps which can be undone."""

    def __init__(self, project: Project, name: str = "text") -> None:
        self.part = TextPart()
        self.project = project
        project.register(Part(name, TextPart, lambda: self.part, self.show))

    def show(self, part: TextPart) -> None:
        self.part = part

    def write(self, text: str, merge: str = "") -> None:
        old, new = self.part, msgspec.structs.replace(self.part, text=text)
        self.project.undo.push(
            Step("write", lambda: self.show(new), lambda: self.show(old), merge)
        )
