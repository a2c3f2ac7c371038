from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from seqgen.api import scribe
from seqgen.api.scribe import ATTEMPTS, LANES, Advance, Scribe, Written, write_lines
from seqgen.core.checkpoint import read_bundle
from seqgen.core.engines import make_pen_engine
from seqgen.core.sampler import Settings
from seqgen.frontends.handwriting.codec.alphabet import Alphabet
from seqgen.frontends.handwriting.writing.drawn import DrawnLine
from seqgen.frontends.handwriting.writing.lines import ModelLine, model_lines
from seqgen.frontends.handwriting.writing.plan import plan_text
from tests.api.writing import ALPHABET, SLOW, STEADY, hand

TEXT = "one two\nthree\nfour and five\nsix seven"


def scribe_of(
    folder: Path, pace: float = STEADY, whim: float = 1.0, temperature: float = 1.0
) -> Scribe:
    card, weights = read_bundle(hand(folder / "hand.safetensors", pace, whim))
    engine = make_pen_engine("numpy", card, weights)
    return Scribe(engine, engine.style(1), Settings(temperature=temperature), Alphabet(ALPHABET))


def lines_of(text: str) -> list[ModelLine]:
    return model_lines(plan_text(text, ALPHABET))


def followed(work: Generator[Advance, None, Written]) -> tuple[list[Advance], Written]:
    told = []
    while True:
        try:
            told.append(next(work))
        except StopIteration as end:
            return told, end.value


@dataclass
class Drawn:
    """The lines of a take, and what went wrong on the way."""

    lines: list[DrawnLine]
    redrawn: Counter[str]
    faults: Counter[str]


def written(by: Scribe, text: str = TEXT, seed: int = 1) -> Drawn:
    found = followed(write_lines(by, lines_of(text), seed))[1]
    return Drawn([line.drawn for line in found.lines], found.redrawn, found.faults)


def assert_alike(one: DrawnLine, other: DrawnLine) -> None:
    assert one.line == other.line
    np.testing.assert_allclose(one.points, other.points, atol=1e-2)
    np.testing.assert_array_equal(one.lifts, other.lifts)
    np.testing.assert_array_equal(one.places, other.places)
    assert one.ended == other.ended


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Scribe:
    return scribe_of(tmp_path_factory.mktemp("steady"))


@pytest.fixture(scope="module")
def restless(tmp_path_factory: pytest.TempPathFactory) -> Scribe:
    return scribe_of(tmp_path_factory.mktemp("restless"), whim=60.0)


def test_lines_come_in_the_order_of_the_text_and_read_it(steady: Scribe) -> None:
    found = written(steady)
    assert [drawn.line.text for drawn in found.lines] == TEXT.split("\n")
    for drawn in found.lines:
        assert len(drawn.points) == len(drawn.lifts) == len(drawn.places)
        assert set(drawn.places.tolist()) == set(range(len(drawn.line.text)))
        assert drawn.ended
    assert not found.redrawn
    assert not found.faults


def test_a_line_is_the_same_whatever_is_written_beside_it(steady: Scribe) -> None:
    found = written(steady)
    [alone] = written(steady, TEXT.split("\n")[0]).lines
    assert_alike(alone, found.lines[0])
    others = written(steady, "one two\nsomething\nelse\nsix seven, a longer line")
    assert_alike(others.lines[0], found.lines[0])


def test_two_lines_of_one_text_are_two_samples(steady: Scribe) -> None:
    first, second = written(steady, "same\nsame").lines
    assert first.points.tolist() != second.points.tolist()


def test_the_same_seed_gives_the_same_lines_and_another_seed_others(steady: Scribe) -> None:
    first, again, other = (written(steady, seed=seed).lines[0] for seed in (1, 1, 2))
    assert first.points.tolist() == again.points.tolist()
    assert first.points.tolist() != other.points.tolist()


def test_the_number_of_lanes_does_not_change_a_line(
    steady: Scribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = written(steady)
    for lanes in (1, 3):
        monkeypatch.setattr(scribe, "LANES", lanes)
        for one, other in zip(written(steady).lines, together.lines, strict=True):
            assert_alike(one, other)


def test_a_faulty_line_is_drawn_anew_from_the_same_seed_and_the_others_stay(
    restless: Scribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = written(restless)
    assert found.redrawn["skipped"]
    monkeypatch.setattr(scribe, "ATTEMPTS", 1)
    first = written(restless)
    assert first.faults["skipped"]
    assert not first.redrawn
    changed = [
        one.points.tolist() != other.points.tolist()
        for one, other in zip(first.lines, found.lines, strict=True)
    ]
    assert 0 < sum(changed) <= first.faults["skipped"]


def test_what_is_drawn_anew_does_not_depend_on_the_other_lines_either(restless: Scribe) -> None:
    text = "\n".join(["the quick brown fox"] * 3)
    together = written(restless, text)
    [alone] = written(restless, text.split("\n")[0]).lines
    assert_alike(alone, together.lines[0])


def test_a_line_that_stays_faulty_is_kept_and_told(tmp_path: Path) -> None:
    slow = scribe_of(tmp_path, SLOW)
    found = written(slow, "ab\nc")
    assert [drawn.ended for drawn in found.lines] == [False, False]
    assert found.faults["runaway"] == 2
    assert found.redrawn["runaway"] == 2 * (ATTEMPTS - 1)


def test_a_window_that_leaps_over_the_text_leaves_lines_without_ink(tmp_path: Path) -> None:
    hasty = scribe_of(tmp_path, pace=1.5)
    found = written(hasty, "a b")
    assert found.faults["skipped"] == 1
    assert len(found.lines[0].points) < 4


def test_progress_grows_to_the_number_of_characters(steady: Scribe) -> None:
    lines = lines_of("a bc\n" * (2 * LANES + 3))
    told, _ = followed(write_lines(steady, lines, 1))
    read = [step.read for step in told]
    assert read == sorted(read)
    assert read[-1] == 4 * len(lines)
    assert max(b - a for a, b in pairwise(read)) <= 4 * LANES / 2


def test_progress_never_goes_back_where_lines_are_drawn_anew(restless: Scribe) -> None:
    told, found = followed(write_lines(restless, lines_of(TEXT), 1))
    assert found.redrawn
    read = [step.read for step in told]
    assert read == sorted(read)
    assert read[-1] <= sum(map(len, TEXT.split("\n")))


def test_a_line_is_settled_once_and_no_ink_of_it_follows(restless: Scribe) -> None:
    lines = lines_of("\n".join([TEXT] * 9))
    told, found = followed(write_lines(restless, lines, 1))
    begun, settled = list[int](), dict[int, DrawnLine]()
    for step in told:
        assert not settled.keys() & {*step.begun, *step.ink, *step.settled}
        assert set(step.ink) <= set(begun)
        begun += step.begun
        settled |= {k: line.drawn for k, line in step.settled.items()}
    assert len(begun) == len(lines) + found.redrawn.total()
    assert [settled[k] for k in range(len(lines))] == [line.drawn for line in found.lines]


def test_lines_are_settled_before_later_ones_begin(steady: Scribe) -> None:
    told, _ = followed(write_lines(steady, lines_of("a bc\n" * 3 * LANES), 1))
    begun = [(at, k) for at, step in enumerate(told) for k in step.begun]
    done = {k: at for at, step in enumerate(told) for k in step.settled}
    assert all(done[k - LANES] < at for at, k in begun if k >= LANES)


def test_no_lines_are_written_at_once(steady: Scribe) -> None:
    told, found = followed(write_lines(steady, [], 1))
    assert told == []
    assert found.lines == []


def test_without_temperature_every_seed_writes_alike(tmp_path: Path) -> None:
    calm = scribe_of(tmp_path, temperature=0.0)
    first, other = (written(calm, seed=seed).lines[0] for seed in (1, 2))
    np.testing.assert_array_equal(first.points, other.points)


def test_closing_ends_the_work(steady: Scribe) -> None:
    work = write_lines(steady, lines_of(TEXT), 1)
    next(work)
    work.close()
    assert list(work) == []
