from __future__ import annotations

import numpy as np
import pytest

from seqgen.core.steps import Steps
from seqgen.errors import UsageError
from seqgen.frontends.music.codecs import voices
from seqgen.frontends.music.measures.protocols import Tally, count_units, find_protocol


def two_chords() -> Steps:
    """Five cells of one chord, three of another: two voices move, one of them to silence."""
    rows = np.array([[72, 64, 55, 48]] * 5 + [[74, 64, 55, -1]] * 3)
    return voices.encode(rows)


def test_every_codec_has_a_default_protocol() -> None:
    assert find_protocol("voices", None).name == "cells"
    assert find_protocol("events", None).name == "notes"
    assert find_protocol("events", "free").time == "free"


@pytest.mark.parametrize(
    ("codec", "name", "hint"),
    [
        ("events", "nodes", "did you mean notes?"),
        ("events", "cells", "known: free, notes"),
        ("voices", "notes", "known: cells"),
    ],
)
def test_an_unknown_protocol_is_told_with_those_of_the_codec(
    codec: str, name: str, hint: str
) -> None:
    with pytest.raises(
        UsageError, match=f"of {codec} is called '{name}', {hint}".replace("?", ".")
    ):
        find_protocol(codec, name)


def test_a_protocol_says_what_is_averaged() -> None:
    about = find_protocol("voices", "cells").about
    for part in ("4 voices x number of 16ths", "micro mean", "state from zero", "no look-ahead"):
        assert part in about


def test_cells_and_changed_cells_are_counted_from_the_rows() -> None:
    assert count_units("voices", two_chords()) == {"cells": 32, "changed_cells": 4 + 2}


def test_a_long_chord_that_takes_two_steps_does_not_change() -> None:
    steps = voices.encode(np.array([[72, 64, 55, 48]] * 20))
    assert len(steps) == 2
    assert count_units("voices", steps) == {"cells": 80, "changed_cells": 4}


def test_scores_are_micro_means_over_pieces_and_fields_add_up() -> None:
    tally = Tally(find_protocol("voices", "cells"), 5)
    one, other = two_chords(), voices.encode(np.array([[60, 57, 53, 41]] * 2))
    hit = np.array([True, False, False, False, True])
    tally.add(one, np.full((2, 5), 1.6), np.tile(hit, (2, 1)))
    tally.add(other, np.full((1, 5), 0.8), np.tile(~hit, (1, 1)))
    assert tally.counts == {"pieces": 2, "steps": 3, "cells": 40, "changed_cells": 10}
    scores = tally.scores()
    assert scores["nats_per_cell"] == pytest.approx(20 / 40)
    assert scores["nats_per_changed_cell"] == pytest.approx(2)
    assert scores["nats_per_step"] == pytest.approx(20 / 3)
    assert scores["accuracy"] == pytest.approx(7 / 15)
    fields = tally.fields(["a", "b", "c", "d", "e"])
    assert fields["a"]["accuracy"] == pytest.approx(2 / 3)
    total = sum(field["nats_per_cell"] for field in fields.values())
    assert total == pytest.approx(scores["nats_per_cell"])
