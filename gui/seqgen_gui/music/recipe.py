"""The recipe that a MIDI file of ours carries, read back as settings."""

from __future__ import annotations

import json

import msgspec

from seqgen_gui.music.state import Settings


def settings_from(recipe: str | None, settings: Settings) -> Settings | None:
    """``settings`` changed to those of a recipe, its seed locked; None for a recipe not ours."""
    try:
        told = json.loads(recipe or "")
        fields = {
            "model": told["model"],
            "temperature": told["temperature"],
            "top_p": told.get("top_p"),
            "key": told.get("key") or "off",
            "seed": told["seed"],
            "bars": told.get("bars", settings.bars),
        }
        known = msgspec.structs.asdict(settings) | fields | {"locked": True, "count": 1}
        return msgspec.convert(known, Settings)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
