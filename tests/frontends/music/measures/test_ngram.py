from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqgen.core.steps import Field, StepSpec
from seqgen.frontends.music.measures.baseline import baselines
from seqgen.frontends.music.measures.ngram import (
    CONTEXTS,
    SMOOTHINGS,
    Ints,
    NGram,
    context_sizes,
    contexts_of,
)

SPEC = StepSpec(fields=(Field("role", 2), Field("pitch", 3)))
ONE = StepSpec(fields=(Field("letter", 2),))


def counted(
    text: list[int], size: int = 2, smoothing: str = "kneser-ney", context: str = "field"
) -> NGram:
    """A 4-gram of a text of one field."""
    spec = StepSpec(fields=(Field("letter", size),))
    fields = np.array(text, np.int16)[:, None]
    return NGram(
        fields[:, 0].astype(np.int64),
        contexts_of(fields, spec, 0, context),
        size=size,
        sizes=context_sizes(spec, 0, context),
        smoothing=smoothing,
    )


def every_context(size: int) -> Ints:
    """All contexts, start classes and unseen ones included."""
    return np.array(list(product(range(size + 1), repeat=3)))


@given(
    text=st.lists(st.integers(0, 3), min_size=1, max_size=60),
    smoothing=st.sampled_from(SMOOTHINGS),
)
def test_distributions_sum_to_one_and_are_positive_after_every_context(
    text: list[int], smoothing: str
) -> None:
    found = counted(text, 4, smoothing).distribution(every_context(4))
    assert found.shape == (125, 4)
    assert (found > 0).all()
    np.testing.assert_allclose(found.sum(axis=1), 1, rtol=1e-12)


def test_witten_bell_gives_what_is_computed_by_hand() -> None:
    # The text 0 0 0 1, start class 2. p1(0) = (3 + 2/2) / (4 + 2) = 2/3.
    # After 0 come 0 0 1: p2(0 | 0) = (2 + 2 * 2/3) / (3 + 2) = 2/3.
    # After 0 0 come 0 1: p3 = (1 + 2 * 2/3) / (2 + 2) = 7/12.
    # After 0 0 0 comes 1: p4 = (0 + 1 * 7/12) / (1 + 1) = 7/24.
    found = counted([0, 0, 0, 1], smoothing="witten-bell").distribution(np.array([[0, 0, 0]]))
    np.testing.assert_allclose(found, [[7 / 24, 17 / 24]])


def test_kneser_ney_gives_what_is_computed_by_hand() -> None:
    # The text 0 0 0 1, start class 2, a start context kept apart from the rest.
    # Counts of the 4-grams: four, each once, so y = 1 and the discount of 1 is 1 (n2 = 0).
    # Lower counts are of distinct longer n-grams. 3-grams: 22|0, 20|0, 00|0, 00|1, once each:
    # discount 1. 2-grams: 2|0 one, 0|0 two, 0|1 one: n1 = 2, n2 = 1, y = 1/2,
    # d1 = 1 - 2 * 1/2 * 1/2 = 1/2, d2 = 2 - 0 = 2.
    # 1-grams: 0 two, 1 one: n1 = 1, n2 = 1, y = 1/3, d1 = 1 - 2/3 = 1/3, d2 = 2.
    # p1(0) = (0 + (2 + 1/3) / 2) / 3 = 7/18; p2(0 | 0) = (0 + 5/2 * 7/18) / 3 = 35/108.
    # Both higher orders keep nothing of counts of 1: p4 = p3 = p2.
    found = counted([0, 0, 0, 1]).distribution(np.array([[0, 0, 0], [1, 1, 1]]))
    np.testing.assert_allclose(found[:, 0], [35 / 108, 7 / 18])


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
def test_an_unseen_context_gets_what_the_part_of_it_that_was_seen_says(smoothing: str) -> None:
    model = counted([0, 0, 1, 0, 0, 1, 0], smoothing=smoothing)
    never, known = model.distribution(np.array([[1, 1, 1], [1, 1, 0]]))
    np.testing.assert_array_equal(never, known)


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
def test_a_text_with_a_pattern_costs_less_than_one_without(smoothing: str) -> None:
    rng = np.random.default_rng(0)
    regular, noise = [0, 1, 2] * 300, rng.integers(0, 3, 900).tolist()

    def nats(text: list[int]) -> float:
        fields = np.array(text, np.int16)[:, None]
        contexts = contexts_of(fields, StepSpec(fields=(Field("letter", 3),)), 0, "field")
        return float(
            counted(text, 3, smoothing).score(fields[:, 0].astype(np.int64), contexts)[0].mean()
        )

    assert nats(regular) < 0.05
    assert 0.8 < nats(noise) < 1.11


def test_scores_are_those_of_the_distributions() -> None:
    model = counted([0, 1, 1, 0, 1, 0, 0, 0, 1])
    contexts, symbols = every_context(2), np.arange(27) % 2
    nll, hits = model.score(symbols, contexts)
    chances = model.distribution(contexts)
    np.testing.assert_allclose(np.exp(-nll), chances[np.arange(27), symbols])
    np.testing.assert_array_equal(hits, chances.argmax(axis=1) == symbols)


def test_contexts_are_the_tokens_before_in_the_stream_or_the_same_field_before() -> None:
    fields = np.array([[0, 1], [1, 2], [0, 0]], np.int16)
    stream = contexts_of(fields, SPEC, 1, "stream")
    assert stream.tolist() == [[0, 3, 2], [1, 1, 0], [0, 2, 1]]
    assert context_sizes(SPEC, 1, "stream") == (3, 4, 3)
    same = contexts_of(fields, SPEC, 0, "field")
    assert same.tolist() == [[2, 2, 2], [0, 2, 2], [1, 0, 2]]
    assert context_sizes(SPEC, 0, "field") == (3, 3, 3)


@pytest.mark.parametrize("context", CONTEXTS)
def test_contexts_know_nothing_of_what_follows(context: str) -> None:
    rng = np.random.default_rng(1)
    fields = np.stack([rng.integers(0, 2, 20), rng.integers(0, 3, 20)], axis=1)
    other = fields.copy()
    other[10:] = 1 - np.minimum(other[10:], 1)
    for field in range(2):
        contexts = [contexts_of(f, SPEC, field, context)[:11] for f in (fields, other)]
        last = 10 if field and context == "stream" else 11
        np.testing.assert_array_equal(contexts[0][:last], contexts[1][:last])


def test_each_field_gets_the_context_that_predicts_it_best() -> None:
    rng = np.random.default_rng(2)
    role = rng.integers(0, 2, 4000)
    pieces = [np.stack([role, np.where(role, 2, 0)], axis=1).astype(np.int16)]
    alternating = [np.stack([np.arange(4000) % 2, rng.integers(0, 3, 4000)], 1).astype(np.int16)]
    assert list(baselines(pieces, pieces, SPEC))[1].context == "stream"
    found = next(baselines(alternating, alternating, SPEC))
    assert found.nats < 0.01
    assert found.accuracy > 0.999
