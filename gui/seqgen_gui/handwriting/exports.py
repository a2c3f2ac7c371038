"""Letters leave the window: as files, over the clipboard, or dragged away."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QGuiApplication

from seqgen.config import SampleHandwriting
from seqgen.errors import SeqgenError
from seqgen.files import write_file
from seqgen_gui.handwriting.file_job import FileJob
from seqgen_gui.handwriting.flow import Flow
from seqgen_gui.handwriting.outputs import image_of, pdf_bytes, write_pngs
from seqgen_gui.handwriting.paper import Look
from seqgen_gui.link.requests import Requests

COPY_DPI = 300


class Exports(QObject):
    """Writes what is shown. ``done`` and ``failed`` tell a sentence."""

    done = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        requests: Requests,
        flow: Flow,
        look: Callable[[], Look],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._requests, self._flow, self._look = requests, flow, look
        self._jobs: list[FileJob] = []
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._ready: tuple[SampleHandwriting, Path] | None = None

    @property
    def title(self) -> str:
        """What a file is called first: the first words of the text."""
        letter = self._flow.state.letter
        text = letter.text if letter else ""
        words = "".join(c if c.isalnum() or c == "'" else " " for c in text)
        return " ".join(words.split()[:4])[:40] or "letter"

    def write(self, path: Path, kind: str, dpi: float = 300, clear: bool = False) -> None:
        """Write a file of a kind: svg, plotter (an SVG of straight lines), inkml, png or pdf."""
        if kind in ("svg", "plotter", "inkml"):
            self._have_written(path, kind, lambda paths: self._tell([Path(p) for p in paths]))
            return
        written = self._flow.written
        if written is None:
            return
        sheets, look, title = written.sheets, self._look(), self.title

        def work() -> list[Path]:
            if kind == "png":
                return write_pngs(path, sheets, look, dpi, clear)
            write_file(path, pdf_bytes(sheets, look, title))
            return [path]

        job = FileJob(work, self)
        self._jobs.append(job)
        job.finished.connect(lambda: self._finished(job))
        job.start()

    def _finished(self, job: FileJob) -> None:
        self._jobs.remove(job)
        if job.why:
            self.failed.emit(job.why)
        else:
            self._tell(job.paths)
        job.deleteLater()

    def copy_png(self) -> None:
        """Put a picture of the first page on the clipboard."""
        written = self._flow.written
        if written is not None and written.sheets:
            try:
                image = image_of(written.sheets[0], self._look(), COPY_DPI)
            except SeqgenError as error:
                self.failed.emit(str(error))
                return
            QGuiApplication.clipboard().setImage(image)
            self.done.emit("The page is on the clipboard as a picture")

    def copy_svg(self) -> None:
        """Put the first page on the clipboard as SVG."""

        def copy(paths: list[str]) -> None:
            data = Path(paths[0]).read_bytes()
            mime = QMimeData()
            mime.setData("image/svg+xml", data)
            mime.setText(data.decode())
            QGuiApplication.clipboard().setMimeData(mime)
            self.done.emit("The page is on the clipboard as SVG")

        self._have_written(self._scratch() / "copy.svg", "svg", copy)

    def prepare(self) -> None:
        """Have a file ready to be dragged away."""
        request = self._flow.request
        if request is None or (self._ready and self._ready[0] == request):
            return
        path = self._scratch() / f"{self.title}.svg"

        def ready(paths: list[str]) -> None:
            self._ready = (request, Path(paths[0]))

        self._have_written(path, "svg", ready)

    def dragged(self) -> QMimeData | None:
        """What is dragged away: the file that was prepared, else a picture; None for nothing."""
        written = self._flow.written
        if written is None or not written.sheets:
            return None
        mime = QMimeData()
        if self._ready and self._ready[0] == self._flow.request and self._ready[1].exists():
            mime.setUrls([QUrl.fromLocalFile(str(self._ready[1]))])
            mime.setData("image/svg+xml", self._ready[1].read_bytes())
        else:
            mime.setImageData(image_of(written.sheets[0], self._look(), COPY_DPI / 2))
        return mime

    def close(self) -> None:
        """Finish what is being written, and delete what was prepared."""
        for job in self._jobs:
            job.wait()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _scratch(self) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="seqgen-")
        return Path(self._folder.name)

    def _have_written(self, path: Path, kind: str, then: Callable[[list[str]], None]) -> None:
        request = self._flow.request
        if request is None:
            return
        request = msgspec.structs.replace(
            request, output=str(path), force=True, curves=kind != "plotter"
        )

        def written(result: Any) -> None:
            then(result["letters"][0]["paths"])

        self._requests.send(
            "sample_handwriting", request, lambda _: None, written, self.failed.emit
        )

    def _tell(self, paths: list[Path]) -> None:
        more = f" and {len(paths) - 1} more pages" if len(paths) > 1 else ""
        self.done.emit(f"{paths[0].name}{more} written to {paths[0].parent}")
