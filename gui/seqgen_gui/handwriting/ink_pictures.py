"""Which pictures show the ink of a sheet: dry, being written, or without a place yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPixmap

from seqgen_gui.handwriting.paper import Look
from seqgen_gui.handwriting.pen import Pen
from seqgen_gui.handwriting.picture import DryPictures, GhostPictures, WetPictures
from seqgen_gui.handwriting.sheet import Sheet
from seqgen_gui.handwriting.stream import Stream


class InkPictures:
    """Pictures of what ``pen`` and ``stream`` hold, and of sheets that are done."""

    def __init__(self, pen: Pen, stream: Stream) -> None:
        self._pen, self._stream = pen, stream
        self._dry = DryPictures()
        self._wet = WetPictures()
        self._ghosts = GhostPictures()

    def pictures(
        self, number: int, sheet: Sheet, look: Look, scale: float, ratio: float
    ) -> list[QPixmap | None]:
        """What lies on a sheet; the first is None where it is too large for a picture."""
        if self._pen.writing:
            found = [self._wet.picture(number, sheet, self._pen, look, scale, ratio)]
        else:
            found = [self._dry.picture(number, sheet, look, scale, ratio)]
        if self._stream.ghosts:
            found.append(self._ghosts.picture(number, sheet, self._stream, look, scale, ratio))
        return found

    def is_unfinished(self) -> bool:
        """Whether a picture since the last call lacks words that it could have."""
        unfinished = self._dry.unfinished or self._wet.unfinished
        self._dry.unfinished = self._wet.unfinished = False
        return unfinished

    def forget(self, renew: bool) -> None:
        """Begin anew; with ``renew`` dry ink is seen as it was until it is painted anew."""
        (self._dry.renew if renew else self._dry.clear)()
        self._wet.clear()
        self._ghosts.clear()

    def dry_off(self, sheets: Sequence[Sheet], look: Look) -> None:
        """What the pen has written is as it will stay; what it has skipped is painted over it."""
        for number, (picture, inked) in self._wet.hand_over().items():
            if number < len(sheets) and not look.glyphs:
                self._dry.adopt(number, picture, len(sheets[number].words) if inked else 0)
