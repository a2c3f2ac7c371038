"""``seqgen sample handwriting`` with a real model and real files, some in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seqgen.frontends.handwriting.ink.svg_reader import read_svg
from tests.api.writing import SLOW, hand
from tests.places import ROOT

Seqgen = Callable[..., Any]
MODULES = """
import json, sys
from seqgen.cli import main
status = main(sys.argv[1:])
print(json.dumps([status, sorted({name.partition('.')[0] for name in sys.modules})]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with models, texts and a file that stays."""
    path = tmp_path_factory.mktemp("files")
    hand(path / "tiny.safetensors")
    hand(path / "slow.safetensors", SLOW)
    (path / "letter.txt").write_text("Dear Ada,\n\nthank you.\n")
    (path / "empty.txt").write_text("")
    (path / "old.svg").write_text("mine")
    (path / "cut.safetensors").write_bytes((path / "tiny.safetensors").read_bytes()[:-2000])
    return path


REFUSED = [
    ([""], 2, "the text is empty, there is nothing to write"),
    (["\x1b"], 2, "the text holds the control character U+001B at place 1"),
    (["@gone.txt"], 3, "no such file: gone.txt"),
    (["@."], 3, "is a directory, not a file"),
    (["@empty.txt"], 3, "is empty"),
    (["Ada", "--page", "a99"], 2, "'a99'"),
    (["Ada", "--page", "a6", "--margin", "60"], 2, "margins of 60 and 60 mm leave 0 mm"),
    (["Ada", "--x-height", "0"], 2, "x-height must be from 0.5 to 200 mm, not 0"),
    (["Ada", "--style", "adda"], 2, "model tiny-hand has no style 'adda', did you mean ada?"),
    (["Ada", "--style", "gone.hand"], 3, "gone.hand"),
    (["12345678", "--page", "20x30"], 2, "the word '12345678' is "),
    (["Ada", "--model", "tinny"], 4, "unknown model 'tinny'"),
    (["Ada", "--model", "cut.safetensors"], 4, "cut.safetensors is damaged or cut short"),
    (["Ada", "-o", "old.svg"], 5, "old.svg exists already, --force overwrites it"),
    (["Ada", "-o", "no/such/out.svg"], 5, "no such directory"),
    (["Ada", "-o", "out.pdf"], 2, "'out.pdf' is no kind of page that can be written"),
]


@pytest.mark.parametrize(("arguments", "status", "message"), REFUSED, ids=str)
def test_a_mistake_is_one_line_and_writes_nothing(
    seqgen: Seqgen,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    status: int,
    message: str,
) -> None:
    monkeypatch.chdir(folder)
    before = sorted(folder.iterdir())
    given = ["-o", "out.svg", "--model", "./tiny.safetensors", *arguments]
    told = seqgen("sample", "handwriting", *given)
    assert (told.status, told.out) == (status, "")
    assert told.err.startswith("seqgen: error: ")
    assert told.err.count("\n") == 1
    assert message in told.err
    assert sorted(folder.iterdir()) == before
    assert (folder / "old.svg").read_text() == "mine"


def test_a_letter_is_written_and_summed_up(seqgen: Seqgen, folder: Path, tmp_path: Path) -> None:
    told = seqgen(
        *("sample", "handwriting", f"@{folder}/letter.txt", "-o", str(tmp_path / "out.svg")),
        *("--model", str(folder / "tiny.safetensors"), "--seed", "4", "--json"),
    )
    assert told.status == 0
    [letter] = json.loads(told.out)["letters"]
    found = read_svg((tmp_path / "out.svg").read_bytes(), "out.svg")
    assert letter["strokes"] == len(found.page.pens[0].ink.strokes)
    assert letter["seed"] == 4


def test_lines_that_were_drawn_anew_are_counted(
    seqgen: Seqgen, folder: Path, tmp_path: Path
) -> None:
    told = seqgen(
        *("sample", "handwriting", "a", "-o", str(tmp_path / "out.svg"), "--seed", "1"),
        *("--model", str(folder / "slow.safetensors"), "--json"),
    )
    [letter] = json.loads(told.out)["letters"]
    assert (letter["redrawn"]["runaway"], letter["faults"]["runaway"]) == (5, 1)
    assert "seed 1: lines that may not read well: " in told.err


def test_force_overwrites(seqgen: Seqgen, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out.svg").write_text("mine")
    given = ["-o", str(tmp_path / "out.svg"), "--model", str(folder / "tiny.safetensors")]
    assert seqgen("sample", "handwriting", "Ada", *given).status == 5
    assert seqgen("sample", "handwriting", "Ada", *given, "--force").status == 0
    assert "<svg" in (tmp_path / "out.svg").read_text()


def test_a_pipe_reads_a_text_and_writes_a_page(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "seqgen", "sample", "handwriting", "-", "--seed", "4"]
    command += ["--model", str(folder / "tiny.safetensors")]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    pages = []
    for output in ("-", str(tmp_path / "out.svg")):
        told = subprocess.run(
            [*command, "-o", output],
            input="Dear Zoë,\nthank you\n".encode(),
            capture_output=True,
            timeout=60,
            env=environment,
        )
        assert told.returncode == 0
        pages.append(told.stdout if output == "-" else Path(output).read_bytes())
        assert b"seed 4" in (told.stderr if output == "-" else told.stdout)
    assert pages[0] == pages[1]
    assert read_svg(pages[0], "page").page.pens[0].ink


@pytest.mark.parametrize(("output", "used"), [("out.svg", True), ("out.inkml", False)])
def test_writing_imports_no_torch_and_svgwrite_only_for_svg(
    process: Callable[..., Any], folder: Path, tmp_path: Path, output: str, used: bool
) -> None:
    given = ["-o", str(tmp_path / output), "--model", str(folder / "tiny.safetensors"), "--quiet"]
    told = process("sample", "handwriting", "Dear Ada, 12", *given, code=MODULES)
    status, modules = json.loads(told.stdout)
    assert (status, told.stderr) == (0, "")
    assert not {"torch", "PySide6", "mido", "scipy"} & set(modules)
    assert ("svgwrite" in modules) == used


def test_ctrl_c_while_writing_leaves_no_file(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "seqgen", "sample", "handwriting", "never more " * 5000]
    process = subprocess.Popen(
        [*command, "-o", "out.svg", "--model", folder / "slow.safetensors", "--page", "a4"],
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
    )
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(3)  # by then it is drawing
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told.splitlines()[-1] == "seqgen: error: interrupted"
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []
