from __future__ import annotations

import json
from pathlib import Path

import pytest

from seqgen.api.excerpt import excerpt_music
from seqgen.config import ExcerptMusic
from seqgen.errors import OutputError, UsageError
from seqgen.frontends.music.midi.score import Score, read_score
from tests.api.sampling import run
from tests.frontends.music.songs import BEAT


def excerpt(path: str, output: Path, first: int | None = None, last: int | None = None) -> Score:
    request = ExcerptMusic(path=path, output=str(output), first=first, last=last)
    result = excerpt_music(request)
    score = read_score(output.read_bytes())
    assert (result.path, result.notes) == (str(output), len(score.notes))
    return score


def test_an_excerpt_of_all_bars_is_the_file_itself(loop: str, tmp_path: Path) -> None:
    excerpt(loop, tmp_path / "b.mid")
    assert (tmp_path / "b.mid").read_bytes() == Path(loop).read_bytes()


def test_the_first_bars_stay_where_they_are_and_end_with_the_last(
    loop: str, tmp_path: Path
) -> None:
    whole = read_score(Path(loop).read_bytes())
    score = excerpt(loop, tmp_path / "b.mid", last=2)
    kept = whole.notes[whole.notes["start"] < 8 * BEAT]
    assert score.notes[["start", "pitch", "track"]].tolist() == (
        kept[["start", "pitch", "track"]].tolist()
    )
    assert score.notes["end"].max() <= 8 * BEAT


def test_later_bars_are_moved_to_the_beginning(loop: str, tmp_path: Path) -> None:
    whole = read_score(Path(loop).read_bytes())
    score = excerpt(loop, tmp_path / "b.mid", first=2, last=3)
    inside = (whole.notes["start"] >= 4 * BEAT) & (whole.notes["start"] < 12 * BEAT)
    assert len(score.notes) == inside.sum()
    assert sorted(score.notes["start"]) == sorted(whole.notes["start"][inside] - 4 * BEAT)


def test_an_excerpt_of_a_take_carries_its_recipe_and_its_bars(
    loop: str, tmp_path: Path, models: dict[str, str]
) -> None:
    run(tmp_path / "take.mid", models["events"], loop)
    score = excerpt(str(tmp_path / "take.mid"), tmp_path / "b.mid", last=5)
    recipe = json.loads(score.recipe or "")
    assert (recipe["seed"], recipe["excerpt"]) == (1, [1, 5])


@pytest.mark.parametrize(("first", "last"), [(0, 2), (3, 2), (1, 5)])
def test_bars_outside_the_piece_are_refused(
    loop: str, tmp_path: Path, first: int, last: int
) -> None:
    with pytest.raises(UsageError, match=rf"bars {first} to {last} are out .* 1 to 4"):
        excerpt(loop, tmp_path / "b.mid", first, last)


def test_an_excerpt_overwrites_nothing_unasked(loop: str) -> None:
    with pytest.raises(OutputError, match="exists already"):
        excerpt(loop, Path(loop))
