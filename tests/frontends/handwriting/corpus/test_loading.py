from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from seqgen.config import Progress
from seqgen.errors import InputFileError, OutputError, UsageError
from seqgen.frontends.data import cache, state
from seqgen.frontends.handwriting.corpus import prepared, whiteboard
from seqgen.frontends.handwriting.corpus.iamondb import IAMONDB, read_iamondb
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.corpus.loading import Lines, load_lines
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml import InkLine, write_inkml
from tests.frontends.data.made import folder_of, tar_of
from tests.frontends.handwriting.corpus.forms import form_files
from tests.frontends.handwriting.corpus.forms import whiteboard as whiteboard_xml
from tests.places import REAL_DATA

FORMS = (
    form_files("a01-000u", ["one", "two"])
    | form_files("a01-001x", ["three"])
    | form_files("b01-000", ["four", "five"], inks=1)
    | form_files("z01-000z", ["six"])
)
LISTS = {
    "trainset.txt": b"a01-000u\n",
    "testset_f.txt": b"b01-000\n",
    "testset_v.txt": b"a01-001x\n",
}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEQGEN_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "iam", FORMS | LISTS)


def load(source: Path, rule: str = "iamondb") -> Lines:
    found: list[Lines] = []

    def work() -> Iterator[Progress]:
        found.append((yield from load_lines(source, rule)))

    assert all(isinstance(item, Progress) for item in work())
    return found[0]


def names(lines: Lines) -> dict[str, list[str]]:
    return {split: [line.name for line in chosen] for split, chosen in lines.splits.items()}


def same(one: Line, other: Line) -> bool:
    strokes = zip(one.ink.strokes, other.ink.strokes, strict=True)
    labels = (one.name, one.hand, one.text) == (other.name, other.hand, other.text)
    return labels and all(np.array_equal(a, b) and a.dtype == b.dtype for a, b in strokes)


def test_the_published_lists_split_the_forms(source: Path) -> None:
    assert names(load(source)) == {
        "train": ["a01-000u-01", "a01-000u-02", "b01-000-01"],
        "valid": ["a01-001x-01"],
        "test": [],
    }


def test_every_line_that_is_in_no_split_is_listed_with_the_reason(source: Path) -> None:
    lines = load(source)
    assert {item.name: item.reason for item in lines.skipped} == {
        "b01-000-02": "no ink for this line of text",
        "z01-000z-01": "form z01-000z is in no split list",
    }


def test_every_line_of_a_list_is_accounted_for(source: Path) -> None:
    lines = load(source)
    assert [account.lines for account in lines.accounts] == [
        {"a01-000u": (2, 2)},
        {"b01-000": (1, 2)},
        {"a01-001x": (1, 1)},
    ]
    assert lines.warnings == ("testset_f.txt: 1 of 2 lines are used, 0 of 1 forms are not there",)


def test_lines_come_back_from_the_cache_as_they_were_read(source: Path) -> None:
    read = {line.name: line for line in read_iamondb(source) if isinstance(line, Line)}
    first, second = load(source), load(source)
    for lines in (first, second):
        kept = [line for chosen in lines.splits.values() for line in chosen]
        assert len(kept) == 4
        assert all(same(line, read[line.name]) for line in kept)
    assert (first.skipped, first.accounts) == (second.skipped, second.accounts)
    assert second.warnings == first.warnings


def test_ink_cannot_be_written_over(source: Path) -> None:
    stroke = load(source).splits["train"][0].ink.strokes[0]
    with pytest.raises(ValueError, match="read-only"):
        stroke[0, 0] = 1


def must_not_read(*args: object) -> None:
    raise AssertionError("it was read")


@pytest.mark.parametrize("packed", [False, True])
def test_a_settled_source_is_not_even_read_a_second_time(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(state, "SETTLED_NS", -(10**10))
    if packed:
        source = tar_of(tmp_path / "iam.tar.xz", FORMS | LISTS, "w:xz")
    first = load(source)
    monkeypatch.setattr(prepared, "_read_all", must_not_read)
    assert names(load(source)) == names(first)


def test_changed_ink_of_the_same_size_and_date_is_read_again(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "SETTLED_NS", -(10**10))
    path = source / "lineStrokes/a01/a01-001/a01-001x-01.xml"
    os.utime(path, (1e9, 1e9))
    first = load(source).splits["valid"][0]
    path.write_bytes(path.read_bytes().replace(b'x="100"', b'x="101"'))
    os.utime(path, (1e9, 1e9))
    second = load(source).splits["valid"][0]
    assert second.ink.strokes[0][0, 0] == first.ink.strokes[0][0, 0] + 1


def test_other_lists_beside_the_source_count_at_once(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "data" / "iam", FORMS)
    folder_of(source.parent, LISTS)
    assert len(load(source).splits["train"]) == 3
    (source.parent / "testset_f.txt").unlink()
    assert len(load(source).splits["train"]) == 2


@pytest.mark.parametrize("name", [prepared.POINTS, prepared.ENDS, prepared.INDEX])
@pytest.mark.parametrize("damage", ["gone", "cut", "flipped"])
def test_a_damaged_entry_is_made_again_with_a_warning(
    source: Path, monkeypatch: pytest.MonkeyPatch, name: str, damage: str
) -> None:
    monkeypatch.setattr(state, "SETTLED_NS", -(10**10))
    first = load(source)
    (entry,) = cache.list_cache()
    data = bytearray((entry.path / name).read_bytes())
    (entry.path / name).unlink()
    if damage != "gone":
        data[0] ^= 255
        (entry.path / name).write_bytes(data if damage == "flipped" else data[: len(data) // 2])
    again = load(source)
    assert any(text.startswith("damaged prepared arrays") for text in again.warnings)
    assert names(again) == names(first)
    assert load(source).warnings == first.warnings


def test_a_reader_of_another_version_does_not_use_the_entry(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(source)
    calls = []
    read = whiteboard.read_whiteboard

    def counted(data: bytes, name: str) -> Ink:
        calls.append(name)
        return read(data, name)

    monkeypatch.setattr("seqgen.frontends.handwriting.corpus.iamondb.read_whiteboard", counted)
    monkeypatch.setattr(
        "seqgen.frontends.handwriting.corpus.loading.LAYOUTS",
        {"iamondb": replace(IAMONDB, version="iamondb-next")},
    )
    load(source)
    assert len(calls) == 5
    assert len(cache.list_cache()) == 2


def test_progress_counts_the_files(source: Path) -> None:
    items = list(load_lines(source, "iamondb"))
    assert [item.done for item in items] == list(range(1, 13))
    assert {item.total for item in items} == {12}


def test_closing_early_leaves_nothing_behind(source: Path, own_cache: Path) -> None:
    work = load_lines(source, "iamondb")
    next(work)
    work.close()
    assert [path for path in own_cache.rglob("*") if path.is_file()] == []


def test_a_source_without_lists_says_where_they_are_looked_for(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match=r"no split lists \(trainset\.txt"):
        load(folder_of(tmp_path / "iam", FORMS))


def test_a_source_without_lines_leaves_nothing_in_the_cache(tmp_path: Path) -> None:
    files = {"lineStrokes/a01/a01-000/a01-000u-01.xml": whiteboard_xml([[(1, 2)]])}
    with pytest.raises(InputFileError, match="no text for this ink"):
        load(folder_of(tmp_path / "iam", files))
    assert not cache.list_cache()


def test_an_unknown_rule_is_a_usage_error(source: Path) -> None:
    with pytest.raises(UsageError, match="unknown split rule 'iamondv', did you mean iamondb"):
        load(source, "iamondv")


def test_a_cache_that_cannot_be_written_is_one_sentence(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("SEQGEN_CACHE_DIR", str(tmp_path / "file"))
    with pytest.raises(OutputError, match="cannot write the cache"):
        load(source)


def test_a_tenth_of_the_lines_of_ones_own_ink_validates(tmp_path: Path) -> None:
    lines = [
        InkLine(Ink((np.array([[float(number), 1.0]]),)), f"line {number}") for number in range(20)
    ]
    folder_of(tmp_path / "ink", {"mine.inkml": write_inkml(lines)})
    found = load(tmp_path / "ink", "hash")
    assert [len(found.splits[split]) for split in ("train", "valid", "test")] == [18, 2, 0]
    kept = sorted(line.text for chosen in found.splits.values() for line in chosen)
    assert kept == sorted(line.text for line in lines)
    assert found.accounts == ()


def test_the_same_line_twice_is_on_one_side(tmp_path: Path) -> None:
    lines = [
        InkLine(Ink((np.array([[float(number // 2), 1.0]]),)), f"line {number // 2}")
        for number in range(40)
    ]
    folder_of(tmp_path / "ink", {"mine.inkml": write_inkml(lines)})
    splits = load(tmp_path / "ink", "hash").splits
    assert not {line.text for line in splits["train"]} & {line.text for line in splits["valid"]}


def test_the_real_database_is_there_to_the_last_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEQGEN_CACHE_DIR")  # one copy for all tests of a run: it takes seconds
    path = REAL_DATA / "iamondb-train-valid.tar.xz"
    if not path.exists():
        pytest.skip("the IAM On-Line Handwriting Database is not here")
    lines = load(path)
    assert {split: len(chosen) for split, chosen in lines.splits.items()} == {
        "train": 5364 + 3859,
        "valid": 1438,
        "test": 0,
    }
    assert lines.skipped == ()
    assert lines.warnings == ()
    assert not any(account.short for account in lines.accounts)
    assert sum(line.ink.points for line in lines.splits["valid"]) > 800_000
