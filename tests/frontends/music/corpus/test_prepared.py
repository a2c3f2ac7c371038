from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from seqgen.config import Progress
from seqgen.core.steps import Steps
from seqgen.errors import InputFileError, OutputError
from seqgen.frontends.data import cache, state
from seqgen.frontends.data.members import Skipped
from seqgen.frontends.music.corpus import prepared
from seqgen.frontends.music.corpus.pieces import Piece
from seqgen.frontends.music.corpus.prepared import Encoder, Prepared
from seqgen.frontends.music.corpus.sources import iter_pieces
from tests.places import REAL_DATA


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEQGEN_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def encode(piece: Piece) -> Steps:
    """Make a step of every byte: three fields, two sides."""
    if piece.data.startswith(b"bad"):
        raise InputFileError(f"{piece.name} is no MIDI file")
    values = np.array(list(piece.data), np.int16)[:, None]
    fields = np.hstack([values, values + 1, values + 2])
    return Steps(fields, np.repeat(values, 2, axis=1))


def prepare(
    source: Path, encode: Encoder, key: str, split: str = "folder", shortest: int = 2
) -> Prepared:
    found: list[Prepared] = []

    def work() -> Iterator[Progress]:
        found.append((yield from prepared.prepare(source, encode, key, split, shortest)))

    assert all(isinstance(item, Progress) for item in work())
    return found[0]


class Counting:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, piece: Piece) -> Steps:
        self.calls += 1
        return encode(piece)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number:02}.mid").write_bytes(bytes(range(number, 2 * number + 5)))
    (folder / "bad.mid").write_bytes(b"bad bytes")
    (folder / "empty.mid").write_bytes(b"")
    (folder / "short.mid").write_bytes(b"a")
    os.utime(folder / "07.mid", (1e9, 1e9))
    return folder


def must_not_read(path: Path) -> None:
    raise AssertionError(f"{path} was read")


def test_every_piece_comes_back_as_it_was_encoded(source: Path) -> None:
    corpus = prepare(source, encode, "bytes")
    pieces = {item.name: item for item in iter_pieces(source) if isinstance(item, Piece)}
    seen = 0
    for name in ("train", "valid", "test"):
        split = corpus.split(name)
        assert split.lengths.tolist() == [len(split.steps(i)) for i in range(len(split))]
        for i, label in enumerate(split.names):
            expected, steps = encode(pieces[label]), split.steps(i)
            np.testing.assert_array_equal(steps.fields, expected.fields)
            np.testing.assert_array_equal(steps.sides, expected.sides)
            seen += 1
    assert seen == 20
    assert len(corpus.split("valid")) == 2


def test_arrays_are_views_of_a_file_that_cannot_be_written(source: Path) -> None:
    steps = prepare(source, encode, "bytes").split("train").steps(0)
    assert steps.fields.base is not None
    assert not steps.fields.flags.writeable
    assert steps.fields.dtype == np.int16


def test_what_was_left_out_is_listed_with_the_reason(source: Path) -> None:
    corpus = prepare(source, encode, "bytes", shortest=2)
    assert corpus.skipped == (
        Skipped("bad.mid", "bad.mid is no MIDI file"),
        Skipped("empty.mid", "an empty file"),
        Skipped("short.mid", "1 steps long, at least 2 are needed"),
    )
    assert prepare(source, encode, "bytes", shortest=2).skipped == corpus.skipped


def test_a_second_time_nothing_is_encoded(source: Path) -> None:
    encoder = Counting()
    first = prepare(source, encoder, "bytes")
    calls = encoder.calls
    assert prepare(source, encoder, "bytes").key == first.key
    assert encoder.calls == calls
    assert prepare(source, encoder, "other").key != first.key
    assert prepare(source, encoder, "bytes", shortest=9).key != first.key
    assert encoder.calls == 3 * calls


def test_a_settled_source_is_not_even_read_a_second_time(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "SETTLED_NS", -(10**10))
    prepare(source, encode, "bytes")
    monkeypatch.setattr(prepared, "iter_pieces", must_not_read)
    assert len(prepare(source, encode, "bytes").entries) == 20


def test_a_source_that_has_just_changed_is_read_again(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(source, encode, "bytes")
    monkeypatch.setattr(prepared, "iter_pieces", must_not_read)
    with pytest.raises(AssertionError, match="was read"):
        prepare(source, encode, "bytes")


def test_changed_bytes_of_the_same_size_and_date_give_another_corpus(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "SETTLED_NS", -(10**10))
    first = prepare(source, encode, "bytes")
    path = source / "07.mid"
    path.write_bytes(bytes(reversed(path.read_bytes())))
    os.utime(path, (1e9, 1e9))
    assert prepare(source, encode, "bytes").key != first.key


def test_a_moved_source_is_read_but_not_encoded_again(source: Path) -> None:
    encoder = Counting()
    first = prepare(source, encoder, "bytes")
    calls = encoder.calls
    moved = source.rename(source.with_name("moved"))
    assert prepare(moved, encoder, "bytes").key == first.key
    assert encoder.calls == calls


def entry_of(key: str) -> Path:
    return cache.cache_folder() / key


@pytest.mark.parametrize("name", ["index.json", "fields.int16", "sides.int16"])
@pytest.mark.parametrize("damage", ["gone", "cut", "empty", "flipped"])
def test_a_damaged_entry_is_made_again_with_a_warning(
    source: Path, name: str, damage: str
) -> None:
    first = prepare(source, encode, "bytes")
    path = entry_of(first.key) / name
    data = bytearray(path.read_bytes())
    path.unlink()
    if damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "flipped":
        data[-20] ^= 255
        path.write_bytes(data)
    again = prepare(source, encode, "bytes")
    assert len(again.warnings) == 1
    assert again.warnings[0].startswith("damaged prepared arrays were made again")
    np.testing.assert_array_equal(again.arrays.fields, encode_all(source))
    assert prepare(source, encode, "bytes").warnings == ()


def encode_all(source: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    names = [f"{number:02}.mid" for number in range(20)]
    return np.concatenate([encode(Piece(n, (source / n).read_bytes())).fields for n in names])


def test_a_corpus_without_a_usable_piece_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "bad.mid").write_bytes(b"bad")
    with pytest.raises(InputFileError, match=r"none of the 1 pieces .* bad\.mid is no MIDI"):
        prepare(tmp_path, encode, "bytes")
    assert not cache.list_cache()


def test_progress_counts_the_pieces(source: Path) -> None:
    items = list(prepared.prepare(source, encode, "bytes"))
    done = [item.done for item in items if isinstance(item, Progress)]
    assert done == list(range(1, 24))
    assert {item.total for item in items if isinstance(item, Progress)} == {23}


def test_closing_early_leaves_nothing_behind(source: Path, own_cache: Path) -> None:
    work = prepared.prepare(source, encode, "bytes")
    next(work)
    assert isinstance(work, Iterator)
    work.close()
    assert [path for path in own_cache.rglob("*") if path.is_file()] == []


def test_an_error_while_encoding_leaves_nothing_behind(source: Path, own_cache: Path) -> None:
    def broken(piece: Piece) -> Steps:
        raise ZeroDivisionError(piece.name)

    with pytest.raises(ZeroDivisionError):
        prepare(source, broken, "bytes")
    assert [path for path in own_cache.rglob("*") if path.is_file()] == []


def test_only_the_corpora_used_last_are_kept(tmp_path: Path) -> None:
    keys = []
    for number in range(cache.KEEP + 3):
        folder = tmp_path / f"corpus{number}"
        folder.mkdir()
        (folder / "a.mid").write_bytes(bytes([number] * 20))
        keys.append(prepare(folder, encode, "bytes").key)
        time.sleep(0.01)
        prepare(tmp_path / "corpus0", encode, "bytes")
    kept = [entry.path.name for entry in cache.list_cache()]
    assert len(kept) == cache.KEEP
    assert keys[0] in kept
    assert keys[-1] in kept
    assert keys[1] not in kept
    assert all(entry.size > 100 for entry in cache.list_cache())


def test_half_made_folders_of_yesterday_are_swept(source: Path) -> None:
    for name, age in (("making-old", 2 * cache.STALE_SECONDS), ("making-new", 0)):
        folder = cache.cache_folder() / name
        folder.mkdir(parents=True)
        os.utime(folder, (time.time() - age,) * 2)
    prepare(source, encode, "bytes")
    assert [path.name for path in cache.cache_folder().glob("making-*")] == ["making-new"]


def test_a_cache_that_cannot_be_written_is_one_sentence(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("SEQGEN_CACHE_DIR", str(tmp_path / "file"))
    with pytest.raises(OutputError, match=r"cannot write the cache .*; SEQGEN_CACHE_DIR moves it"):
        prepare(source, encode, "bytes")


def _slowly(piece: Piece) -> Steps:
    time.sleep(0.01)
    return encode(piece)


def _in_a_process(source: Path, folder: str) -> str:
    os.environ["SEQGEN_CACHE_DIR"] = folder
    corpus = prepare(source, _slowly, "bytes")
    return f"{corpus.key} {int(corpus.arrays.fields.sum())} {len(corpus.warnings)}"


def test_two_processes_at_once_make_one_entry(source: Path, own_cache: Path) -> None:
    with multiprocessing.get_context("fork").Pool(2) as pool:
        results = pool.starmap(_in_a_process, [(source, str(own_cache))] * 4)
    assert len(set(results)) == 1
    assert results[0].endswith(" 0")
    assert len(cache.list_cache()) == 1
    assert not list(cache.cache_folder().glob("making-*"))


def test_pop909_opens_warm_in_well_under_a_second() -> None:
    path = REAL_DATA / "pop909-train-valid.tar.xz"
    if not path.exists():
        pytest.skip("the POP909 archive is not here")
    prepare(path, encode, "bytes", split="pop909")
    start = time.perf_counter()
    corpus = prepare(path, encode, "bytes", split="pop909")
    assert time.perf_counter() - start < 0.5
    assert (len(corpus.split("train")), len(corpus.split("valid"))) == (727, 91)
