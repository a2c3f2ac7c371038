"""Lines read once: points in a memory-mapped array in the cache, keyed by content and reader.

An entry holds ``points.float64`` (points, 2), all strokes one after another, ``ends.int64``
(strokes, 1), where each ends in the points, and ``index.json``: the lines' names, hands, texts
and numbers of strokes, what was left out, and the split lists found in the source.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from seqgen.config import Progress
from seqgen.errors import OutputError
from seqgen.frontends.data import cache
from seqgen.frontends.data.arrays import ArrayFile, ArrayInfo, open_array
from seqgen.frontends.data.folders import file_paths
from seqgen.frontends.data.members import Member, Skipped, content_hash
from seqgen.frontends.data.state import Content, remember, state_of
from seqgen.frontends.handwriting.corpus.layout import Layout, check_any
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.ink.ink import Ink

POINTS, ENDS, INDEX = "points.float64", "ends.int64", "index.json"


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A line in the index; ``content`` is the hash of its text and ink."""

    name: str
    hand: str
    text: str
    content: str
    strokes: int


class Index(msgspec.Struct, frozen=True):
    """What an entry of the cache holds."""

    lines: list[Entry]
    skipped: list[tuple[str, str]]
    lists: dict[str, str]
    points: ArrayInfo
    ends: ArrayInfo


@dataclass(frozen=True)
class Prepared:
    """The lines of a source, sorted by name; ``contents`` are hashes of each one's text and ink.

    ``lists`` are the split lists that lay in the source: label -> text.
    """

    lines: list[Line]
    contents: list[str]
    skipped: list[Skipped]
    lists: dict[str, str]
    warnings: list[str]


def prepare(source: Path, layout: Layout) -> Generator[Progress, None, Prepared]:
    """Read the lines of a source into the cache, or open them there; yields progress.

    Ink is read-only and memory-mapped. Raises InputFileError when no line can be used,
    OutputError when the cache cannot be written.
    """
    warnings: list[str] = []
    state = state_of(source, layout.suffixes)
    content = cache.recall(state.digest)
    opened = _open(content, layout, warnings) if content else None
    if opened is None:
        content = yield from _read_all(source, layout)
        opened = _open(content, layout, warnings)
    if content is None or opened is None:
        raise OutputError(f"the prepared lines of {source} vanished from the cache")
    remember(source, layout.suffixes, state, content)
    return opened


def _open(content: str, layout: Layout, warnings: list[str]) -> Prepared | None:
    def read(entry: Path) -> Prepared:
        index = msgspec.json.decode((entry / INDEX).read_bytes(), type=Index)
        points = open_array(entry / POINTS, index.points, np.float64)
        ends = open_array(entry / ENDS, index.ends, np.int64)
        return Prepared(
            _lines(index.lines, points, ends),
            [line.content for line in index.lines],
            [Skipped(*item) for item in index.skipped],
            index.lists,
            warnings,
        )

    return cache.open_entry(cache.entry_name(content, layout.version), read, warnings)


def _lines(
    entries: Sequence[Entry], points: NDArray[np.float64], ends: NDArray[np.int64]
) -> list[Line]:
    """Cut the points into lines. Raises ValueError where the numbers do not fit."""
    stops = ends[:, 0].tolist() if ends.size else []
    if sum(entry.strokes for entry in entries) != len(stops) or stops[-1:] != [len(points)]:
        raise ValueError("index.json does not fit the arrays")
    starts = [0, *stops[:-1]]
    strokes = [points[start:stop] for start, stop in zip(starts, stops, strict=True)]
    lines, at = [], 0
    for entry in entries:
        ink = Ink(tuple(strokes[at : at + entry.strokes]))
        lines.append(Line(entry.name, entry.hand, entry.text, ink))
        at += entry.strokes
    return lines


def _read_all(source: Path, layout: Layout) -> Generator[Progress, None, str]:
    """Read every line into a new entry of the cache; returns the content key."""
    content, reader = Content(), layout.reader()
    total = len(file_paths(source, layout.suffixes)) if source.is_dir() else None
    for done, member in enumerate(layout.files(source)):
        data = member.data if isinstance(member, Member) else member.reason.encode()
        content.add(member.name, data)
        reader.add(member)
        yield Progress(stage="reading", done=done + 1, total=total, note=member.name)
    found = reader.lines()
    check_any(found, source, layout)
    with cache.half_made() as folder:
        _write(folder, found, reader.lists())
        entry = cache.entry_name(content.key(), layout.version)
        cache.publish(folder, cache.cache_folder() / entry)
    cache.prune()
    return content.key()


def _write(folder: Path, found: Sequence[Line | Skipped], lists: dict[str, str]) -> None:
    points, ends = ArrayFile(folder / POINTS), ArrayFile(folder / ENDS)
    entries = []
    for line in found:
        if isinstance(line, Line):
            stops = np.cumsum([len(stroke) for stroke in line.ink.strokes])
            joined = np.concatenate(line.ink.strokes)
            ends.append(points.info.rows + stops[:, None])
            points.append(joined)
            content = content_hash(line.text.encode() + b"\0" + joined.tobytes())
            entries.append(Entry(line.name, line.hand, line.text, content, len(stops)))
    points.close()
    ends.close()
    skipped = [(item.name, item.reason) for item in found if isinstance(item, Skipped)]
    index = Index(entries, skipped, lists, points.info, ends.info)
    (folder / INDEX).write_bytes(msgspec.json.encode(index))
