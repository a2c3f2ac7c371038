from __future__ import annotations

import pytest

from seqgen.frontends.handwriting.ink.svg_numbers import combined, millimetres, numbers, transform


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        ("210mm", 210),
        ("2.5cm", 25),
        (" 1 in ", 25.4),
        ("96px", 25.4),
        ("96", 25.4),
        ("72pt", 25.4),
        ("6pc", 25.4),
        ("4Q", 1),
        ("1e2mm", 100),
        ("-1MM", -1),
    ],
)
def test_lengths_are_in_millimetres(length: str, expected: float) -> None:
    assert millimetres(length) == pytest.approx(expected)


@pytest.mark.parametrize("length", ["", "mm", "50%", "3em", "1 2", "nan", "1,5mm"])
def test_what_is_no_length_is_refused(length: str) -> None:
    with pytest.raises(ValueError, match="is no length"):
        millimetres(length)


def test_numbers_are_parted_by_commas_spaces_and_signs() -> None:
    assert numbers(" 1,2 3\n-4+5.5.5e1 ").tolist() == [1, 2, 3, -4, 5.5, 5]
    assert numbers("").shape == (0,)


def moved(text: str, x: float, y: float) -> list[float]:
    matrix = transform(text)
    return [round(value, 9) for value in (matrix[:, :2] @ [x, y] + matrix[:, 2]).tolist()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [1, 2]),
        (" , ", [1, 2]),
        ("translate(10)", [11, 2]),
        ("translate(10 20)", [11, 22]),
        ("scale(2)", [2, 4]),
        ("scale(2,-1)", [2, -2]),
        ("rotate(90)", [-2, 1]),
        ("rotate(90, 1, 0)", [-1, 0]),
        ("skewX(45)", [3, 2]),
        ("skewY(45)", [1, 3]),
        ("matrix(1 2 3 4 5 6)", [12, 16]),
        ("translate(10,0) scale(2)", [12, 4]),
        ("scale(2),translate(10,0)", [22, 4]),
    ],
)
def test_transforms(text: str, expected: list[float]) -> None:
    assert moved(text, 1, 2) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rotate(1", "the transform 'rotate\\(1' cannot be read"),
        ("spin(1)", "the transform spin of 1 numbers is unknown"),
        ("rotate(1 2)", "the transform rotate of 2 numbers is unknown"),
        ("matrix(1 2 3)", "the transform matrix of 3 numbers is unknown"),
        ("translate(nan)", "'nan' is not a list of numbers"),
        ("translate(1px)", "'1px' is not a list of numbers"),
        ("scale(2) x", "the transform 'x' cannot be read"),
    ],
)
def test_unknown_transforms_are_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        transform(text)


def test_the_inner_map_is_done_first() -> None:
    double, right = transform("scale(2)"), transform("translate(1,0)")
    assert combined(double, right)[:, 2].tolist() == [2, 0]
    assert combined(right, double)[:, 2].tolist() == [1, 0]
