from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from seqgen.api.ink_lines import ink_lines
from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml import InkLine, write_inkml


def test_lines_come_with_their_text_and_all_points(tmp_path: Path) -> None:
    strokes = (np.array([[0.0, 1.0], [2.0, 3.0]]), np.array([[4.0, 5.0]]))
    path = tmp_path / "a.inkml"
    path.write_bytes(write_inkml([InkLine(Ink(strokes), "ab"), InkLine(Ink(), "c")]))
    found = ink_lines(str(path))
    assert found.unit == "mm"
    assert [line.text for line in found.lines] == ["ab", "c"]
    assert np.frombuffer(found.lines[0].points, "<f4").tolist() == [0, 1, 2, 3, 4, 5]
    assert np.frombuffer(found.lines[0].lengths, "<i4").tolist() == [2, 1]
    assert found.lines[1].points == b""


def test_ink_without_a_unit_is_that_of_a_device(tmp_path: Path) -> None:
    path = tmp_path / "a.inkml"
    path.write_text("<ink><trace>1 2, 3 4</trace></ink>")
    assert ink_lines(str(path)).unit == "dev"


def test_what_is_no_ink_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.inkml").write_text("<svg/>")
    with pytest.raises(InputFileError, match="is no InkML"):
        ink_lines(str(tmp_path / "a.inkml"))
