"""The hands of one's own that a letter is written with: they go with its project."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import msgspec

from seqgen.errors import OutputError, reason
from seqgen.files import write_file
from seqgen_gui.handwriting.fitting import hands_folder
from seqgen_gui.handwriting.state import HandwritingState, parts_of, renamed

SUFFIX = ".hand"


class HandwritingPart(msgspec.Struct, frozen=True, kw_only=True):
    """The part ``handwriting`` of a project: the state, and the ``.hand`` files that it names."""

    state: HandwritingState = HandwritingState()
    hands: dict[str, bytes] = {}


class Shelf:
    """Packs hands into a part, and puts those of a part among the user's own."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or hands_folder()
        self._seen: dict[str, tuple[tuple[int, int], bytes]] = {}  # when, how long, what it held

    def packed(self, state: HandwritingState) -> HandwritingPart:
        """The state with the hands that are at hand."""
        found = {name: self._data(name) for name in _names(state)}
        return HandwritingPart(state=state, hands={n: data for n, data in found.items() if data})

    def unpacked(self, part: HandwritingPart) -> HandwritingState:
        """The state of a part; a hand whose name is taken here gets another. OutputError."""
        state = part.state
        for name, data in part.hands.items():
            if self._data(name) != data:
                state = renamed(state, name, self._bring_in(Path(name).name, data))
        return state

    def _bring_in(self, name: str, data: bytes) -> str:
        for number in count(1):
            file = name if number == 1 else f"{name.removesuffix(SUFFIX)} {number}{SUFFIX}"
            held = self._data(file)
            if held == data:
                return file
            if not held:
                break
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"cannot make {self.folder}: {reason(error)}") from None
        write_file(self.folder / file, data)
        return file

    def _data(self, name: str) -> bytes:
        """What a hand holds; empty where it is not here."""
        path = self.folder / name  # a whole path stays what it is
        try:
            status = path.stat()
            mark = status.st_mtime_ns, status.st_size
            if name not in self._seen or self._seen[name][0] != mark:
                self._seen[name] = mark, path.read_bytes()
        except (OSError, ValueError):
            return b""
        return self._seen[name][1]


def _names(state: HandwritingState) -> Iterator[str]:
    """The hands of one's own among the styles of a state, mixes too."""
    letter, settings = state.letter, state.settings
    for style in (letter and letter.style, settings.style, settings.other):
        for name, _ in parts_of(style or ""):
            if name.endswith(SUFFIX):
                yield name
