"""The recipe that an exported page carries, taken back into a letter and its settings."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from seqgen import __version__
from seqgen_gui.handwriting.state import (
    DEFAULT_MODEL,
    LAID_OUT,
    PEN,
    HandwritingState,
    Letter,
    Settings,
)

_MIX = re.compile(r"(?P<style>[^:,]+):[0-9.]+,(?P<other>[^:,]+):(?P<mix>[0-9.]+)")


def state_from(recipe: str | None, state: HandwritingState) -> HandwritingState | None:
    """``state`` changed to what a recipe says, its seed locked; None for a recipe not ours."""
    try:
        told = json.loads(recipe or "")
        if told["model"] == DEFAULT_MODEL:
            told["model"] = None
        letter = msgspec.convert(
            {name: told[name] for name in Letter.__struct_fields__ if name in told}, Letter
        )
        known = {name: told[name] for name in (*LAID_OUT, *PEN) if name in told}
        known |= {"model": letter.model, "temperature": letter.temperature}
        known |= {"seed": letter.seed, "locked": True}
        settings = msgspec.convert(msgspec.structs.asdict(state.settings) | known, Settings)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    settings = _styled(settings, letter.style)
    return HandwritingState(text=letter.text, letter=letter, settings=settings)


def doubt_of(recipe: str | None) -> str:
    """Why a page may not come out the same again; empty where there is no reason."""
    told: Any = json.loads(recipe or "{}")
    version = told.get("seqgen", __version__)
    if version == __version__:
        return ""
    return f"It was written by seqgen {version}, this is {__version__}: the ink may differ"


def _styled(settings: Settings, style: str | None) -> Settings:
    """Settings with a style, as two styles and a mix where it is such a mix."""
    mix = _MIX.fullmatch(style or "")
    if mix is not None:
        parts: dict[str, Any] = mix.groupdict()
        mixed = msgspec.structs.replace(settings, **parts | {"mix": float(parts["mix"])})
        if mixed.whole_style == style:
            return mixed
    return msgspec.structs.replace(settings, style=style, other=None)
