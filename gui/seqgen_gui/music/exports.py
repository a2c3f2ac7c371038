"""Music leaves the window: as MIDI files, as sound, or dragged away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from seqgen.config import ExcerptMusic
from seqgen_gui.link.requests import Requests
from seqgen_gui.music.flow import Flow
from seqgen_gui.music.playback import score_of
from seqgen_gui.music.state import MusicState, Piece
from seqgen_gui.shell.saving import ask_path
from seqgen_gui.shell.settings import Settings
from seqgen_gui.sound.score import Playing
from seqgen_gui.sound.wav_job import CANCELLED, WavJob

_FOLDER = "export"


class Exports(QObject):
    """Asks where to, and writes.

    ``done`` and ``failed`` tell a sentence. ``sounding`` tells the name of a sound file that is
    being written, "" where it is no more, ``progressed`` its share.
    """

    done = Signal(str)
    failed = Signal(str)
    sounding = Signal(str)
    progressed = Signal(float)

    def __init__(
        self, window: QWidget, requests: Requests, settings: Settings, flow: Flow
    ) -> None:
        super().__init__(window)
        self._window, self._requests, self._settings, self._flow = window, requests, settings, flow
        self._job: WavJob | None = None
        self._parts: dict[tuple[str, int], Path] = {}  # pieces that end inside their file
        flow.document.changed.connect(self._prepare)

    @property
    def _piece(self) -> Piece:
        return self._flow.state.piece

    def title(self) -> str:
        """What a file is called first."""
        takes = self._flow.state.takes
        first = takes[0].request.primer if takes else self._piece.path
        return Path(first).stem if first else "New piece"

    def name(self, kind: str, take: int = 0) -> str:
        """What a file of a kind (see ``write``) is called first, without its ending."""
        more = {"whole": " continued", "new": " new", "take": f" take {take}", "tracks": " takes"}
        return self.title() + more.get(kind, "")

    def write(self, kind: str, path: Path, playing: Playing, take: int = 0) -> None:
        """Write a file of a kind: ``whole``, ``new``, ``take``, ``tracks`` or ``sound``."""
        piece, record = self._piece, self._flow.state.take(take)
        if kind == "sound":
            self._sound(path, playing)
        elif kind == "tracks":
            self._side_by_side(path)
        elif kind == "take" and record is not None:
            self._write(record.path, path)
        elif piece.path is not None:
            first = piece.first_new if kind == "new" else None
            self._write(piece.path, path, first=first, last=piece.last_bar)

    def ask(self, kind: str, playing: Playing, take: int = 0) -> None:
        """Ask where to write a file of a kind, and write it."""
        suffixes = (".wav",) if kind == "sound" else (".mid", ".midi")
        name = self.name(kind, take) + suffixes[0]
        path = ask_path(self._window, self._settings, _FOLDER, "Export", name, suffixes)
        if path is not None:
            self.write(kind, path, playing, take)

    def takes(self) -> None:
        """All takes, each a file; none is overwritten."""
        folder = QFileDialog.getExistingDirectory(
            self._window, "Export all takes to a folder", self._settings.folder(_FOLDER)
        )
        if not folder:
            return
        self._settings.keep_folder(_FOLDER, Path(folder) / "take")
        for take in self._flow.state.takes:
            path = Path(folder) / f"{self.name('take', take.number)}.mid"
            self._write(take.path, path, force=False)

    @property
    def is_sounding(self) -> bool:
        """Whether a sound file is being written."""
        return self._job is not None

    def _sound(self, path: Path, playing: Playing) -> None:
        """Write what the roll shows, as it sounds; one file at a time."""
        font, warnings = self._settings.sound_font, list[str]()
        self._job = WavJob(path, score_of(self._flow.picture), playing, self, font)
        self._job.progressed.connect(self.progressed)
        self._job.warned.connect(warnings.append)
        self._job.finished.connect(
            lambda _: self._sounded("; ".join([f"Wrote {path.name}", *warnings]))
        )
        self._job.failed.connect(lambda why: self._sounded("", why))
        self._job.start()
        self.sounding.emit(path.name)

    def _sounded(self, done: str, failed: str = "") -> None:
        if self._job is not None:
            self._job.deleteLater()
        self._job = None
        self.sounding.emit("")
        if failed and failed != CANCELLED:
            self.failed.emit(failed)
        elif done:
            self.done.emit(done)

    def close(self) -> None:
        """Give up a sound file that is being written, and leave none."""
        if self._job is not None:
            self._job.cancel()

    def dragged(self) -> Path | None:
        """The file of the piece, to be dragged away; None where it is not there yet."""
        piece = self._piece
        if piece.path is None or piece.last_bar is None:
            return Path(piece.path) if piece.path else None
        path = self._parts.get((piece.path, piece.last_bar))
        return path if path and path.exists() else None

    def _prepare(self, before: MusicState, after: MusicState) -> None:
        """Have a piece that ends inside its file written, for it may be dragged away."""
        piece = after.piece
        if piece.path is None or piece.last_bar is None:
            return
        key = piece.path, piece.last_bar
        if key not in self._parts:
            name = f"{self.title()} to bar {piece.last_bar}.mid"
            self._parts[key] = Path(piece.path).with_name(f"{len(self._parts) + 1:03} {name}")
            self._write(piece.path, self._parts[key], last=piece.last_bar, quiet=True)

    def _side_by_side(self, path: Path) -> None:
        takes = self._flow.state.beside
        request = {
            "takes": [take.path for take in takes],
            "titles": [f"Take {take.number}" for take in takes],
            "output": str(path),
            "force": True,
        }
        self._send("takes_as_tracks", request, path)

    def _write(
        self,
        source: str,
        path: Path,
        first: int | None = None,
        last: int | None = None,
        *,
        force: bool = True,
        quiet: bool = False,
    ) -> None:
        request = ExcerptMusic(path=source, output=str(path), first=first, last=last, force=force)

        self._send("excerpt_music", request, path, quiet)

    def _send(self, verb: str, request: object, path: Path, quiet: bool = False) -> None:
        def written(_: Any) -> None:
            if not quiet:
                self.done.emit(f"Wrote {path.name}")

        self._requests.send(verb, request, lambda _: None, written, self.failed.emit)
