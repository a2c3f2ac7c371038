"""Running the use-case ``sample_handwriting`` with models that learned nothing."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import numpy as np

from seqgen.api.handwriting import sample_handwriting
from seqgen.config import HandwritingResult, Progress, SampleHandwriting
from seqgen.core.checkpoint import bundle_bytes, read_bundle
from seqgen.frontends.handwriting.ink.inkml import InkLine, read_inkml
from seqgen.frontends.handwriting.ink.svg_reader import SvgDrawing, read_svg
from tests.tiny_ink import TINY, tiny_pen_bundle

ALPHABET = "".join(sorted(set(string.ascii_letters) - set("QXZ"))) + " .,'\"-?!:;()"
STYLES = ("ada", "bob", "cy")
SLOW, STEADY = -8.0, -2.5


def hand(path: Path, pace: float = STEADY, whim: float = 1.0, **changes: Any) -> Path:
    """A model that reads exp(pace) characters a step, with ``whim`` now faster, now slower.

    A slow one runs away, one with a whim of 60 skips a letter in many lines.
    """
    given = {"alphabet": ALPHABET, "styles": STYLES, "licence": "for tests"} | changes
    card, weights = read_bundle(tiny_pen_bundle(path, **given))
    weights["window.project.weight"] = weights["window.project.weight"] * np.float32(whim)
    weights["window.project.bias"][2 * TINY.window :] = pace
    path.write_bytes(bundle_bytes(card, weights))
    return path


def run(output: Path | str, model: str, text: str, **wanted: Any) -> HandwritingResult:
    given = {"seed": 1} | wanted
    request = SampleHandwriting(text=text, output=str(output), model=model, **given)
    *steps, result = sample_handwriting(request)
    assert all(isinstance(step, Progress) for step in steps)
    assert isinstance(result, HandwritingResult)
    return result


def lines_in(*paths: Path | str) -> list[InkLine]:
    """The lines of pages of InkML."""
    return [line for path in paths for line in read_inkml(Path(path).read_bytes(), str(path))]


def words_in(*paths: Path | str) -> list[str]:
    return [word for line in lines_in(*paths) for word in line.text.split()]


def drawing(path: Path) -> SvgDrawing:
    return read_svg(path.read_bytes(), path.name)
