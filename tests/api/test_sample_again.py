"""A file that seqgen wrote is enough to make its bytes once more."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import mido
import pytest

from seqgen.api.excerpt import excerpt_music
from seqgen.config import ExcerptMusic
from seqgen.frontends.music.midi.score import read_score
from tests.api.sampling import CODECS, run
from tests.frontends.music.songs import SONGS, song

WISHES = ("temperature", "top_k", "top_p", "bars", "seconds", "notes", "at", "time", "seed")


def recipe_of(path: Path) -> dict[str, Any]:
    recipe: dict[str, Any] = json.loads(read_score(path.read_bytes()).recipe or "")
    return recipe


def assert_made_again(path: Path, model: str) -> None:
    """Continue a file from the bar of its recipe, with what else the recipe says."""
    recipe = recipe_of(path)
    wanted = {name: recipe[name] for name in WISHES if name in recipe}
    again = path.with_name(f"again-{path.name}")
    run(again, model, str(path), key=recipe["key"] or "off", force=True, **wanted)
    assert again.read_bytes() == path.read_bytes()


def late_controllers() -> bytes:
    """A bar and a half, then pedals, a meter and a tempo long after the last note."""
    track = mido.MidiTrack()
    for key in (60, 64, 67):
        track.append(mido.Message("note_on", note=key, velocity=80))
        track.append(mido.Message("note_off", note=key, time=960, velocity=40))
    track.append(mido.Message("control_change", control=64, value=127, time=10_000))
    track.append(mido.MetaMessage("time_signature", numerator=3, denominator=4, time=320))
    track.append(mido.MetaMessage("set_tempo", tempo=900_000, time=1))
    track.append(mido.Message("program_change", program=40))
    track.append(mido.Message("note_off", note=60, time=900))
    file = mido.MidiFile(ticks_per_beat=480, tracks=[track])
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def mixed(channels: int) -> bytes:
    """A file of format 0 with a name, whose notes do not end."""
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("track_name", name="Bass"))
    for beat in range(16):
        for channel in range(channels):
            track.append(mido.Message("note_on", channel=channel, note=40 + beat, velocity=80))
            if beat < 14:
                track.append(
                    mido.Message("note_off", channel=channel, note=40 + beat, time=480 // channels)
                )
    file = mido.MidiFile(type=0, ticks_per_beat=480, tracks=[track])
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


PRIMERS = SONGS | {
    "late controllers": late_controllers,
    "one channel mixed": lambda: mixed(1),
    "channels mixed": lambda: mixed(3),
}


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("name", PRIMERS)
def test_from_its_end_on(models: dict[str, str], tmp_path: Path, name: str, codec: str) -> None:
    primer, path = tmp_path / "primer.mid", tmp_path / "take.mid"
    primer.write_bytes(PRIMERS[name]())
    run(path, models[codec], str(primer))
    assert_made_again(path, models[codec])


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("name", sorted(PRIMERS.keys() - {"single"}))
def test_from_a_bar_on(models: dict[str, str], tmp_path: Path, name: str, codec: str) -> None:
    primer, path = tmp_path / "primer.mid", tmp_path / "take.mid"
    primer.write_bytes(PRIMERS[name]())
    for at in (2, 3):
        run(path, models[codec], str(primer), at=at, force=True)
        assert recipe_of(path)["at"] == at
        assert_made_again(path, models[codec])


@pytest.mark.parametrize(
    "wanted",
    [
        {"key": "auto", "temperature": 1.3, "top_p": 0.7},
        {"seconds": 3.1, "top_k": 5},
        {"notes": 9, "seed": 77},
        {"time": "free", "bars": 3},
    ],
)
def test_with_any_settings(
    models: dict[str, str], tmp_path: Path, loop: str, wanted: dict[str, Any]
) -> None:
    run(tmp_path / "take.mid", models["events"], loop, **wanted)
    assert_made_again(tmp_path / "take.mid", models["events"])


@pytest.mark.parametrize("codec", CODECS)
def test_a_take_on_a_take(models: dict[str, str], tmp_path: Path, loop: str, codec: str) -> None:
    first, second, third = (tmp_path / f"{name}.mid" for name in "abc")
    run(first, models[codec], loop)
    run(second, models[codec], str(first), seed=2)
    assert_made_again(second, models[codec])
    run(third, models[codec], str(second), seed=3, at=6)
    assert_made_again(third, models[codec])
    assert_made_again(first, models[codec])


def test_each_of_several_takes(models: dict[str, str], tmp_path: Path, loop: str) -> None:
    takes = run(tmp_path / "take.mid", models["events"], loop, count=3).takes
    for take in takes:
        assert_made_again(Path(take.path), models["events"])


def test_a_part_of_a_take_gives_the_whole_take(
    models: dict[str, str], tmp_path: Path, loop: str
) -> None:
    take, part, again = (tmp_path / f"{name}.mid" for name in "abc")
    run(take, models["events"], loop, bars=3)
    excerpt_music(ExcerptMusic(path=str(take), output=str(part), last=5))
    recipe = recipe_of(part)
    assert (recipe["at"], recipe["excerpt"]) == (5, [1, 5])
    run(again, models["events"], str(part), at=5, bars=3)
    assert again.read_bytes() == take.read_bytes()


def test_of_a_part_before_the_new_music_no_recipe_is_told(
    models: dict[str, str], tmp_path: Path, loop: str
) -> None:
    run(tmp_path / "a.mid", models["events"], loop)
    excerpt_music(
        ExcerptMusic(path=str(tmp_path / "a.mid"), output=str(tmp_path / "b.mid"), last=3)
    )
    assert read_score((tmp_path / "b.mid").read_bytes()).recipe is None


def test_what_comes_after_the_bar_decides_nothing(models: dict[str, str], tmp_path: Path) -> None:
    tune = [(beat, 1.0, 60 + beat) for beat in range(8)]
    for name, rest in (("a", []), ("b", [(8 + beat / 7, 0.1, 30) for beat in range(60)])):
        primer = song({"Lead": (0, 0, 80, [*tune, *rest])})
        (tmp_path / f"{name}.mid").write_bytes(primer)
        run(tmp_path / f"{name}-out.mid", models["events"], str(tmp_path / f"{name}.mid"), at=3)
    found = [(tmp_path / f"{name}-out.mid").read_bytes() for name in "ab"]
    assert found[0] == found[1]


def test_the_new_part_alone_says_that_it_is(
    models: dict[str, str], tmp_path: Path, loop: str
) -> None:
    run(tmp_path / "take.mid", models["events"], loop, only_new=True)
    recipe = recipe_of(tmp_path / "take.mid")
    assert recipe["only_new"] is True
    assert recipe["at"] == 5
    assert "own" not in recipe


def test_a_recipe_names_the_weights(models: dict[str, str], tmp_path: Path, loop: str) -> None:
    found = set()
    for codec in CODECS:
        run(tmp_path / "a.mid", models[codec], loop, force=True)
        found.add(recipe_of(tmp_path / "a.mid")["weights"])
    assert len(found) == 2
