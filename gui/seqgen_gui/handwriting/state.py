"""What the place Handwriting holds and a project keeps: the text, the letter, the settings."""

from __future__ import annotations

import msgspec

from seqgen.config import Redraw, SampleHandwriting

LAID_OUT = ("page", "margin", "x_height", "line_pitch", "align", "wander")
"""The settings that lay a letter out, whatever its ink is."""
PEN = ("pen_width", "colour", "guides")
DEFAULT_MODEL = "hand"
NO_FILE = "page.svg"  # requests for a window name no file; SVG is what they stand for


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How the next letter is written, and the page and the pen of the one that is shown.

    ``style`` None is the model's own; with ``other`` it is mixed, ``mix`` being the share of
    the other from 0 to 1. With ``locked`` every letter is written with ``seed``. Lengths in mm.
    """

    model: str | None = None
    style: str | None = None
    other: str | None = None
    mix: float = 0.5
    temperature: float | None = None
    seed: int | None = None
    locked: bool = False
    page: str = "a5"
    margin: float | None = None
    x_height: float = 2.5
    line_pitch: float | None = None
    align: str = "left"
    wander: float | None = None
    pen_width: float = 0.35
    colour: str = "#14213d"
    guides: bool = False

    @property
    def whole_style(self) -> str | None:
        """The style as a request names it, a mix if it is one."""
        if self.style is None or self.other is None or self.mix <= 0:
            return self.style
        if self.mix >= 1:
            return self.other
        return f"{self.style}:{1 - self.mix:g},{self.other}:{self.mix:g}"


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that was written, by how it is made: its ink comes again from this alone."""

    text: str
    seed: int
    model: str | None = None
    style: str | None = None
    temperature: float | None = None
    redraws: tuple[Redraw, ...] = ()
    engine: str = "auto"


class HandwritingState(msgspec.Struct, frozen=True, kw_only=True):
    """Everything, and the part ``handwriting`` of a project."""

    text: str = ""
    letter: Letter | None = None
    settings: Settings = Settings()

    @property
    def is_stale(self) -> bool:
        """Whether the letter shows another text or hand than are asked for now."""
        letter, settings = self.letter, self.settings
        return letter is not None and (
            letter.text.strip(),
            letter.model,
            letter.style,
            letter.temperature,
        ) != (self.text.strip(), settings.model, settings.whole_style, settings.temperature)


def request_of(letter: Letter, settings: Settings, output: str = NO_FILE) -> SampleHandwriting:
    """The request that writes a letter on the page of ``settings``."""
    return SampleHandwriting(
        text=letter.text,
        output=output,
        model=letter.model,
        style=letter.style,
        temperature=letter.temperature,
        seed=letter.seed,
        redraws=letter.redraws,
        engine=letter.engine,
        **{name: getattr(settings, name) for name in (*LAID_OUT, *PEN)},
    )


def parts_of(style: str) -> list[tuple[str, str]]:
    """The styles of a mix, each with its weight as it was typed; it is empty for none."""
    found = []
    for part in style.split(","):
        name, colon, weight = part.strip().rpartition(":")
        if not colon or not _is_number(weight):  # a colon may be part of a path
            name, weight = part.strip(), ""
        found.append((name.strip(), weight.strip()))
    return found


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def renamed(state: HandwritingState, old: str, new: str) -> HandwritingState:
    """The state with another name for a style, also where it is part of a mix."""

    def named(style: str | None) -> str | None:
        parts = parts_of(style or "")
        if old not in [name for name, _ in parts]:
            return style
        mixed = ((new if name == old else name, weight) for name, weight in parts)
        return ",".join(f"{name}:{weight}" if weight else name for name, weight in mixed)

    letter, settings = state.letter, state.settings
    if letter is not None:
        letter = msgspec.structs.replace(letter, style=named(letter.style))
    style, other = named(settings.style), named(settings.other)
    settings = msgspec.structs.replace(settings, style=style, other=other)
    return msgspec.structs.replace(state, letter=letter, settings=settings)


def with_redraw(letter: Letter, redraw: Redraw) -> Letter:
    """The letter with some words drawn anew; redraws of the same words are forgotten."""
    kept = tuple(
        old
        for old in letter.redraws
        if old.paragraph != redraw.paragraph or old.first < redraw.first or redraw.last < old.last
    )
    return msgspec.structs.replace(letter, redraws=(*kept, redraw))
