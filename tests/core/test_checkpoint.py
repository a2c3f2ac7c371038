from __future__ import annotations

import json
import pickle
import resource
import struct
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from seqgen.core.checkpoint import (
    Arrays,
    bundle_bytes,
    pack,
    read_bundle,
    read_card,
    read_header,
)
from seqgen.core.engines import make_engine
from seqgen.errors import ModelError
from tests.core.bundles import lying, refusal
from tests.core.tiny import make_card, make_model, weights_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tiny.safetensors"


@pytest.fixture
def weights() -> Arrays:
    return weights_of(make_model())


@pytest.fixture
def bundle(weights: Arrays) -> bytes:
    return bundle_bytes(make_card(name="tiny", scores={"nll": 1.5}), weights)


def test_what_is_written_is_read_in_half_precision(
    path: Path, weights: Arrays, bundle: bytes
) -> None:
    path.write_bytes(bundle)
    card, found = read_bundle(path)
    assert card == make_card(name="tiny", scores={"nll": 1.5})
    assert read_card(path) == card
    assert found.keys() == weights.keys()
    for name, array in found.items():
        assert array.dtype == np.float32
        np.testing.assert_array_equal(array, weights[name].astype(np.float16))


def test_the_same_content_is_the_same_bytes_in_any_order(weights: Arrays, bundle: bytes) -> None:
    turned = dict(reversed(weights.items()))
    assert bundle_bytes(make_card(scores={"nll": 1.5}, name="tiny"), turned) == bundle
    assert bundle_bytes(make_card(), turned) != bundle


@pytest.mark.parametrize("name", ["numpy", "torch"])
def test_both_engines_run_what_was_read(path: Path, bundle: bytes, name: str) -> None:
    path.write_bytes(bundle)
    engine = make_engine(name, *read_bundle(path))
    features = engine.advance(engine.start(), np.array([[4, 3, 2]]), np.array([[0]]))
    assert engine.logits(engine.units(features), 1, np.array([[0]])).shape == (1, 3)


def test_foreign_files_are_no_models(path: Path) -> None:
    foreign = (b"", b"MThd\0\0\0\6", b"\0" * 4096, b"PK\3\4" + b"x" * 100, b"\xff" * 64)
    for data in foreign:
        assert refusal(path, data).startswith("FILE is not a seqgen model")


@pytest.mark.parametrize("size", [2**24 + 1, 2**63, 2**64 - 1])
def test_a_huge_header_is_not_read(path: Path, bundle: bytes, size: int) -> None:
    text = refusal(path, struct.pack("<Q", size) + bundle[8:])
    assert text == "FILE is not a seqgen model: it has no safetensors header"


@pytest.mark.parametrize(
    "header",
    [
        b"[]",
        b"{}",
        b'{"__metadata__": {}}',
        b'{"__metadata__": {"seqgen": "7"}}',
        b'{"__metadata__": {"seqgen": "{"}}',
        b'{"__metadata__": {"seqgen": 7}}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_header_without_a_card_is_no_model(path: Path, header: bytes) -> None:
    text = refusal(path, struct.pack("<Q", len(header)) + header)
    assert text.startswith("FILE is not a seqgen model: its ")


def test_a_model_cut_short_anywhere_is_refused(path: Path, bundle: bytes) -> None:
    for size in [*range(0, len(bundle), len(bundle) // 23), len(bundle) - 1]:
        refusal(path, bundle[:size])


def test_corrupt_headers_never_crash(path: Path, bundle: bytes) -> None:
    rng = np.random.default_rng(0)
    end = 8 + struct.unpack("<Q", bundle[:8])[0]
    for _ in range(150):
        data = bytearray(bundle)
        for place in rng.integers(0, end, 3):
            data[place] = rng.integers(0, 256)
        path.write_bytes(data)
        with suppress(ModelError):
            make_engine("numpy", *read_bundle(path))


def test_another_format_is_named(path: Path, weights: Arrays) -> None:
    text = refusal(path, lying(weights, format=99))
    assert text == "FILE has model format 99, this seqgen reads 2"
    text = refusal(path, pack(weights, {"training": 1}))
    assert text == "FILE has model format None, this seqgen reads 2"


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e39])
def test_weights_that_are_no_finite_numbers_are_refused(
    path: Path, weights: Arrays, value: float
) -> None:
    wide = {name: array.astype(np.float64) for name, array in weights.items()}
    wide["sides.0.weight"][0, 0] = value
    text = refusal(path, pack(wide, make_card()))
    assert text == "FILE holds weights that are no finite numbers: sides.0.weight"


def test_weights_of_another_kind_are_refused(path: Path, weights: Arrays) -> None:
    weights["sides.0.weight"] = weights["sides.0.weight"].astype(np.int32)
    assert "no finite numbers" in refusal(path, pack(weights, make_card()))


def test_every_tensor_is_asked_for(path: Path, weights: Arrays) -> None:
    for name in weights:
        rest = {other: array for other, array in weights.items() if other != name}
        text = refusal(path, pack(rest, make_card()))
        assert text == f"FILE lacks the weights {name} of the network in its card"


def test_a_tensor_too_many_is_refused(path: Path, weights: Arrays) -> None:
    text = refusal(path, pack(weights | {"extra": np.zeros(1, np.float32)}, make_card()))
    assert text == "FILE holds the weights extra, which its network has not"


def test_every_tensor_must_have_the_shape_the_card_says(path: Path, weights: Arrays) -> None:
    for name, array in weights.items():
        for wrong in (array[:-1], array[None], np.concatenate([array, array])):
            text = refusal(path, pack(weights | {name: wrong}, make_card()))
            assert f"holds the weights {name} in the shape {wrong.shape}" in text


@pytest.mark.parametrize(
    "changes",
    [
        {"network__hidden": -1},
        {"network__hidden": 0},
        {"network__hidden": 7},
        {"network__hidden": 10**9},
        {"network__hidden": 10**30},
        {"network__hidden": "8"},
        {"network__layers": 0},
        {"network__layers": 1},
        {"network__layers": 3},
        {"network__layers": 10**9},
        {"network__chain": 10**9},
        {"network__embed": 65_000},
        {"network__head": "stroke_mixture"},
        {"network": None},
        {"spec__fields": []},
        {"spec__fields": [{"name": "pitch", "size": 10**9}]},
        {"spec__fields": [{"name": "pitch", "size": 5}, {"name": "length", "size": 3}]},
        {"spec__fields": [{"name": f"f{k}", "size": 30_000} for k in range(64)]},
        {"spec__fields": [{"name": f"f{k}", "size": 4} for k in range(100_000)]},
        {"spec__sides": []},
        {"spec__sides": [{"name": "beat", "size": 6}]},
        {"state": 7},
        {"name": None},
        {"sampling": {"temperature": "hot"}},
    ],
)
def test_a_lying_card_is_refused_in_little_memory(
    path: Path, weights: Arrays, changes: dict[str, Any]
) -> None:
    data = lying(weights, **changes)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refusal(path, data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


def test_a_pickle_is_never_read(path: Path, tmp_path: Path, bundle: bytes) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return Path.touch, (tmp_path / "sprung",)

    trap = pickle.dumps(Trap())
    for data in (trap, struct.pack("<Q", len(trap)) + trap, bundle[:-64] + trap):
        path.write_bytes(data)
        with pytest.raises(ModelError):
            read_bundle(path)
    assert not (tmp_path / "sprung").exists()
    pickle.loads(trap)
    assert (tmp_path / "sprung").exists()  # the trap works


@pytest.mark.parametrize("read", [read_bundle, read_card, read_header])
def test_what_cannot_be_opened_says_why(read: Any, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"^cannot read model .*: no such file or directory$"):
        read(tmp_path / "absent")
    with pytest.raises(ModelError, match=r"^cannot read model .*: is a directory$"):
        read(tmp_path)


def test_the_card_alone_is_read_of_a_model_of_any_size(path: Path, weights: Arrays) -> None:
    data = lying(weights, description="of a file whose weights are gone")
    size = struct.unpack("<Q", data[:8])[0]
    path.write_bytes(data[: 8 + size])
    assert read_card(path).description == "of a file whose weights are gone"


def test_a_header_may_be_large(path: Path, weights: Arrays) -> None:
    path.write_bytes(lying(weights, description="x" * 1_000_000))
    assert json.dumps(len(read_card(path).description)) == "1000000"
