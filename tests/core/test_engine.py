from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from seqgen.core.checkpoint import bundle_bytes, read_bundle
from seqgen.core.engine import PRIME_STEPS, Engine, feed, last_fields
from seqgen.core.engines import make_engine
from seqgen.core.steps import Steps, previous_fields
from seqgen.errors import UsageError
from tests.core.tiny import NETWORK, SPEC, make_card, make_model, random_steps, weights_of
from tests.places import ROOT

STEPS = random_steps(40)
PREVIOUS = previous_fields(STEPS.fields, SPEC)


def engine_of(name: str, layers: int = 2) -> Engine[Any]:
    network = msgspec.structs.replace(NETWORK, layers=layers)
    return make_engine(name, make_card(network), weights_of(make_model(network)))


@pytest.fixture(params=["numpy", "torch"])
def engine(request: pytest.FixtureRequest) -> Engine[Any]:
    return engine_of(request.param)


def teacher_forced(engine: Engine[Any], steps: Steps = STEPS) -> float:
    """Return the NLL of a sequence in nats, one step and one field at a time."""
    state, total = engine.start(), 0.0
    previous = previous_fields(steps.fields, SPEC)
    for before, sides, step in zip(previous, steps.sides, steps.fields, strict=True):
        units = engine.units(engine.advance(state, before[None], sides[None]))
        for field, wanted in enumerate(step):
            logits = engine.logits(units, field, step[None, :field])[0].astype(np.float64)
            total += float(np.log(np.exp(logits).sum()) - logits[wanted])
    return total


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_torch_and_numpy_agree(layers: int) -> None:
    found = [teacher_forced(engine_of(name, layers)) for name in ("torch", "numpy")]
    assert found[0] == pytest.approx(found[1], rel=1e-6)


def test_they_agree_on_a_bundle_in_half_precision(tmp_path: Path) -> None:
    path, weights = tmp_path / "m.safetensors", weights_of(make_model())
    path.write_bytes(bundle_bytes(make_card(), weights))
    card, halved = read_bundle(path)
    found = [teacher_forced(make_engine(name, card, halved)) for name in ("torch", "numpy")]
    assert found[0] == pytest.approx(found[1], rel=1e-4)
    assert found[0] == pytest.approx(teacher_forced(engine_of("torch")), rel=1e-2)


def test_the_comparison_sees_a_single_changed_weight() -> None:
    weights = weights_of(make_model())
    weights["layers.1.weight_hh_l0"][3, 3] += 0.5
    found = teacher_forced(make_engine("numpy", make_card(), weights))
    assert found != pytest.approx(teacher_forced(engine_of("torch")), rel=1e-4)


def test_following_equals_single_steps(engine: Engine[Any]) -> None:
    state, other = engine.start(), engine.start()
    features = engine.follow(state, PREVIOUS, STEPS.sides)
    pairs = zip(PREVIOUS, STEPS.sides, strict=True)
    single = [engine.advance(other, p[None], s[None])[0] for p, s in pairs]
    np.testing.assert_allclose(features, np.stack(single), atol=1e-5)
    ahead, expected = (engine.advance(s, PREVIOUS[5:6], STEPS.sides[5:6]) for s in (state, other))
    np.testing.assert_allclose(ahead, expected, atol=1e-5)


@pytest.mark.parametrize("lanes", [2, 8, 16, 17])
def test_lanes_do_not_touch_each_other(engine: Engine[Any], lanes: int) -> None:
    together, alone = engine.start(lanes), [engine.start() for _ in range(lanes)]
    for step in range(3):
        rows = [(lane * 3 + step) % 40 for lane in range(lanes)]
        features = engine.advance(together, PREVIOUS[rows], STEPS.sides[rows])
        singles = [
            engine.advance(state, PREVIOUS[[row]], STEPS.sides[[row]])[0]
            for state, row in zip(alone, rows, strict=True)
        ]
        np.testing.assert_allclose(features, np.stack(singles), atol=1e-5)
        np.testing.assert_allclose(
            engine.units(features), engine.units(np.stack(singles)), atol=1e-5
        )


def test_a_fork_goes_its_own_way(engine: Engine[Any]) -> None:
    state = engine.start()
    engine.follow(state, PREVIOUS, STEPS.sides)
    fork, lanes = state.fork(1), state.fork(3)
    expected = engine.advance(fork, PREVIOUS[:1], STEPS.sides[:1])
    engine.advance(fork, PREVIOUS[1:2], STEPS.sides[1:2])
    repeated = engine.advance(lanes, PREVIOUS[[0] * 3], STEPS.sides[[0] * 3])
    np.testing.assert_allclose(repeated, np.repeat(expected, 3, axis=0), atol=1e-6)
    found = engine.advance(state, PREVIOUS[:1], STEPS.sides[:1])
    np.testing.assert_array_equal(found, expected)


def test_feeding_a_long_primer_in_pieces_gives_the_same_state(engine: Engine[Any]) -> None:
    steps = random_steps(2 * PRIME_STEPS + 7)
    state, whole = engine.start(), engine.start()
    assert list(feed(engine, state, steps)) == [PRIME_STEPS, 2 * PRIME_STEPS, len(steps)]
    engine.follow(whole, previous_fields(steps.fields, SPEC), steps.sides)
    last = last_fields(steps, SPEC)[None]
    found, expected = (engine.advance(s, last, STEPS.sides[:1]) for s in (state, whole))
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_feeding_nothing_leaves_the_start() -> None:
    engine = engine_of("numpy")
    assert list(feed(engine, engine.start(), random_steps(0))) == []
    assert last_fields(random_steps(0), SPEC).tolist() == [4, 3, 2]
    assert last_fields(STEPS, SPEC).tolist() == STEPS.fields[-1].tolist()


def test_an_unknown_engine_is_named_with_those_there_are() -> None:
    with pytest.raises(
        UsageError, match=r"^no engine is called 'onnx', known: auto, numpy, torch$"
    ):
        make_engine("onnx", make_card(), {})


def test_the_numpy_path_imports_no_torch(tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    path.write_bytes(bundle_bytes(make_card(), weights_of(make_model())))
    code = """
import sys
from pathlib import Path
import numpy
from seqgen.core.checkpoint import read_bundle
from seqgen.core.engines import make_engine
from seqgen.core.sampler import Settings, sample
engine = make_engine("auto", *read_bundle(Path(sys.argv[1])))
engine.advance(engine.start(), numpy.array([[4, 3, 2]]), numpy.array([[0]]))
print(engine.name, "torch" in sys.modules)
"""
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["numpy", "False"]
