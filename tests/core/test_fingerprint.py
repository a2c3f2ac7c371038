from __future__ import annotations

import numpy as np
import pytest

from seqgen.core.fingerprint import fingerprint

WEIGHTS = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.ones(2, np.float32)}


def test_order_precision_and_layout_do_not_count() -> None:
    again = {name: np.asfortranarray(WEIGHTS[name].astype(np.float16)) for name in ("b", "a")}
    assert fingerprint(again) == fingerprint(WEIGHTS)


@pytest.mark.parametrize(
    "changes",
    [
        {"a": WEIGHTS["a"].T},
        {"a": WEIGHTS["a"] + np.float32(0.1)},
        {"c": np.zeros(0, np.float32)},
    ],
)
def test_values_shapes_and_names_count(changes: dict[str, np.ndarray]) -> None:
    assert fingerprint(WEIGHTS | changes) != fingerprint(WEIGHTS)


def test_what_is_left_apart_does_not_count() -> None:
    other = WEIGHTS | {"b": np.zeros(5, np.float32)}
    assert fingerprint(other, apart=("b",)) == fingerprint(WEIGHTS, apart=("b",))
    assert fingerprint(other, apart=("b",)) != fingerprint(WEIGHTS)
