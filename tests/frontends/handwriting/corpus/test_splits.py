from __future__ import annotations

from pathlib import Path

import pytest

from seqgen.errors import InputFileError
from seqgen.frontends.data.members import Skipped
from seqgen.frontends.handwriting.corpus import splits
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.corpus.splits import Account, SplitList, accounts, split_lists
from seqgen.frontends.handwriting.ink.ink import Ink
from tests.frontends.data.made import folder_of

LISTS = {"trainset.txt": b" a01-000u\r\n\r\n", "testset_v.txt": b"a01-001x\n b01-000\n"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "iamondb"
    path.mkdir(parents=True)
    return path


def test_lists_beside_the_source_are_found(source: Path) -> None:
    folder_of(source.parent, LISTS)
    train, valid = split_lists(source, {})
    assert (train.name, train.split, train.forms) == ("trainset.txt", "train", ("a01-000u",))
    assert (valid.name, valid.split, valid.forms) == (
        "testset_v.txt",
        "valid",
        ("a01-001x", "b01-000"),
    )
    assert train.place == str(source.parent / "trainset.txt")


def test_lists_in_a_folder_splits_beside_the_source_are_found(source: Path) -> None:
    folder_of(source.parent / "splits", LISTS)
    assert [one.name for one in split_lists(source, {})] == ["trainset.txt", "testset_v.txt"]


def test_beside_a_link_is_where_the_link_lies(source: Path, tmp_path: Path) -> None:
    folder_of(tmp_path / "links" / "splits", LISTS)
    (tmp_path / "links" / "iam").symlink_to(source)
    assert len(split_lists(tmp_path / "links" / "iam", {})) == 2


def test_beside_the_working_folder_is_the_folder_above(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_of(source.parent, LISTS)
    monkeypatch.chdir(source)
    assert len(split_lists(Path(), {})) == 2


def test_lists_inside_the_source_come_before_lists_beside_it(source: Path) -> None:
    folder_of(source.parent, LISTS)
    (only,) = split_lists(source, {"t1/testset_t.txt": "z01-000a\n"})
    assert (only.split, only.place, only.forms) == ("test", "t1/testset_t.txt", ("z01-000a",))


def test_every_list_has_its_split() -> None:
    found = {name: SplitList(name, "", ()).split for name in splits.LISTS}
    assert found == {
        "trainset.txt": "train",
        "testset_f.txt": "train",
        "testset_v.txt": "valid",
        "testset_t.txt": "test",
    }


def test_without_a_list_it_says_what_is_looked_for_and_where(source: Path) -> None:
    with pytest.raises(InputFileError) as caught:
        split_lists(source, {})
    for part in ("trainset.txt testset_f.txt testset_v.txt", str(source.parent / "splits")):
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"trainset.txt": "a01-000u\nhello\n"}, "trainset.txt lists 'hello', which is no form"),
        (
            {"trainset.txt": "a01-000u\n", "testset_v.txt": "b01-001\na01-000u\n"},
            "form a01-000u is in both trainset.txt and testset_v.txt",
        ),
        (
            {"a/trainset.txt": "a01-000u\n", "b/trainset.txt": "a01-001u\n"},
            "a/trainset.txt and b/trainset.txt list different forms",
        ),
    ],
)
def test_lists_that_say_nothing_or_two_things_are_refused(
    source: Path, texts: dict[str, str], sentence: str
) -> None:
    with pytest.raises(InputFileError, match=sentence):
        split_lists(source, texts)


def test_two_copies_of_one_list_are_one(source: Path) -> None:
    (only,) = split_lists(source, {"a/trainset.txt": "a01-000u", "b/trainset.txt": "a01-000u\n"})
    assert only.forms == ("a01-000u",)


def test_a_list_that_goes_on_without_end_is_refused(source: Path) -> None:
    with (source.parent / "trainset.txt").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(InputFileError, match="over 1 MB"):
        split_lists(source, {})


def test_an_account_tells_used_lines_from_lines_left_out_and_forms_not_there() -> None:
    names = ["a01-000u-01", "a01-000u-02", "b01-000-01"]
    found: list[Line | Skipped] = [Line(name, name[:-3], "x", Ink()) for name in names]
    found += [Skipped("b01-000-02", "no ink"), Skipped("x/b01-000-03.xml", "an empty file")]
    one = SplitList("trainset.txt", "", ("a01-000u", "b01-000", "c01-000"))
    (account,) = accounts(found, [one])
    assert account.lines == {"a01-000u": (2, 2), "b01-000": (1, 2), "c01-000": (0, 0)}
    assert account.short == {"b01-000": (1, 2), "c01-000": (0, 0)}
    assert (account.used, account.expected) == (3, 4)


def test_an_account_of_a_whole_list_is_not_short() -> None:
    assert Account(SplitList("trainset.txt", "", ("a",)), {"a": (8, 8)}).short == {}
