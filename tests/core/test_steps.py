from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest

from seqgen.core.steps import Field, NetworkConfig, Steps, StepSpec, check_steps, previous_fields
from tests.core.tiny import SPEC, random_steps


def test_previous_fields_begin_with_the_start_classes() -> None:
    steps = random_steps(3)
    found = previous_fields(steps.fields, SPEC)
    assert found.dtype == np.int16
    assert found.tolist() == [[4, 3, 2], *steps.fields[:2].tolist()]
    assert previous_fields(steps.fields[:0], SPEC).shape == (0, 3)


def test_fields_and_sides_of_one_length_are_asked_for() -> None:
    with pytest.raises(
        ValueError, match=r"must be \(T, F\) and \(T, S\), not \(2, 3\) and \(1, 1"
    ):
        Steps(np.zeros((2, 3), np.int16), np.zeros((1, 1), np.int16))


def test_classes_inside_their_fields_pass() -> None:
    check_steps(random_steps(50), SPEC)
    check_steps(random_steps(0), SPEC)


@pytest.mark.parametrize(
    ("place", "value", "text"),
    [
        ("fields", 3, "length holds 0 to 3, allowed are 0 to 2"),
        ("fields", -1, "length holds -1 to 0, allowed are 0 to 2"),
        ("sides", 5, "beat holds 0 to 5, allowed are 0 to 4"),
    ],
)
def test_a_class_outside_its_field_is_named(place: str, value: int, text: str) -> None:
    steps = Steps(np.zeros((2, 3), np.int16), np.zeros((2, 1), np.int16))
    getattr(steps, place)[1, 1 if place == "fields" else 0] = value
    with pytest.raises(ValueError, match=text):
        check_steps(steps, SPEC)


def test_a_column_too_few_is_named() -> None:
    with pytest.raises(ValueError, match="3 columns for 2 fields"):
        check_steps(random_steps(2), StepSpec(SPEC.fields[:2], SPEC.sides))


@pytest.mark.parametrize(
    ("kind", "entries"),
    [
        (NetworkConfig, {"layers": 0}),
        (NetworkConfig, {"layers": 10**9}),
        (NetworkConfig, {"hidden": -1}),
        (NetworkConfig, {"dropout": 1.0}),
        (NetworkConfig, {"head": "unheard_of"}),
        (Field, {"name": "a", "size": 0}),
        (Field, {"name": "a", "size": 40_000}),
        (StepSpec, {"fields": []}),
    ],
)
def test_impossible_networks_and_steps_are_refused(kind: type, entries: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(entries, kind)
