from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import pytest

from seqgen.errors import UsageError
from seqgen.frontends.music.corpus.splits import published_splits, split_of

HASHES = {f"{number:03}.mid": f"{number * 7919 % 1000:04}" for number in range(100)}


def test_pop909_validates_on_threes_and_holds_back_sevens() -> None:
    names = {f"pop909/{number:03}.mid": "" for number in range(1, 910)}
    splits = split_of("pop909", names)
    assert splits["pop909/003.mid"] == "valid"
    assert splits["pop909/907.mid"] == "test"
    assert splits["pop909/030.mid"] == "train"
    assert Counter(splits.values()) == {"train": 727, "valid": 91, "test": 91}


def test_pop909_goes_by_the_song_number_of_other_versions_too() -> None:
    names = {"POP909/013/versions/013-v2.mid": "", "POP909/013/013.mid": ""}
    assert set(split_of("pop909", names).values()) == {"valid"}


def test_pop909_refuses_a_name_without_a_song_number() -> None:
    with pytest.raises(UsageError, match=r"needs song numbers \(NNN.mid\), not 'a/song.mid'"):
        split_of("pop909", {"a/song.mid": ""})


def test_a_tenth_by_content_validates() -> None:
    assert Counter(split_of("hash", HASHES).values()) == {"train": 90, "valid": 10}


def test_the_split_by_content_does_not_depend_on_names_or_order() -> None:
    first = split_of("hash", HASHES)
    renamed = {f"x/{name}": content for name, content in reversed(HASHES.items())}
    assert split_of("hash", renamed) == {f"x/{name}": split for name, split in first.items()}


@pytest.mark.parametrize("count", [2, 3, 7])
def test_of_two_pieces_or_more_at_least_one_validates(count: int) -> None:
    few = dict(list(HASHES.items())[:count])
    assert Counter(split_of("hash", few).values()) == {"train": count - 1, "valid": 1}


def test_a_single_content_is_for_training_only() -> None:
    assert split_of("hash", {"a": "1", "b": "1"}) == {"a": "train", "b": "train"}


def test_the_same_bytes_stay_on_one_side() -> None:
    twice = HASHES | {f"copy of {name}": content for name, content in HASHES.items()}
    splits = split_of("hash", twice)
    assert all(splits[name] == splits[f"copy of {name}"] for name in HASHES)
    assert Counter(splits.values())["valid"] == 20


def test_own_goes_by_the_first_folder() -> None:
    names = {"train/1": "a", "validation/2": "b", "Test/3": "c"}
    assert list(split_of("own", names).values()) == ["train", "valid", "test"]
    with pytest.raises(UsageError, match="'4' lies in no folder train, valid or test"):
        split_of("own", names | {"4": "d"})


def test_a_folder_with_train_and_valid_goes_by_them_and_any_other_by_content() -> None:
    own = {"train/1": "a", "train/2": "b", "valid/3": "c"}
    assert split_of("folder", own) == {"train/1": "train", "train/2": "train", "valid/3": "valid"}
    alike = {"train/1": "a", "train/2": "b", "more/3": "c"}
    assert split_of("folder", alike) == split_of("hash", alike)


def test_maestro_goes_by_its_published_table(tmp_path: Path) -> None:
    path = tmp_path / "maestro.zip"
    table = (
        "canonical_composer,split,year,midi_filename\n"
        'J. S. Bach,train,2018,2018/a.midi\n"Liszt, F.",validation,2018,2018/b.midi\n'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("maestro-v3.0.0/maestro-v3.0.0.csv", table)
        archive.writestr("maestro-v3.0.0/other.csv", table.replace("train", "test"))
    published = published_splits(path)
    assert published == {"a.midi": "train", "b.midi": "valid"}
    names = {"maestro-v3.0.0/2018/b.midi": "x", "maestro-v3.0.0/2018/a.midi": "y"}
    assert list(split_of("maestro", names, published).values()) == ["valid", "train"]
    with pytest.raises(UsageError, match=r"'c\.midi' is not in the published table"):
        split_of("maestro", {"c.midi": ""}, published)


def test_maestro_without_its_table_goes_by_content(tmp_path: Path) -> None:
    assert published_splits(tmp_path) == {}
    assert split_of("maestro", HASHES, {}) == split_of("hash", HASHES)


def test_an_unknown_rule_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="unknown split rule 'pop99', did you mean pop909"):
        split_of("pop99", HASHES)
