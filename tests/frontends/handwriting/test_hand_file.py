from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.hand_file import MAX_BYTES, HandFile, hand_bytes, read_hand

HAND = HandFile(
    seqgen_hand=1,
    name="Ada's",
    model="hand",
    fingerprint="0123456789abcdef",
    size=3,
    vector=[0.25, -1.5, 0.0],
    lines=5,
    characters=140,
    nats_per_point={"no_style": -1.0, "fitted": -1.25},
)


def with_changes(**changes: Any) -> bytes:
    return json.dumps(msgspec.to_builtins(HAND) | changes).encode()


def test_a_file_gives_the_hand_back_and_the_same_bytes() -> None:
    data = hand_bytes(HAND)
    assert read_hand(data, "me.hand") == HAND
    assert hand_bytes(read_hand(data, "me.hand")) == data
    assert list(json.loads(data)) == sorted(json.loads(data))


def test_what_a_later_version_may_add_is_passed_over() -> None:
    assert read_hand(with_changes(more=1), "me.hand") == HAND


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "me.hand is no style file: input data was truncated"),
        (b"\xff\xfe", "me.hand is no style file: "),
        (b"[1, 2]", "is no style file: expected `object`, got `array`"),
        (b"[" * 100_000, "is no style file: "),
        (b'{"size": 3}', "is no style file: it does not say seqgen_hand"),
        (hand_bytes(HAND)[:-20], "is no style file: input data was truncated"),
        (b" " * (MAX_BYTES + 1), "is no style file: it is longer than 256 KiB"),
        (with_changes(seqgen_hand=2), "has style format 2, this seqgen reads 1"),
        (with_changes(seqgen_hand=True), "is a damaged style file: expected `int`, got `bool`"),
        (with_changes(vector=[0.1]), "damaged style file: it has 1 numbers where 3 are announced"),
        (with_changes(vector=[0, 0, 1e4]), "damaged style file: 10000 is no part of a style"),
        (with_changes(vector=[0, 0, float("nan")]), "is no style file: .*invalid"),
        (with_changes().replace(b"0.25", b"1e999"), "me.hand is .* style file: number out of"),
        (with_changes(vector=[0, 0, None]), "expected `float`, got `null`"),
        (with_changes(fingerprint="../../x"), "damaged style file: expected `str` matching"),
        (with_changes(name="x" * 1000), "damaged style file: expected `str` of length <= 200"),
    ],
)
def test_what_is_no_hand_is_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(InputFileError, match=f"^{message}|{message}") as caught:
        read_hand(data, "me.hand")
    assert "\n" not in str(caught.value)


def test_a_vector_that_is_no_style_is_never_made() -> None:
    for value in (float("nan"), float("inf"), -2e3):
        with pytest.raises(ValueError, match="no part of a style"):
            msgspec.structs.replace(HAND, vector=[0.0, 0.0, value])
