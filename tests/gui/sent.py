"""What was asked of a worker that a test plays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from seqgen.config import Progress


@dataclass(eq=False)
class Sent:
    """A request that was sent; the test answers it."""

    verb: str
    request: Any
    on_progress: Callable[[Progress], None]
    on_result: Callable[[Any], None]
    on_error: Callable[[str], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True

    def answer(self, result: object) -> None:
        """Answer with what JSON makes of a result."""
        self.on_result(msgspec.json.decode(msgspec.json.encode(result)))
