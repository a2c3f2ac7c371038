from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
import torch

from seqgen.core.batching import Chunk, PenChunk, chunks, draw_batch, plan_epoch
from seqgen.core.steps import Steps
from tests.core.tiny import SPEC, Corpus, random_steps
from tests.core.tiny_pen import PEN_SPEC, random_line


@pytest.mark.parametrize(("count", "batch"), [(1, 4), (7, 3), (100, 4), (130, 8)])
def test_an_epoch_takes_every_sequence_once(count: int, batch: int) -> None:
    lengths = np.random.default_rng(0).integers(0, 50, count).tolist()
    plan = plan_epoch(lengths, batch, np.random.default_rng(1))
    assert sorted(chain(*plan)) == list(range(count))
    assert len(plan) == -(-count // batch)
    assert max(map(len, plan)) <= batch


def test_batches_hold_like_lengths_in_random_order() -> None:
    lengths = list(range(64))
    plan = plan_epoch(lengths, 4, np.random.default_rng(1))
    assert all(max(group) - min(group) == 3 for group in plan)
    assert [min(group) for group in plan] != sorted(min(group) for group in plan)


def test_an_epoch_is_set_by_its_generator() -> None:
    found = [plan_epoch(list(range(40)), 4, np.random.default_rng(s)) for s in (1, 1, 2)]
    assert found[0] == found[1] != found[2]


def test_targets_are_shifted_to_previous_with_the_start_class_in_front() -> None:
    pieces = [random_steps(5), random_steps(3, seed=1)]
    (chunk,) = chunks(pieces, SPEC, 10, 5)
    assert isinstance(chunk, Chunk)
    assert chunk.mask.tolist() == [[True] * 5, [True] * 3 + [False] * 2]
    for row, steps in enumerate(pieces):
        size = len(steps)
        assert chunk.targets[row, :size].tolist() == steps.fields.tolist()
        assert chunk.sides[row, :size].tolist() == steps.sides.tolist()
        assert chunk.previous[row, 0].tolist() == [4, 3, 2]
        assert chunk.previous[row, 1:size].tolist() == steps.fields[:-1].tolist()


@pytest.mark.parametrize(("longest", "sizes"), [(9, [4, 4, 1]), (8, [4, 4]), (3, [3]), (0, [])])
def test_chunks_cut_a_batch_without_loss(longest: int, sizes: list[int]) -> None:
    steps = random_steps(longest)
    found = list(chunks([steps], SPEC, 4, longest))
    assert [chunk.mask.shape[1] for chunk in found] == sizes
    if found:
        joined = torch.cat([chunk.previous for chunk in found], 1)
        (whole,) = chunks([steps], SPEC, longest, longest)
        assert torch.equal(joined, whole.previous)


def test_a_process_without_sequences_takes_part_with_a_masked_row() -> None:
    found = list(chunks([], SPEC, 4, 6))
    assert [chunk.mask.shape for chunk in found] == [(1, 4), (1, 2)]
    assert not any(chunk.mask.any() for chunk in found)


def test_offsets_are_shifted_to_previous_with_a_lift_in_front() -> None:
    lines = [random_line(5, 3, 1), random_line(3, 6, 2, seed=1), random_line(1, 0, 0)]
    (chunk,) = chunks(lines, PEN_SPEC, 10, 5)
    assert isinstance(chunk, PenChunk)
    assert chunk.mask.sum(1).tolist() == [5, 3, 1]
    assert chunk.previous[:, 0].tolist() == [[0, 0, 1]] * 3
    assert chunk.style.tolist() == [1, 2, 0]
    for row, line in enumerate(lines):
        size = len(line)
        assert chunk.targets[row, :size, :2].tolist() == line.offsets.tolist()
        assert chunk.targets[row, :size, 2].tolist() == line.lifts.tolist()
        assert torch.equal(chunk.previous[row, 1:size], chunk.targets[row, : size - 1])
        padding = [0] * (6 - len(line.text))
        assert chunk.text[row].tolist() == [*line.text.tolist(), *padding]


def test_chunks_of_lines_cut_time_and_keep_the_whole_text() -> None:
    lines = [random_line(9, 4), random_line(6, 2)]
    found = list(chunks(lines, PEN_SPEC, 4, 9))
    (whole,) = chunks(lines, PEN_SPEC, 9, 9)
    assert [chunk.mask.shape for chunk in found] == [(2, 4), (2, 4), (2, 1)]
    for name in ("previous", "targets", "mask"):
        parts = [getattr(chunk, name) for chunk in found]
        assert torch.equal(torch.cat(parts, 1), getattr(whole, name))
    for chunk in found:
        assert isinstance(chunk, PenChunk)
        assert isinstance(whole, PenChunk)
        assert torch.equal(chunk.text, whole.text)
        assert torch.equal(chunk.style, whole.style)


def test_a_process_without_lines_takes_part_with_a_masked_row() -> None:
    (chunk,) = chunks([], PEN_SPEC, 4, 3)
    assert isinstance(chunk, PenChunk)
    assert not chunk.mask.any()
    assert (chunk.previous.shape, chunk.text.shape, chunk.style.shape) == ((1, 3, 3), (1, 1), (1,))


def drawn(data: Corpus, indices: list[int], seed: tuple[int, ...]) -> list[list[list[int]]]:
    found = draw_batch(data, indices, seed)
    return [steps.fields.tolist() for steps in found if isinstance(steps, Steps)]


def test_augmentation_depends_on_seed_and_index_alone() -> None:
    data = Corpus([random_steps(4)] * 40)
    everything = list(range(40))
    alone = [fields for i in everything for fields in drawn(data, [i], (1, 2))]
    together = drawn(data, everything, (1, 2))
    assert alone == together
    assert together != drawn(data, everything, (1, 3))
    assert len({str(fields) for fields in together}) == 2


def test_no_seed_means_no_augmentation() -> None:
    data = Corpus([random_steps(4)])
    assert draw_batch(data, [0], None) == [data.pieces[0]]
