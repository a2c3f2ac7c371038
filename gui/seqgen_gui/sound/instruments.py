"""What makes the sound: the user's SoundFont, or the synth of our own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from seqgen_gui.live.keys import Keys, OwnKeys
from seqgen_gui.sound.device import SoundError
from seqgen_gui.sound.font import Font
from seqgen_gui.sound.score import Playing, Score
from seqgen_gui.sound.synth import Synth
from seqgen_gui.sound.voices import Wave

BUILT_IN = "the built-in sounds play"
T = TypeVar("T")


class Renderer(Protocol):
    """A score made sound; see ``Synth``."""

    @property
    def position(self) -> float:
        """The second of the score that is reached."""
        ...

    @property
    def ended(self) -> bool:
        """Whether nothing more will be heard."""
        ...

    def block(self, frames: int) -> Wave:
        """The next samples (frames, 2), from -1 to 1."""
        ...

    def close(self) -> None:
        """Let it go; it must not be used any more."""
        ...


Renderers = Callable[[Score, Playing, float], Renderer]


class Instruments:
    """Makes renderers; ``warn`` gets a line where the SoundFont that is chosen cannot play."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        self._warn = warn
        self._path = ""
        self._font: Font | None = None

    def choose(self, path: str) -> bool:
        """Play with a SoundFont, empty for the synth of our own; what failed is tried again.

        Returns whether another synth plays now.
        """
        if path == self._path and (self._font is not None or not path):
            return False
        before, self._path = self._font, path
        self._let_go()
        if path:
            try:
                self._font = Font(path)
            except SoundError as error:
                self._warn(f"{BUILT_IN}: {error}")
        return self._font is not before

    def renderer(self, score: Score, playing: Playing, position: float) -> Renderer:
        """A renderer of a score from a second on."""
        player = self._of_font(lambda font: font.player(score, playing, position))
        return player or Synth(score, playing, position)

    def keys(self) -> Keys:
        """Keys for who plays a keyboard; to be closed."""
        return self._of_font(Font.keys) or OwnKeys()

    def _of_font(self, make: Callable[[Font], T]) -> T | None:
        """What the SoundFont makes; None where none plays, or none any more."""
        if self._font is None:
            return None
        try:
            return make(self._font)
        except SoundError as error:
            self._let_go()
            self._warn(f"{BUILT_IN}: {error}")
            return None

    def _let_go(self) -> None:
        if self._font is not None:
            self._font.close()
            self._font = None
