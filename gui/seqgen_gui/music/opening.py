"""What a file becomes that is opened: a piece, or a take with the music before it."""

from __future__ import annotations

from pathlib import Path

from seqgen_gui.music.recipe import Told, fingerprint, told_by
from seqgen_gui.music.sheet import Sheet
from seqgen_gui.music.state import MusicState, Piece, Settings, TakeRecord, request_of


def opened(path: str, sheet: Sheet, settings: Settings) -> tuple[MusicState, str]:
    """The state with a file opened, and what the user is told, "" for nothing.

    A file that seqgen made becomes the music it continued, from which Generate makes the file
    again, and what it added becomes a take. ``settings`` are those before.
    """
    told = told_by(sheet.report.recipe if sheet.report else None)
    if told is None:
        return MusicState(piece=Piece(path=path), settings=settings), ""
    settings = told.settings(settings)
    sentences = [f"{Path(path).name} was made by seqgen."]
    if told.at is None or told.is_alone or not 1 <= told.at < sheet.next_bar:
        state = MusicState(piece=Piece(path=path), settings=settings)
        sentences.append(_alone(told))
    else:
        primer = Piece() if told.at == 1 else Piece(path=path, last_bar=told.at - 1)
        take = () if told.takes else (_take(path, told.at, sheet, settings),)
        state = MusicState(piece=primer, settings=settings, takes=take, shown=1 if take else None)
        sentences.append(_whole(told))
    if sheet.doubts:
        sentences.append(f"But {' and '.join(sheet.doubts)}: the notes may differ.")
    return state, " ".join(sentences)


def drawn_again(
    file: Sheet, state: MusicState, piece: Sheet | None
) -> tuple[Settings, int | None] | None:
    """Settings and bar to draw a file of new music alone again, where it continues the open piece.

    None for a file that does not. ``piece`` is the sheet of the piece, None where there is none.
    """
    told = told_by(file.report.recipe if file.report else None)
    if told is None or piece is None or not told.is_alone or told.at is None:
        return None
    piece = piece.until(state.piece.last_bar)
    if not 2 <= told.at <= piece.next_bar or fingerprint(piece, told.at) != told.primer:
        return None
    return told.settings(state.settings), told.at if told.at < piece.next_bar else None


def _whole(told: Told) -> str:
    before = "" if told.at == 1 else f"the music before bar {told.at}, "
    restored = f"{before}settings and seed are set"
    restored = restored[:1].upper() + restored[1:]
    if told.takes:
        if told.count < len(told.takes):
            return f"{restored} to those of the first of its {len(told.takes)} takes."
        return f"{restored}: Generate draws its {len(told.takes)} takes again."
    again = "all of it" if told.excerpt else "the same notes"
    return f"What it adds is shown as a take. {restored}: Generate draws {again} again."


def _alone(told: Told) -> str:
    if told.at is None:
        return "Settings and seed are set, but it does not tell where its music began."
    if told.at == 1:
        return "Settings and seed are set."
    return (
        "Settings and seed are set, but the music it continues is not in it: "
        f"to draw it again, open that and continue from bar {told.at}."
    )


def _take(path: str, at: int, sheet: Sheet, settings: Settings) -> TakeRecord:
    begin = sheet.meters.line(at)
    new = sheet.notes.since(begin)
    end = max(new.ends, default=begin)
    seconds = sheet.tempos.seconds
    primer, place = (None, None) if at == 1 else (path, at)
    return TakeRecord(
        number=1,
        request=request_of(settings, primer, place, settings.seed, path),
        path=path,
        at_bar=at,
        notes=len(new),
        bars=round((end - begin) / sheet.meters.bar_ticks(begin), 2),
        seconds=seconds(end) - seconds(begin),
    )
