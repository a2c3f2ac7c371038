"""A user's mistake is one line and the right exit status."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from seqgen.config import Progress
from seqgen.errors import (
    InputFileError,
    ModelError,
    OutputError,
    SeqgenError,
    UsageError,
)

MUSIC = ["sample", "music", "-o", "x.mid"]
USAGE = [
    ([], "the following arguments are required: COMMAND (see seqgen --help)"),
    (["smaple"], "unknown COMMAND 'smaple', did you mean sample or completion?"),
    (["sample", "musik"], "unknown ART 'musik', did you mean music?"),
    (["sample", "music"], "the following arguments are required: -o/--output"),
    ([*MUSIC, "a.mid", "b.mid"], "unexpected argument 'b.mid'"),
    ([*MUSIC, "--tempratur", "1"], "unknown option --tempratur, did you mean --temperature"),
    ([*MUSIC, "--temp=1"], "unknown option --temp, did you mean --"),
    ([*MUSIC, "--time", "fre"], "unknown --time 'fre', did you mean free?"),
    ([*MUSIC, "--temperature", "warm"], "--temperature: 'warm' is not a number"),
    ([*MUSIC, "--temperature", "nan"], "--temperature: 'nan' is not a number"),
    ([*MUSIC, "--seconds", "inf"], "--seconds: 'inf' is not a number"),
    ([*MUSIC, "--bars", "2.5"], "--bars: '2.5' is not a whole number"),
    ([*MUSIC, "--bars", "2", "--notes", "3"], "not allowed with argument --bars"),
    (["sample", "music", "-o", "-", "--json"], "--json and -o - both want standard output"),
    (["train", "music", "--out", "run"], "the following arguments are required: DATA"),
    (["completion", "fsh"], "unknown SHELL 'fsh', did you mean fish"),
]


@pytest.mark.parametrize(("arguments", "message"), USAGE, ids=lambda value: str(value)[:50])
def test_a_usage_error_is_one_line_that_says_what_is_wrong(
    seqgen: Callable[..., Any], arguments: list[str], message: str
) -> None:
    told = seqgen(*arguments)
    assert (told.status, told.out) == (2, "")
    assert told.err.startswith("seqgen: error: ")
    assert message in told.err
    assert told.err.count("\n") == 1


def failing(error: BaseException) -> Callable[[Any], Iterator[Any]]:
    def work(_: Any) -> Iterator[Any]:
        yield Progress(stage="sampling", done=0)
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (SeqgenError, 1),
        (UsageError, 2),
        (InputFileError, 3),
        (ModelError, 4),
        (OutputError, 5),
        (KeyboardInterrupt, 130),
        (MemoryError, 1),
        (ZeroDivisionError, 1),
        (BrokenPipeError, 5),
    ],
)
def test_each_failure_has_its_exit_status(
    seqgen: Callable[..., Any], use_case: Any, error: type[BaseException], status: int
) -> None:
    use_case("seqgen.api.sample", "sample_music", failing(error("one\ntwo")))
    told = seqgen(*MUSIC)
    assert told.status == status
    assert told.err.count("\n") <= 1
    assert "Traceback" not in told.err


def test_a_bug_shows_its_traceback_when_asked(seqgen: Callable[..., Any], use_case: Any) -> None:
    use_case("seqgen.api.sample", "sample_music", failing(ZeroDivisionError()))
    assert "--verbose" in seqgen(*MUSIC).err
    with pytest.raises(ZeroDivisionError):
        seqgen(*MUSIC, "--verbose")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("command", [["--help"], ["models"], ["completion", "zsh"]])
def test_a_full_standard_output_is_a_write_error(
    process: Callable[..., Any], command: list[str]
) -> None:
    with Path("/dev/full").open("w") as full:
        told = process(*command, stdout=full)
    assert told.returncode == 5
    assert told.stderr == (
        "seqgen: error: cannot write to standard output: no space left on device\n"
    )


def test_a_reader_that_left_is_no_traceback(process: Callable[..., Any]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    told = process("completion", "bash", stdout=writer)
    os.close(writer)
    assert (told.returncode, told.stderr) == (5, "")


def test_closed_standard_output_and_error_are_survived(process: Callable[..., Any]) -> None:
    code = """
import sys
sys.stdout = sys.stderr = None  # what Python makes of `>&- 2>&-`
from seqgen.cli import main
sys.exit(main(sys.argv[1:]))
"""
    assert process("--help", code=code).returncode == 0
    assert process("smaple", code=code).returncode == 2


def test_version_is_one_line(seqgen: Callable[..., Any]) -> None:
    from seqgen import __version__

    assert seqgen("--version").out == f"seqgen {__version__}\n"


def test_ctrl_c_is_one_line_and_leaves_no_file(
    process: Callable[..., Any], tmp_path: Path
) -> None:
    code = """
import os, signal, sys, types
def sample_music(request):
    from seqgen.api import output_file
    os.fsync = lambda _: os.kill(os.getpid(), signal.SIGINT)  # Ctrl-C in the middle of writing
    output_file.write_output(request.output, b"notes", request.force)
    yield
stand_in = types.ModuleType("seqgen.api.sample")
stand_in.sample_music = sample_music
sys.modules["seqgen.api.sample"] = stand_in
from seqgen.cli import main
sys.exit(main(sys.argv[1:]))
"""
    told = process("sample", "music", "-o", str(tmp_path / "a.mid"), code=code)
    assert (told.returncode, told.stderr) == (130, "seqgen: error: interrupted\n")
    assert list(tmp_path.iterdir()) == []
