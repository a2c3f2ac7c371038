"""What the places of the window ask of the worker: one call, answered by callbacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from seqgen.config import Progress


class Handle(Protocol):
    """A request on its way."""

    def cancel(self) -> None:
        """Stop the work; none of the request's callbacks is called any more."""
        ...


class Requests(Protocol):
    """Sends requests to the worker, which does them one at a time in their order."""

    def send(
        self,
        verb: str,
        request: object,
        on_progress: Callable[[Progress], None],
        on_result: Callable[[Any], None],
        on_error: Callable[[str], None],
    ) -> Handle:
        """Send a use-case's request: a struct of ``seqgen.config``, or a dict of its fields.

        The callbacks run in the GUI thread, never before ``send`` has returned. ``on_result``
        gets plain data as JSON gives it, to be converted to the result's struct; ``on_error`` one
        line for the user.
        """
        ...
