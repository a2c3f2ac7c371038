"""Files that seqgen made, opened again: read by the real api, without a window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from seqgen.api.excerpt import excerpt_music
from seqgen.api.sample import sample_music
from seqgen.api.sheet import music_sheet
from seqgen.config import ExcerptMusic, MusicResult, SampleMusic
from seqgen_gui.music.opening import drawn_again, opened
from seqgen_gui.music.sheet import Sheet, sheet_from
from seqgen_gui.music.state import MusicState, Piece, Settings, request_of
from tests.places import STARTER

PIECES = sorted(STARTER.glob("*.mid"))


def sheet_of(path: Path) -> Sheet:
    return sheet_from(music_sheet(str(path)))


def made(path: Path, primer: Path | None, **wanted: Any) -> MusicResult:
    request = SampleMusic(
        primer=None if primer is None else str(primer), output=str(path), force=True, **wanted
    )
    *_, result = sample_music(request)
    assert isinstance(result, MusicResult)
    return result


def generated(state: MusicState, path: Path) -> bytes:
    """What the Generate of a window makes of a state."""
    piece, settings = state.piece, state.settings
    at = state.bar or (piece.last_bar and piece.last_bar + 1)
    seed = settings.seed if settings.locked else None
    list(sample_music(request_of(settings, piece.path, at, seed, str(path))))
    return path.read_bytes()


WISHES: dict[str, dict[str, Any]] = {
    "plain": {"seed": 3, "bars": 2},
    "from a bar": {"seed": 4, "bars": 2, "at": 5},
    "chorale": {"seed": 5, "bars": 2, "model": "chorale"},
    "chorale from a bar": {"seed": 5, "bars": 1, "model": "chorale", "at": 3},
    "everything else": {
        "seed": 6,
        "seconds": 2.5,
        "temperature": 0.7,
        "top_k": 9,
        "top_p": 0.9,
        "key": "auto",
        "time": "free",
        "engine": "numpy",
        "density": 1.5,
    },
    "notes": {"seed": 7, "notes": 11, "key": "D minor"},
}


@pytest.mark.parametrize("piece", [0, 4, None])
@pytest.mark.parametrize("name", WISHES)
def test_generate_makes_an_opened_file_again(name: str, piece: int | None, tmp_path: Path) -> None:
    wanted = WISHES[name]
    if piece is None and ("at" in wanted or wanted.get("key") == "auto"):
        wanted = {name: value for name, value in wanted.items() if name not in ("at", "key")}
    path = tmp_path / "file.mid"
    result = made(path, None if piece is None else PIECES[piece], **wanted)
    state, told = opened(str(path), sheet_of(path), Settings())
    assert generated(state, tmp_path / "again.mid") == path.read_bytes()
    take = state.ghost
    assert take is not None
    assert (take.path, take.at_bar) == (str(path), result.at_bar)
    assert (take.notes, take.bars) == (result.takes[0].notes, result.takes[0].bars)
    assert take.seconds == pytest.approx(result.takes[0].seconds, abs=1e-3)
    assert told.startswith("file.mid was made by seqgen. What it adds is shown as a take. ")
    assert told.endswith("Generate draws the same notes again.")


def test_a_part_of_a_take_gives_all_of_it(tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.mid", tmp_path / "part.mid"
    at = made(whole, PIECES[1], seed=1, bars=3).at_bar
    excerpt_music(ExcerptMusic(path=str(whole), output=str(part), last=at))
    state, told = opened(str(part), sheet_of(part), Settings())
    assert told.endswith("Generate draws all of it again.")
    assert state.ghost is not None
    assert state.ghost.bars <= 1
    assert generated(state, tmp_path / "again.mid") == whole.read_bytes()


def test_takes_side_by_side_are_drawn_again(tmp_path: Path) -> None:
    path = tmp_path / "all.mid"
    made(path, PIECES[1], seed=5, bars=1, count=3, as_tracks=True)
    state, told = opened(str(path), sheet_of(path), Settings())
    assert (state.settings.count, state.settings.seed, state.takes) == (3, 5, ())
    assert told.endswith("Generate draws its 3 takes again.")
    sheet = sheet_of(path)
    at = state.piece.last_bar
    assert at is not None
    request = msgspec.structs.replace(
        request_of(state.settings, str(path), at + 1, 5, str(tmp_path / "again.mid")),
        as_tracks=True,
    )
    list(sample_music(request))
    assert (tmp_path / "again.mid").read_bytes() == path.read_bytes()
    assert sheet.until(at).next_bar == at + 1


def test_new_music_alone_says_what_is_not_in_it(tmp_path: Path) -> None:
    path, part = tmp_path / "new.mid", tmp_path / "part.mid"
    at = made(path, PIECES[1], seed=5, bars=1, only_new=True).at_bar
    state, told = opened(str(path), sheet_of(path), Settings())
    assert (state.piece.last_bar, state.takes, state.settings.seed) == (None, (), 5)
    wanted = f"open that and continue from bar {at}."
    assert told.endswith(wanted)
    made(path, PIECES[1], seed=5, bars=1)
    excerpt_music(ExcerptMusic(path=str(path), output=str(part), first=at))
    _, told = opened(str(part), sheet_of(part), Settings())
    assert told.endswith(wanted)


@pytest.mark.parametrize("at", [None, 6])
def test_new_music_alone_is_drawn_again_where_its_piece_is_open(
    tmp_path: Path, at: int | None
) -> None:
    path, piece = tmp_path / "new.mid", sheet_of(PIECES[1])
    made(path, PIECES[1], seed=5, bars=1, only_new=True, at=at)
    state = MusicState(piece=Piece(path=str(PIECES[1])))
    again = drawn_again(sheet_of(path), state, piece)
    assert again is not None
    assert again == (msgspec.structs.replace(again[0], seed=5, bars=1, locked=True), at)
    settings, bar = again
    list(
        sample_music(
            msgspec.structs.replace(
                request_of(settings, str(PIECES[1]), bar, 5, str(tmp_path / "again.mid")),
                only_new=True,
            )
        )
    )
    assert (tmp_path / "again.mid").read_bytes() == path.read_bytes()
    assert drawn_again(sheet_of(path), state, None) is None
    assert drawn_again(sheet_of(path), state, sheet_of(PIECES[2])) is None
    short = msgspec.structs.replace(state, piece=Piece(path=str(PIECES[1]), last_bar=3))
    assert drawn_again(sheet_of(path), short, piece) is None
    made(path, PIECES[1], seed=5, bars=1, at=at)
    assert drawn_again(sheet_of(path), state, piece) is None


def test_doubts_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    made(path, PIECES[1], seed=5, bars=1)
    sheet = sheet_of(path)
    assert sheet.doubts == ()
    for old, new, doubt in (
        (b'"model": "pop"', b'"model": "pup"', "its model 'pup' is not at hand"),
        (b'"weights": "', b'"weights": "x', "its model 'pop' has other weights here"),
        (b'"seqgen": "', b'"seqgen": "9', "it was made by seqgen 90.1.0"),
    ):
        data = path.read_bytes()
        text = data[data.index(b"seqgen: {") : data.index(b"}", data.index(b"seqgen: {")) + 1]
        odd = tmp_path / "odd.mid"
        changed = text.replace(old, new)[: len(text) + len(new) - len(old)]
        odd.write_bytes(_with_text(data, text, changed))
        found = sheet_of(odd)
        assert found.doubts == (doubt,)
        _, told = opened(str(odd), found, Settings())
        assert told.endswith(f"But {doubt}: the notes may differ.")


def _with_text(data: bytes, old: bytes, new: bytes) -> bytes:
    """A file with another text event, its lengths mended."""
    start = data.index(old)
    grown = len(new) - len(old)
    length = (len(new) >> 7 | 0x80, len(new) & 0x7F)
    track = data.rindex(b"MTrk", 0, start)
    size = int.from_bytes(data[track + 4 : track + 8], "big") + grown
    head = data[: track + 4] + size.to_bytes(4, "big") + data[track + 8 : start - 2]
    return head + bytes(length) + new + data[start + len(old) :]


@pytest.mark.parametrize("recipe", [None, "", "[]", "{}", '{"model": 1}', "x" * 50])
def test_other_files_are_opened_as_they_are(recipe: str | None) -> None:
    sheet = sheet_of(PIECES[0])
    assert sheet.report is not None
    report = msgspec.structs.replace(sheet.report, recipe=recipe)
    state, told = opened("a.mid", replace(sheet, report=report), Settings(bars=5))
    assert (state.piece.path, state.settings.bars, told) == ("a.mid", 5, "")


def test_an_old_recipe_without_a_bar_gives_its_settings(tmp_path: Path) -> None:
    sheet = sheet_of(PIECES[0])
    assert sheet.report is not None
    recipe = '{"model": "pop", "seed": 3, "temperature": 0.5}'
    report = msgspec.structs.replace(sheet.report, recipe=recipe)
    state, told = opened("a.mid", replace(sheet, report=report), Settings())
    assert (state.settings.temperature, state.settings.seed) == (0.5, 3)
    assert told.endswith("it does not tell where its music began.")
