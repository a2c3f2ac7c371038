from __future__ import annotations

import pytest

from seqgen.api.datasets import check
from seqgen.data_reports import InkReport
from seqgen.frontends.cards import cards_folder, read_card
from tests.places import REAL_DATA


def test_the_card_counts_what_is_there() -> None:
    path = REAL_DATA / "iamondb-train-valid.tar.xz"
    if not path.exists():
        pytest.skip("the IAM On-Line Handwriting Database is not here")
    *_, report = check(str(path))
    assert isinstance(report, InkReport)
    card = read_card(cards_folder() / "iamondb" / "card.toml")
    assert card.counts == {
        "train": report.splits["train"].lines,
        "valid": report.splits["valid"].lines,
        "forms": report.hands,
        "strokes": report.strokes,
        "points": report.points,
        "characters": sum(report.characters.values()),
    }
    assert f"in {report.spike_lines} lines" in card.notes
