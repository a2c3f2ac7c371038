from __future__ import annotations

import contextlib

import numpy as np
import pytest

from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.corpus.whiteboard import read_whiteboard
from tests.frontends.handwriting.corpus.forms import Points, whiteboard


def test_points_stay_as_they_are_stored() -> None:
    strokes: list[Points] = [[(1, 2), (1, 2), (900, -3)], [(4.5, 1e5)]]
    ink = read_whiteboard(whiteboard(strokes), "a.xml")
    assert [stroke.tolist() for stroke in ink.strokes] == [
        [list(point) for point in stroke] for stroke in strokes
    ]
    assert {stroke.dtype for stroke in ink.strokes} == {np.dtype(np.float64)}


def test_strokes_without_points_are_none() -> None:
    assert len(read_whiteboard(whiteboard([[], [(1, 2)], [], []]), "a.xml").strokes) == 1
    assert not read_whiteboard(whiteboard([[]]), "a.xml")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "a.xml is broken XML: no element found"),
        (b"<Stroke>", "a.xml is broken XML"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "a.xml is broken XML: unknown encoding"),
        (b"<?xml version='1.0' encoding='big5'?><a/>", "a.xml is broken XML: multi-byte"),
        (b'<S><Point x="1" y="2"/></S>', "a.xml has points outside of strokes"),
        (b'<S><Point x="1" y="2"/><Stroke/></S>', "a.xml has points outside of strokes"),
        (b'<Stroke><Point x="1"/></Stroke>', "a.xml has a point without 'y'"),
        (b'<Stroke><Point x="1" y="up"/></Stroke>', "a.xml has a point that is none"),
        (whiteboard([[(1e30, 0)]]), "a.xml has a point further out than 1000000 units"),
        (whiteboard([[(float("nan"), 0)]]), "a.xml has a point further out"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><Stroke/>', "a.xml has a document type"),
        ("<!DOCTYPE a><Stroke/>".encode("utf-16"), "a.xml has a document type"),
    ],
)
def test_what_is_no_ink_is_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(InputFileError, match=sentence) as caught:
        read_whiteboard(data, "a.xml")
    assert "\n" not in str(caught.value)


def test_random_damage_never_raises_anything_else() -> None:
    draw = np.random.default_rng(0)
    original = whiteboard([[(1, 2), (3, 4)], [(5, 6)]])
    for _ in range(2000):
        data = bytearray(original)
        for _ in range(int(draw.integers(1, 6))):
            data[int(draw.integers(len(data)))] = int(draw.integers(256))
        with contextlib.suppress(InputFileError):
            read_whiteboard(bytes(data[: int(draw.integers(1, len(data) + 1))]), "a.xml")
