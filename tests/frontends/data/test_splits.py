from __future__ import annotations

from seqgen.frontends.data.splits import by_content


def test_a_tenth_of_the_contents_validates_whatever_the_names() -> None:
    splits = by_content({f"n{number}": f"{number:03d}" for number in range(50)})
    assert [name for name, split in splits.items() if split == "valid"] == [
        f"n{number}" for number in range(5)
    ]


def test_equal_contents_are_on_one_side() -> None:
    assert by_content({"a": "0", "b": "0", "c": "1"}) == {"a": "valid", "b": "valid", "c": "train"}


def test_a_single_content_trains() -> None:
    assert by_content({"a": "0", "b": "0"}) == {"a": "train", "b": "train"}
    assert by_content({}) == {}
