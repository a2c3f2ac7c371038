"""Which of the processes that ``torchrun`` started this one is, told without torch."""

from __future__ import annotations

import os


def leads() -> bool:
    """Whether this process writes files and tells: alone, or the first of several."""
    return os.environ.get("WORLD_SIZE", "1") == "1" or os.environ.get("RANK", "0") == "0"
