"""Both engines of pen offsets: they agree, lanes are independent, and steps are scored."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from seqgen.core.batching import PenChunk, chunks
from seqgen.core.checkpoint import bundle_bytes, read_bundle
from seqgen.core.engines import make_engine, make_pen_engine
from seqgen.core.pen_engine import LANES, START, Mixture, PenEngine, score_lines
from seqgen.core.steps import PenNetwork, PenSpec, PenSteps
from seqgen.errors import ModelError, UsageError
from tests.core.tiny import make_card
from tests.core.tiny_pen import (
    PEN_NETWORK,
    PEN_SPEC,
    SPECS,
    make_pen_card,
    make_pen_model,
    pen_weights,
    random_line,
)
from tests.places import ROOT

SIZES = ((23, 5, 1), (4, 2, 3), (17, 0, 0), (17, 9, 2), (0, 3, 1), (1, 1, 1))
LINES = [random_line(*sizes, seed=k) for k, sizes in enumerate(SIZES)]
LINES[0].text[2] = 0  # a gap that shows nothing
Scores = list[NDArray[np.float64]]


def engine_of(
    name: str, spec: PenSpec = PEN_SPEC, network: PenNetwork = PEN_NETWORK
) -> PenEngine[Any]:
    weights = pen_weights(make_pen_model(spec, network))
    return make_pen_engine(name, make_pen_card(spec, network), weights)


@pytest.fixture(params=["numpy", "torch"])
def engine(request: pytest.FixtureRequest) -> PenEngine[Any]:
    return engine_of(request.param)


def started(engine: PenEngine[Any], lines: list[PenSteps]) -> Any:
    styles = np.stack([engine.style(line.style) for line in lines])
    return engine.start([line.text for line in lines], styles)


def previous(lines: list[PenSteps], t: int) -> NDArray[np.float32]:
    """The steps (N, 3) before the steps t."""
    rows = [(*line.offsets[t - 1], line.lifts[t - 1]) if t else START for line in lines]
    return np.array(rows, np.float32)


def assert_close(found: Mixture, expected: Mixture) -> None:
    for name in ("pi", "mu", "sigma", "rho", "lift"):
        one, other = getattr(found, name), getattr(expected, name)
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-5, err_msg=name)


def training_scores(spec: PenSpec, network: PenNetwork) -> Scores:
    """The NLL of the steps of every line as in training, all lines in one padded batch."""
    (chunk,) = chunks(LINES, spec, 23, 23)
    assert isinstance(chunk, PenChunk)
    with torch.no_grad():
        nll = make_pen_model(spec, network).eval()(chunk)[0].double().numpy()
    return np.split(nll, np.cumsum([len(line) for line in LINES])[:-1])


@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize("spec", SPECS)
def test_torch_numpy_and_training_agree(spec: PenSpec, layers: int) -> None:
    network = msgspec.structs.replace(PEN_NETWORK, layers=layers)
    training = training_scores(spec, network)
    for name in ("torch", "numpy"):
        found = score_lines(engine_of(name, spec, network), LINES)
        for nll, expected in zip(found, training, strict=True):
            assert nll.shape == expected.shape
            np.testing.assert_allclose(nll, expected, rtol=1e-3, atol=1e-4)
            assert nll.sum(0) == pytest.approx(expected.sum(0), rel=1e-4)


def test_they_agree_on_a_bundle_in_half_precision(tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    path.write_bytes(bundle_bytes(make_pen_card(), pen_weights(make_pen_model())))
    read = read_bundle(path)
    found = [score_lines(make_pen_engine(name, *read), LINES)[0] for name in ("torch", "numpy")]
    assert found[0].sum() == pytest.approx(found[1].sum(), rel=1e-4)
    assert found[0].sum() == pytest.approx(
        score_lines(engine_of("torch"), LINES)[0].sum(), rel=0.05
    )


@pytest.mark.parametrize("name", sorted(pen_weights(make_pen_model())))
def test_the_comparison_sees_every_weight(name: str) -> None:
    weights = pen_weights(make_pen_model())
    weights[name] = weights[name] * 1.05
    engine = make_pen_engine("numpy", make_pen_card(), weights)
    found, expected = (sum(nll.sum() for nll in score_lines(e, LINES))
                       for e in (engine, engine_of("torch")))  # fmt: skip
    assert found != pytest.approx(expected, rel=1e-4)


def test_a_line_scores_the_same_alone_and_beside_others(engine: PenEngine[Any]) -> None:
    many = [random_line(3 + k % 7, k % 4, k % 4, seed=k) for k in range(LANES + 5)]
    for together in (many, many[:3], many[::-1]):
        for line, nll in zip(together, score_lines(engine, together), strict=True):
            (alone,) = score_lines(engine, [line])
            np.testing.assert_allclose(nll, alone, rtol=1e-5, atol=1e-5)


def test_scoring_keeps_the_order_and_the_lengths(engine: PenEngine[Any]) -> None:
    found = score_lines(engine, LINES)
    assert [nll.shape for nll in found] == [(len(line), 2) for line in LINES]
    assert score_lines(engine, []) == []
    assert [len(nll) for nll in score_lines(engine, [random_line(0), random_line(0)])] == [0, 0]


@pytest.mark.parametrize("kept", [[0, 2], [2, 0], [1], [0, 1, 2]])
def test_lanes_that_are_kept_go_on_as_if_alone(engine: PenEngine[Any], kept: list[int]) -> None:
    lines = LINES[:3]
    state = started(engine, lines)
    for t in range(3):
        engine.advance(state, previous(lines, t))
    state = state.keep(np.array(kept))
    rest = [lines[lane] for lane in kept]
    found = engine.advance(state, previous(rest, 3))
    for row, line in enumerate(rest):
        alone = started(engine, [line])
        for t in range(4):
            expected = engine.advance(alone, previous([line], t))
        one = slice(row, row + 1)
        cut = Mixture(found.pi[one], found.mu[one], found.sigma[one], found.rho[one],
                      found.lift[one])  # fmt: skip
        assert_close(cut, expected)
        places = len(line.text) + 1
        np.testing.assert_allclose(
            state.attention[row, :places], alone.attention[0], rtol=1e-4, atol=1e-6
        )


def test_the_state_that_lanes_were_kept_from_is_not_touched(engine: PenEngine[Any]) -> None:
    lines = LINES[:3]
    state, untouched = (started(engine, lines) for _ in range(2))
    for each in (state, untouched):
        engine.advance(each, previous(lines, 0))
    engine.advance(state.keep(np.array([0, 1])), previous(lines[:2], 1))
    assert_close(
        engine.advance(state, previous(lines, 1)), engine.advance(untouched, previous(lines, 1))
    )


def test_both_engines_show_the_same_attention() -> None:
    engines = [engine_of(name) for name in ("torch", "numpy")]
    states = [started(each, LINES) for each in engines]
    assert all(not state.attention.any() for state in states)
    for t in range(5):
        lines = [random_line(9, seed=k) for k in range(len(LINES))]
        found = [
            each.advance(s, previous(lines, t)) for each, s in zip(engines, states, strict=True)
        ]
        assert_close(found[0], found[1])
        assert states[0].attention.shape == states[1].attention.shape == (len(LINES), 10)
        np.testing.assert_allclose(states[0].attention, states[1].attention, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("name", ["numpy", "torch"])
def test_what_a_model_has_not_is_empty(name: str) -> None:
    engine = engine_of(name, PenSpec())
    assert engine.style(0).shape == (0,)
    assert started(engine, LINES).attention is None
    table = pen_weights(make_pen_model())["styles.weight"]
    np.testing.assert_array_equal(engine_of(name).style(2), table[2])


def test_a_mixture_of_styles_lies_between_them(engine: PenEngine[Any]) -> None:
    styles = np.stack([engine.style(1), engine.style(2)])
    mixed = np.concatenate([styles, styles.mean(0, keepdims=True)])
    state = engine.start([LINES[0].text] * 3, mixed)
    found = engine.advance(state, np.array([START] * 3, np.float32))
    assert not np.allclose(found.mu[0], found.mu[1], rtol=1e-2)
    assert not np.allclose(found.mu[2], found.mu[:2], rtol=1e-2)


def test_an_unknown_engine_and_a_model_of_fields_are_refused() -> None:
    with pytest.raises(
        UsageError, match=r"^no engine is called 'onnx', known: auto, numpy, torch$"
    ):
        make_pen_engine("onnx", make_pen_card(), {})
    with pytest.raises(ModelError, match=r"^model tiny draws fields, not pen offsets$"):
        make_pen_engine("numpy", make_card(), {})
    with pytest.raises(ModelError, match=r"^model tiny draws pen offsets, not fields$"):
        make_engine("numpy", make_pen_card(), {})


def test_the_numpy_path_imports_no_torch(tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    path.write_bytes(bundle_bytes(make_pen_card(), pen_weights(make_pen_model())))
    code = """
import sys
from pathlib import Path
import numpy as np
from seqgen.core.checkpoint import read_bundle
from seqgen.core.engines import make_pen_engine
from seqgen.core.pen_engine import score_lines
from seqgen.core.steps import PenSteps
engine = make_pen_engine("auto", *read_bundle(Path(sys.argv[1])))
line = PenSteps(np.ones((3, 2), np.float32), np.zeros(3, bool), np.ones(2, np.int16))
assert len(score_lines(engine, [line])[0]) == 3
print(engine.name, "torch" in sys.modules)
"""
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["numpy", "False"]
