"""A corpus encoded once: memory-mapped arrays in the cache, keyed by content and encoder.

An entry is a folder ``<key>``: ``fields.int16`` (rows, F), ``sides.int16`` (rows, S), all pieces
one after another, and ``index.json``. Its key is the hash of every piece's name and
bytes and of the encoder's key string. Reading a source to hash it is skipped when the paths,
sizes and times (ns) of its files are those of a source that was hashed before; a source that
changed in the last two seconds is never trusted so.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from seqgen.config import Progress
from seqgen.core.steps import Steps
from seqgen.errors import InputFileError, OutputError
from seqgen.frontends.data import cache
from seqgen.frontends.data.arrays import ArrayInfo
from seqgen.frontends.data.members import Skipped
from seqgen.frontends.data.splits import Split
from seqgen.frontends.data.state import Content, remember, state_of
from seqgen.frontends.music.corpus.arrays import Arrays, ArrayWriter, open_arrays
from seqgen.frontends.music.corpus.pieces import MIDI_SUFFIXES, Piece
from seqgen.frontends.music.corpus.sources import iter_pieces
from seqgen.frontends.music.corpus.splits import published_splits, split_of

Encoder = Callable[[Piece], Steps]


class Entry(msgspec.Struct, frozen=True):
    """A piece in the index: label, hash of its bytes, first row and number of rows."""

    name: str
    content: str
    start: int
    length: int


class Index(msgspec.Struct, frozen=True):
    """What an entry of the cache holds; ``arrays`` are the shapes of fields and sides."""

    pieces: list[Entry]
    skipped: list[tuple[str, str]]
    arrays: tuple[ArrayInfo, ArrayInfo]


@dataclass(frozen=True)
class PreparedSplit:
    """The pieces of one split."""

    arrays: Arrays
    entries: Sequence[Entry]

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def names(self) -> list[str]:
        """The pieces' labels."""
        return [entry.name for entry in self.entries]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """The pieces' numbers of steps, int64 (pieces,)."""
        return np.array([entry.length for entry in self.entries], np.int64)

    def steps(self, index: int) -> Steps:
        """Return one piece as read-only views of the memory-mapped arrays."""
        entry = self.entries[index]
        rows = slice(entry.start, entry.start + entry.length)
        return Steps(self.arrays.fields[rows], self.arrays.sides[rows])


@dataclass(frozen=True)
class Prepared:
    """An encoded corpus; ``key`` stands for what was encoded and how."""

    key: str
    arrays: Arrays
    entries: Sequence[Entry]
    splits: dict[str, Split]
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]

    def split(self, name: str) -> PreparedSplit:
        """Return the pieces of a split: ``train``, ``valid`` or ``test``, which may be empty."""
        chosen = [entry for entry in self.entries if self.splits[entry.name] == name]
        return PreparedSplit(self.arrays, chosen)


def prepare(
    source: Path, encode: Encoder, key: str, split: str = "folder", shortest: int = 2
) -> Generator[Progress, None, Prepared]:
    """Encode a source into the cache, or open it there; yields progress, returns the result.

    ``encode`` turns a piece into steps and is described by ``key``, which must change whenever
    the steps would. Pieces for which it raises InputFileError, and those of fewer than
    ``shortest`` steps, are listed in ``skipped``. ``split`` is a rule of ``splits``.
    Raises InputFileError when nothing is usable, OutputError when the cache cannot be written.
    """
    warnings: list[str] = []
    key = f"{key}, at least {shortest} steps"
    state = state_of(source, MIDI_SUFFIXES)
    content = cache.recall(state.digest)
    opened = _open(content, key, warnings) if content else None
    if opened is None:
        content, count = _content_of(source)
        opened = _open(content, key, warnings)
        if opened is None:
            content = yield from _encode_all(source, encode, key, shortest, count)
            opened = _open(content, key, warnings)
    if content is None or opened is None:
        raise OutputError(f"the prepared arrays of {source} vanished from the cache")
    remember(source, MIDI_SUFFIXES, state, content)
    return _prepared(source, split, opened, cache.entry_name(content, key), warnings)


def _content_of(source: Path) -> tuple[str, int]:
    """Return the content key of a source and how many pieces it has."""
    content, count = Content(), 0
    for piece in iter_pieces(source):
        content.add(piece.name, _bytes_of(piece))
        count += 1
    return content.key(), count


def _bytes_of(piece: Piece | Skipped) -> bytes:
    return piece.data if isinstance(piece, Piece) else piece.reason.encode()


def _open(content: str, key: str, warnings: list[str]) -> tuple[Arrays, Index] | None:
    return cache.open_entry(cache.entry_name(content, key), _read, warnings)


def _read(entry: Path) -> tuple[Arrays, Index]:
    index = msgspec.json.decode((entry / "index.json").read_bytes(), type=Index)
    arrays = open_arrays(entry, index.arrays)
    if sum(piece.length for piece in index.pieces) != len(arrays.fields):
        raise ValueError("index.json does not fit the arrays")
    return arrays, index


def _encode_all(
    source: Path, encode: Encoder, key: str, shortest: int, count: int
) -> Generator[Progress, None, str]:
    """Encode every piece into a new entry of the cache; returns the content key."""
    content, pieces, skipped = Content(), list[Entry](), list[tuple[str, str]]()
    with cache.half_made() as folder, closing(ArrayWriter(folder)) as writer:
        for done, piece in enumerate(iter_pieces(source)):
            own = content.add(piece.name, _bytes_of(piece))
            steps = _encoded(piece, encode, shortest)
            if isinstance(steps, Skipped):
                skipped.append((steps.name, steps.reason))
            else:
                pieces.append(Entry(piece.name, own, writer.rows, len(steps)))
                writer.append(steps)
            yield Progress(stage="preparing", done=done + 1, total=count, note=piece.name)
        if not pieces:
            name, reason = skipped[0]
            raise InputFileError(
                f"none of the {count} pieces in {source} can be used; {name}: {reason}"
            )
        index = Index(pieces, skipped, writer.close())
        (folder / "index.json").write_bytes(msgspec.json.encode(index))
        cache.publish(folder, cache.cache_folder() / cache.entry_name(content.key(), key))
    cache.prune()
    return content.key()


def _encoded(piece: Piece | Skipped, encode: Encoder, shortest: int) -> Steps | Skipped:
    if isinstance(piece, Skipped):
        return piece
    try:
        steps = encode(piece)
    except InputFileError as error:
        return Skipped(piece.name, str(error))
    if len(steps) < shortest:
        return Skipped(piece.name, f"{len(steps)} steps long, at least {shortest} are needed")
    return steps


def _prepared(
    source: Path, rule: str, opened: tuple[Arrays, Index], key: str, warnings: list[str]
) -> Prepared:
    arrays, index = opened
    hashes = {piece.name: piece.content for piece in index.pieces}
    published = published_splits(source) if rule == "maestro" else None
    return Prepared(
        key=key,
        arrays=arrays,
        entries=tuple(index.pieces),
        splits=split_of(rule, hashes, published),
        skipped=tuple(Skipped(*item) for item in index.skipped),
        warnings=tuple(warnings),
    )
