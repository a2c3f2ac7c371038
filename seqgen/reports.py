"""Reports: what inspect, models, datasets and doctor answer with."""

from __future__ import annotations

from typing import Any

import msgspec


class TrackReport(msgspec.Struct, frozen=True, kw_only=True):
    """One track of a MIDI file. ``program`` is 0..127; ``role`` is what seqgen takes it for."""

    name: str
    channel: int
    program: int
    is_drums: bool
    role: str
    notes: int


class MidiReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was understood of a MIDI file.

    ``tempos`` are (second, beats per minute), ``meters`` (bar from 1, "4/4"),
    ``keys`` (bar from 1, name); ``recipe`` is how seqgen made the file, where it did;
    ``warnings`` are what was repaired on reading.
    """

    kind: str = "midi"
    path: str
    format: int
    ticks_per_beat: int
    seconds: float
    bars: int
    notes: int
    tempos: list[tuple[float, float]]
    meters: list[tuple[int, str]]
    keys: list[tuple[int, str]]
    tracks: list[TrackReport]
    recipe: str | None
    warnings: list[str]


class NoteColumns(msgspec.Struct, frozen=True, kw_only=True):
    """Notes by start, a column each, little-endian: JSON carries them as base64.

    ``starts`` and ``ends`` are ticks (i8), ``pitches`` and ``velocities`` 0..127 (u1), ``tracks``
    indices in ``MidiReport.tracks`` (i2).
    """

    starts: bytes
    ends: bytes
    pitches: bytes
    velocities: bytes
    tracks: bytes


class MusicSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A MIDI file to be drawn and played.

    ``tempos`` are (tick, microseconds a beat), ``meters`` (tick, numerator, denominator), each
    from tick 0 on; a meter begins a bar. ``end`` is the last tick of any event. ``next_bar`` is
    the first bar (from 1) after all notes, ``found_key`` the key that the notes suggest,
    ``doubts`` why the file's recipe may give other notes here, a clause each.
    """

    report: MidiReport
    notes: NoteColumns
    tempos: list[tuple[int, int]]
    meters: list[tuple[int, int, int]]
    end: int
    next_bar: int
    found_key: str | None
    doubts: list[str] = []


class PenReport(msgspec.Struct, frozen=True, kw_only=True):
    """A pen of a page: its layer's name, colour, width in mm, and how many strokes it draws."""

    name: str
    colour: str
    width: float
    strokes: int


class InkLineReport(msgspec.Struct, frozen=True, kw_only=True):
    """A line of ink with the text it shows and whose hand it is; both may be empty."""

    text: str
    hand: str
    strokes: int


class InkFileReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was understood of an SVG or InkML file.

    ``width`` and ``height`` are those of the page, in InkML of the ink, in ``unit``: mm, or dev
    where the file names no length; then nothing is known in mm. ``travel_mm`` is the way of the
    lifted pen, ``plot_seconds`` what a plotter takes at the least. ``recipe`` is how seqgen made
    the file, where it did; ``warnings`` are what was not read or had to be assumed.
    """

    kind: str = "ink"
    path: str
    format: str
    unit: str
    width: float
    height: float
    strokes: int
    points: int
    pen_mm: float | None
    travel_mm: float | None
    plot_seconds: float | None
    title: str = ""
    pens: list[PenReport] = []
    lines: list[InkLineReport] = []
    recipe: str | None = None
    warnings: list[str] = []


class HandReport(msgspec.Struct, frozen=True, kw_only=True):
    """A style of somebody's own, fitted to ``lines`` with ``characters`` for ``model``.

    ``nats_per_point`` is how well it fits: NLL with no hand's style, the nearest and the fitted
    one. ``warnings`` say why the model that is at hand cannot write with it.
    """

    kind: str = "hand"
    path: str
    name: str
    model: str
    fingerprint: str
    lines: int
    characters: int
    nats_per_point: dict[str, float]
    warnings: list[str] = []


class ModelReport(msgspec.Struct, frozen=True, kw_only=True):
    """A model file: its size in bytes and the card inside."""

    kind: str = "model"
    path: str
    size: int
    card: dict[str, Any]


class ModelEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A model that is at hand. ``error`` says why its card cannot be read, else it is empty."""

    name: str
    path: str
    size: int
    frontend: str = ""
    description: str = ""
    error: str = ""


class Models(msgspec.Struct, frozen=True, kw_only=True):
    """The models at hand, and the folder where a user's own are looked for."""

    models: list[ModelEntry]
    folder: str


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing doctor looked at. ``status`` is ok, note (works without it) or bad."""

    name: str
    status: str
    detail: str


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """Everything doctor looked at; ``healthy`` when nothing is bad."""

    healthy: bool
    checks: list[Check]


class DatasetEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A data set that seqgen knows. ``path`` is where its pieces are, empty if not bundled."""

    name: str
    title: str
    frontend: str
    source: str
    licence: str
    terms: str
    get: str
    path: str


class Datasets(msgspec.Struct, frozen=True, kw_only=True):
    """The data sets that seqgen knows."""

    datasets: list[DatasetEntry]


class RecipeEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A recipe of training; ``default`` is the one for files of one's own.

    ``entries`` are what can be changed, by the keys that overrides use: ``trainer.batch``.
    """

    name: str
    frontend: str
    description: str
    licence: str
    default: bool
    entries: dict[str, Any]


class Recipes(msgspec.Struct, frozen=True, kw_only=True):
    """The bundled recipes."""

    recipes: list[RecipeEntry]
