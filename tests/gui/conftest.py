"""What tests of the desktop app need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.workers import worker_environment


@pytest.fixture(scope="session", autouse=True)
def _own_checkout() -> Iterator[None]:
    """Let child processes import this checkout."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", worker_environment()["PYTHONPATH"])
        yield
