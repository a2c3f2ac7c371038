"""Requests, progress and results: the plain data that faces and use-cases exchange."""

from __future__ import annotations

from typing import Any

import msgspec


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far long work has come. ``total`` is None where the end is not known.

    ``warnings`` are what a user should know now and not at the end. ``data`` is what a window
    draws of work at hand; each use-case says what it puts there.
    """

    stage: str
    done: float
    total: float | None = None
    note: str = ""
    metrics: dict[str, float] = {}
    warnings: list[str] = []
    data: dict[str, Any] = {}


class SampleMusic(msgspec.Struct, frozen=True, kw_only=True):
    """Continue ``primer`` (a path, ``-`` for standard input, None for a new piece).

    At most one of ``bars``, ``seconds`` and ``notes`` is set; none means eight bars.
    ``at`` is the bar (from 1) to continue from; None is the first bar line after the music.
    ``density`` is how many notes there are a time, as a multiple of the model's own choice.
    ``as_tracks`` writes all takes as one file, each on tracks of its own.
    ``seed`` None draws one and reports it.
    """

    primer: str | None
    output: str
    model: str | None = None
    bars: int | None = None
    seconds: float | None = None
    notes: int | None = None
    at: int | None = None
    temperature: float | None = None
    top_k: int | None = None
    top_p: float | None = None
    density: float = 1.0
    seed: int | None = None
    count: int = 1
    only_new: bool = False
    as_tracks: bool = False
    key: str = "off"
    time: str = "auto"
    engine: str = "auto"
    force: bool = False


class Take(msgspec.Struct, frozen=True, kw_only=True):
    """One continuation that was written. ``guards`` counts what the guards mended, by name."""

    path: str
    seed: int
    notes: int
    bars: float
    seconds: float
    guards: dict[str, int]


class MusicResult(msgspec.Struct, frozen=True, kw_only=True):
    """What ``sample_music`` did. ``at_bar`` is where the new music starts (from 1)."""

    model: str
    engine: str
    temperature: float
    key: str | None
    time: str
    primer_notes: int
    at_bar: int
    takes: list[Take]
    warnings: list[str]


class HeardMusic(msgspec.Struct, frozen=True, kw_only=True):
    """What ``hear_music`` listened to, from where ``sample_music`` would go on."""

    model: str
    primer_notes: int
    at_bar: int


class ExcerptMusic(msgspec.Struct, frozen=True, kw_only=True):
    """Write the bars ``first`` to ``last`` (from 1, both in) of the MIDI file ``path``.

    ``first`` None keeps everything before as it is in the file; else the excerpt begins at tick 0
    with the tempo, meter, key and programs in force there. ``last`` None is the last bar.
    """

    path: str
    output: str
    first: int | None = None
    last: int | None = None
    force: bool = False


class ExcerptResult(msgspec.Struct, frozen=True, kw_only=True):
    """What ``excerpt_music`` or ``takes_as_tracks`` wrote."""

    path: str
    notes: int


class Redraw(msgspec.Struct, frozen=True, kw_only=True):
    """Words ``first`` to ``last`` of a paragraph, drawn anew with ``seed``; all count from 0."""

    paragraph: int
    first: int
    last: int
    seed: int


class SampleHandwriting(msgspec.Struct, frozen=True, kw_only=True):
    """Write ``text`` by hand, in lengths of mm.

    ``style`` is a style's name, a ``.hand`` file or a mix ``a:0.6,b:0.4``; None is the model's
    own choice. ``output`` ends in ``.svg`` or ``.inkml``; ``-`` is standard output, as SVG.
    ``page`` is fit, a size of paper or ``WxH``. ``curves`` draws strokes as cubic curves, else
    as polylines. ``wander`` is how far baselines stray, in x-heights; None is natural.
    ``redraws`` replace words, in every take, in their order; all others stay.
    """

    text: str
    output: str
    model: str | None = None
    style: str | None = None
    temperature: float | None = None
    seed: int | None = None
    count: int = 1
    page: str = "fit"
    x_height: float = 2.5
    line_pitch: float | None = None
    margin: float | None = None
    align: str = "left"
    wander: float | None = None
    pen_width: float = 0.35
    colour: str = "#000000"
    guides: bool = False
    curves: bool = True
    redraws: tuple[Redraw, ...] = ()
    engine: str = "auto"
    force: bool = False


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """One take of handwriting: its files, a page each.

    ``redrawn`` counts the lines that were drawn anew, by the name of the fault; ``faults`` are
    lines that stayed faulty. ``plot_seconds`` is what a plotter takes at the least.
    """

    paths: list[str]
    seed: int
    lines: int
    strokes: int
    points: int
    pen_mm: float
    plot_seconds: float
    redrawn: dict[str, int]
    faults: dict[str, int]


class HandwritingResult(msgspec.Struct, frozen=True, kw_only=True):
    """What ``sample_handwriting`` did.

    ``glyphs`` counts characters that glyphs drew, as the model has not learned them or the most of
    their word, ``missing`` those that became a box. ``licence`` is that of the model.
    """

    model: str
    engine: str
    style: str
    temperature: float
    characters: int
    letters: list[Letter]
    glyphs: dict[str, int]
    missing: dict[str, int]
    licence: str
    warnings: list[str]


class FitHand(msgspec.Struct, frozen=True, kw_only=True):
    """Fit a style to ``inks``, InkML files of one's own lines, for ``model``.

    ``texts`` are what the lines show, in order; without any they are those in the files. The
    fit takes ``steps`` updates, or ``minutes`` where they end sooner. ``name`` None is that of
    ``output``.
    """

    inks: tuple[str, ...]
    output: str
    texts: tuple[str, ...] = ()
    model: str | None = None
    name: str | None = None
    steps: int = 32
    minutes: float | None = None
    threads: int | None = None
    force: bool = False


class HandResult(msgspec.Struct, frozen=True, kw_only=True):
    """What ``fit_hand`` did.

    ``nats_per_point`` is the NLL of all lines with the style of no hand (``no_style``), with
    the best of the model's own hands (``nearest``, called so) and ``fitted``. ``thin`` is for
    each file how many of its points make one that the model sees.
    """

    path: str
    name: str
    model: str
    lines: int
    characters: int
    points: int
    updates: int
    seconds: float
    nats_per_point: dict[str, float]
    nearest: str
    thin: dict[str, float]
    warnings: list[str]


class Train(msgspec.Struct, frozen=True, kw_only=True):
    """Train a model of ``frontend`` on ``data`` (files, folders, archives, dataset names).

    ``overrides`` are ``key=value`` strings that change the recipe.
    """

    frontend: str
    data: tuple[str, ...]
    out: str
    recipe: str | None = None
    overrides: tuple[str, ...] = ()
    resume: bool = False
    minutes: float | None = None
    device: str = "auto"
    threads: int | None = None


class TrainResult(msgspec.Struct, frozen=True, kw_only=True):
    """How a training run ended. ``reason`` says why: finished, minutes or early stop.

    ``seconds`` are those of all parts of a resumed run; ``warnings`` were told on the way.
    """

    model: str
    updates: int
    epochs: float
    seconds: float
    best: dict[str, float]
    reason: str
    warnings: list[str]


class Evaluate(msgspec.Struct, frozen=True, kw_only=True):
    """Measure ``model`` on a split of ``data``, with a protocol of the model's frontend."""

    model: str
    data: str
    dataset: str | None = None
    split: str = "valid"
    protocol: str | None = None
    engine: str = "auto"
    threads: int | None = None


class EvaluateResult(msgspec.Struct, frozen=True, kw_only=True):
    """Scores by name; ``protocol`` says in a sentence what was averaged over what.

    ``counts`` are the pieces, steps and units that were averaged over. ``fields`` holds the
    scores of each field, ``baseline`` what a 4-gram reaches and ``baseline_protocol`` how it
    was counted; both are empty where the protocol has none.
    """

    model: str
    engine: str
    data: str
    split: str
    protocol: str
    counts: dict[str, int]
    scores: dict[str, float]
    fields: dict[str, dict[str, float]]
    baseline: dict[str, float]
    baseline_protocol: str
    warnings: list[str]
