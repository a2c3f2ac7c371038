"""Running the use-case ``sample_music`` with models that learned nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from seqgen.api.sample import sample_music
from seqgen.config import MusicResult, Progress, SampleMusic

CODECS = ("events", "voices")


def run(output: Path, model: str, primer: str | None, **wanted: Any) -> MusicResult:
    given = {"seed": 1, "bars": 2} | wanted
    if given.keys() & {"seconds", "notes"}:
        del given["bars"]
    request = SampleMusic(primer=primer, output=str(output), model=model, **given)
    *steps, result = sample_music(request)
    assert all(isinstance(step, Progress) for step in steps)
    assert isinstance(result, MusicResult)
    return result
