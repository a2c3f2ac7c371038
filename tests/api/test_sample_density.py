from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from seqgen.api import own_density
from seqgen.api.sample import hear_music
from seqgen.config import HeardMusic, SampleMusic
from seqgen.errors import UsageError
from seqgen.frontends.music.midi.score import read_score
from tests.api.sampling import CODECS, run


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    own_density._found.clear()
    yield
    own_density._found.clear()


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("from_nothing", [False, True])
def test_a_density_gives_more_or_fewer_notes(
    models: dict[str, str], tmp_path: Path, loop: str, codec: str, from_nothing: bool
) -> None:
    def notes(density: float) -> int:
        primer = None if from_nothing else loop
        wanted = {"bars": 16, "count": 3, "density": density, "force": True}
        takes = run(tmp_path / "out.mid", models[codec], primer, **wanted).takes
        return sum(take.notes for take in takes)

    own = notes(1.0)
    assert notes(0.5) < 0.7 * own
    assert notes(2.0) > 1.3 * own


@pytest.mark.parametrize("codec", CODECS)
def test_the_models_own_density_changes_nothing_and_needs_no_trial(
    models: dict[str, str], tmp_path: Path, loop: str, codec: str
) -> None:
    with patch.object(own_density, "_tried", side_effect=AssertionError):
        run(tmp_path / "a.mid", models[codec], loop, density=1.0)
    run(tmp_path / "b.mid", models[codec], loop)
    assert (tmp_path / "a.mid").read_bytes() == (tmp_path / "b.mid").read_bytes()


@pytest.mark.parametrize("wanted", [{"bars": 3}, {"notes": 20}, {"seconds": 2.0}])
def test_the_same_seed_gives_the_same_bytes_with_a_fresh_trial(
    models: dict[str, str], tmp_path: Path, loop: str, wanted: dict[str, float]
) -> None:
    for name in ("a.mid", "b.mid"):
        run(tmp_path / name, models["events"], loop, density=1.5, **wanted)
        own_density._found.clear()
    found = [(tmp_path / name).read_bytes() for name in ("a.mid", "b.mid")]
    assert found[0] == found[1]
    assert json.loads(read_score(found[0]).recipe or "")["density"] == 1.5


def test_a_trial_on_a_grid_is_none_for_free_time(models: dict[str, str], tmp_path: Path) -> None:
    def drawn(name: str, time: str) -> bytes:
        run(tmp_path / name, models["events"], None, density=2.0, bars=2, time=time)
        return (tmp_path / name).read_bytes()

    alone = drawn("a.mid", "free")
    own_density._found.clear()
    drawn("b.mid", "metric")
    assert drawn("c.mid", "free") == alone
    assert len(own_density._found) == 2


def test_to_hear_music_is_to_try_its_density(
    models: dict[str, str], tmp_path: Path, loop: str
) -> None:
    request = SampleMusic(
        primer=loop, output=str(tmp_path / "a.mid"), model=models["events"], density=2.0, bars=1
    )
    *_, heard = hear_music(request)
    assert isinstance(heard, HeardMusic)
    with patch.object(own_density, "_tried", side_effect=AssertionError):
        run(tmp_path / "a.mid", models["events"], loop, density=2.0, bars=1)


@pytest.mark.parametrize("density", [0.0, 0.2, 4.5, float("nan"), float("inf")])
def test_an_impossible_density_is_refused(
    models: dict[str, str], tmp_path: Path, loop: str, density: float
) -> None:
    with pytest.raises(UsageError, match=r"density .* is out of range, allowed: 0.25 to 4, 1 is"):
        run(tmp_path / "a.mid", models["events"], loop, density=density)
