from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from seqgen.config import SampleHandwriting
from seqgen.errors import OutputError
from seqgen_gui.handwriting.export_dialog import KINDS, LetterExport, paths_of
from seqgen_gui.handwriting.outputs import image_of, pdf_bytes, write_pngs
from seqgen_gui.handwriting.page import HandwritingPage
from seqgen_gui.handwriting.paper import Look
from seqgen_gui.handwriting.sheet import Sheet, sheet_of
from seqgen_gui.shell.window import MainWindow
from tests.gui.handwriting.letters import FakeRequests, letter_of
from tests.gui.handwriting.test_page import answer, type_text


@pytest.fixture
def sheet() -> Sheet:
    request = SampleHandwriting(text="Dear Ada 12", output="")
    return sheet_of(letter_of(request).sheets[0])


@pytest.fixture
def letter(page: HandwritingPage, requests: FakeRequests) -> HandwritingPage:
    type_text(page)
    page.actions_.write.trigger()
    answer(requests)
    return page


def test_a_picture_has_the_size_of_the_page_and_the_width_of_the_pen(
    qapp: object, sheet: Sheet
) -> None:
    image = image_of(sheet, Look(colour="#ff0000", width=1.0), dpi=254)
    assert image.size() == QSize(1480, 2100)
    assert image.dotsPerMeterX() == 10_000
    column = [image.pixelColor(150 + 5, y).name() for y in range(2100)]
    assert 8 <= column.count("#ff0000") <= 40


def test_a_picture_may_be_without_paper(qapp: object, sheet: Sheet) -> None:
    assert image_of(sheet, Look(), 96, clear=True).pixelColor(1, 1).alpha() == 0
    assert image_of(sheet, Look(), 96).pixelColor(1, 1).name() == "#ffffff"


def test_a_picture_that_is_too_large_is_refused(qapp: object, sheet: Sheet) -> None:
    with pytest.raises(OutputError, match="pixels is too large"):
        image_of(sheet, Look(), 20_000)


def test_several_pages_are_numbered_pictures(qapp: object, sheet: Sheet, tmp_path: Path) -> None:
    paths = write_pngs(tmp_path / "a.png", [sheet, sheet], Look(), 96)
    assert [path.name for path in paths] == ["a-1.png", "a-2.png"]
    assert QImage(str(paths[1])).width() == round(148 / 25.4 * 96)


def test_a_pdf_has_a_page_a_sheet_of_its_size(qapp: object, sheet: Sheet) -> None:
    data = pdf_bytes([sheet, sheet], Look(), "Dear Ada")
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == 2 or b"/Count 2" in data
    box = data[data.index(b"/MediaBox") :].split(b"]")[0].split(b"[")[1].split()
    assert [float(side) for side in box[2:]] == pytest.approx([419.5, 595.3], abs=1)


@pytest.mark.parametrize(
    ("kind", "suffix", "curves"),
    [("svg", ".svg", True), ("plotter", ".svg", False), ("inkml", ".inkml", True)],
)
def test_files_with_a_recipe_are_written_by_the_worker(
    letter: HandwritingPage, requests: FakeRequests, kind: str, suffix: str, curves: bool
) -> None:
    shown = requests.last("handwriting_sheets").request
    path = Path(f"letter{suffix}")
    letter.exports.write(path, kind)
    request = requests.last("sample_handwriting").request
    assert (request.output, request.curves, request.force) == (str(path), curves, True)
    assert (request.seed, request.text, request.page) == (shown.seed, shown.text, shown.page)


def test_the_dialog_remembers_folder_and_kind(
    letter: HandwritingPage,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert letter.flow.written is not None

    def choose(parent: object, title: str, proposed: str, kinds: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(tmp_path / "mine"), kinds

    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    for number in range(2):
        dialog = LetterExport(
            letter, window.context.settings, letter.flow.written, Look(), "Dear Ada"
        ).dialog
        if not number:
            dialog.kinds.setCurrentRow([kind.name for kind in KINDS].index("pdf"))
        assert dialog.kind.name == "pdf"
        dialog.choose_file()
        assert dialog.path == tmp_path / "mine.pdf"
    assert asked == ["Dear Ada.pdf", str(tmp_path / "Dear Ada.pdf")]


def test_an_export_of_several_pages_names_its_files_before() -> None:
    names = {kind.name: paths_of(Path(f"a{kind.suffixes[0]}"), kind, 2) for kind in KINDS}
    assert names["svg"] == [Path("a-1.svg"), Path("a-2.svg")]
    assert names["pdf"] == [Path("a.pdf")]
    assert paths_of(Path("a.png"), KINDS[3], 1) == [Path("a.png")]


def test_pictures_and_pdfs_are_written_by_the_window(
    letter: HandwritingPage, tmp_path: Path, window: MainWindow, qtbot: QtBot
) -> None:
    for kind in ("pdf", "png"):
        with qtbot.waitSignal(letter.exports.done) as told:
            letter.exports.write(tmp_path / f"a.{kind}", kind, dpi=96)
        assert told.args == [f"a.{kind} written to {tmp_path}"]
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert not QImage(str(tmp_path / "a.png")).isNull()
    with qtbot.waitSignal(letter.exports.failed):
        letter.exports.write(tmp_path / "none" / "a.pdf", "pdf")
    assert window.notices.shown[0].kind == "error"
