"""What the place Music holds and a project keeps: piece, takes with their recipes, settings."""

from __future__ import annotations

import msgspec

from seqgen.config import SampleMusic


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """The music that was accepted: a MIDI file, up to ``last_bar`` (from 1; None: all of it).

    ``path`` None is an empty sheet. ``first_new`` is the first bar that seqgen wrote.
    """

    path: str | None = None
    last_bar: int | None = None
    first_new: int | None = None


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How the next take is drawn; None is what the model proposes.

    The length is ``seconds`` or ``notes`` where one of them is set, else ``bars``. With ``locked``
    every take is drawn with ``seed``, else with a new one.
    """

    model: str | None = None
    bars: int = 8
    seconds: float | None = None
    notes: int | None = None
    temperature: float | None = None
    top_k: int | None = None
    top_p: float | None = None
    density: float = 1.0
    key: str = "off"
    time: str = "auto"
    engine: str = "auto"
    seed: int | None = None
    locked: bool = False
    count: int = 1


_WISHES = ("model", "temperature", "top_k", "top_p", "density", "key", "time", "engine", "count")


def request_of(
    settings: Settings, primer: str | None, at: int | None, seed: int | None, output: str
) -> SampleMusic:
    """The request for the next takes."""
    wishes = {name: getattr(settings, name) for name in _WISHES}
    timed = settings.seconds is not None or settings.notes is not None
    return SampleMusic(
        primer=primer,
        output=output,
        at=at,
        seed=seed,
        bars=None if timed else settings.bars,
        seconds=settings.seconds,
        notes=settings.notes if settings.seconds is None else None,
        **wishes,
    )


class TakeRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A take: its recipe (``request``, which makes the same bytes again) and its file.

    The file holds what came before ``at_bar`` too; ``bars`` of new music follow.
    """

    number: int
    request: SampleMusic
    path: str
    at_bar: int
    notes: int
    bars: float
    seconds: float
    guards: dict[str, int] = {}
    starred: bool = False

    @property
    def place(self) -> tuple[str | None, int, str | None]:
        """What it continues, from which bar; a new piece begins on a sheet of its model's own."""
        primer = self.request.primer
        return primer, self.at_bar, self.request.model if primer is None else None

    @property
    def seed(self) -> int:
        """The seed it was drawn with."""
        return self.request.seed or 0


class MusicState(msgspec.Struct, frozen=True, kw_only=True):
    """Everything: ``shown`` is the number of the take that is a ghost, ``bar`` the bar chosen."""

    piece: Piece = Piece()
    settings: Settings = Settings()
    takes: tuple[TakeRecord, ...] = ()
    shown: int | None = None
    bar: int | None = None

    def take(self, number: int | None) -> TakeRecord | None:
        """The take of a number, where there is one."""
        return next((take for take in self.takes if take.number == number), None)

    @property
    def ghost(self) -> TakeRecord | None:
        """The take that is shown as a ghost."""
        return self.take(self.shown)

    @property
    def beside(self) -> tuple[TakeRecord, ...]:
        """The takes that continue the same music from the same bar as the ghost, or the last."""
        one = self.ghost or (self.takes[-1] if self.takes else None)
        if one is None:
            return ()
        return tuple(take for take in self.takes if take.place == one.place)

    @property
    def ghost_bar(self) -> int:
        """The first bar of the ghost that is not accepted yet; 0 without a ghost."""
        ghost = self.ghost
        if ghost is None:
            return 0
        if self.piece.path == ghost.path and self.piece.last_bar is not None:
            return max(self.piece.last_bar + 1, ghost.at_bar)
        return ghost.at_bar
