"""A player whose process is the test: it takes down what is wished, and answers Play."""

from __future__ import annotations

from typing import Any

import msgspec

from seqgen_gui.sound.player import Player
from seqgen_gui.sound.score import News, Wish


class SilentPlayer(Player):
    """Says at once that it plays, or why not; ``hear`` moves it."""

    def __init__(self) -> None:
        super().__init__(command=["no-such-program"])
        self.wishes: list[Wish] = []
        self.trouble = ""
        self._process.say = self._take  # type: ignore[method-assign]

    def warm(self) -> None:
        """There is no process."""

    def hear(self, second: float) -> None:
        """Say that a second is heard."""
        self._answer(News(at=second))

    def _take(self, line: object) -> None:
        assert isinstance(line, Wish)
        self.wishes.append(line)
        if line.play is not None:
            trouble = News(failed=f"cannot play: {self.trouble}")
            self._answer(trouble if self.trouble else News(playing=True))

    def _answer(self, news: News) -> None:
        line: dict[str, Any] = msgspec.to_builtins(news)
        self._hear(line)
