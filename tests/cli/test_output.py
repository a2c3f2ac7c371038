from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

import pytest

from seqgen.cli import output
from seqgen.cli.output import Output, duration, table
from seqgen.config import Progress, TrainResult

RESULT = TrainResult(
    model="m", updates=1, epochs=1, seconds=1, best={}, reason="finished", warnings=[]
)


def voice(**settings: bool) -> Output:
    plain = {"json": False, "quiet": False, "verbose": False}
    return Output(argparse.Namespace(**plain | settings))


def work() -> Iterator[Progress | TrainResult]:
    yield Progress(stage="reading", done=1, total=2, note="a.mid")
    yield Progress(stage="reading", done=2, total=2, metrics={"eta": 600})
    yield RESULT


def test_a_terminal_gets_a_bar_on_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(output, "BAR_AFTER", -1)
    monkeypatch.setattr(output, "_is_terminal", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")  # makes rich take anything for a terminal
    assert voice().follow(work(), line=lambda value: f"done {value.done:g}") == RESULT
    told = capsys.readouterr()
    assert told.out == ""
    assert "done 1\n" in told.err
    assert "reading" in told.err


def test_a_log_file_gets_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(output, "LINE_EVERY", -1)
    voice().follow(work())
    assert capsys.readouterr().err == "reading 1/2  a.mid\nreading 2/2\n"


def test_verbose_says_every_step(capsys: pytest.CaptureFixture[str]) -> None:
    voice(verbose=True).follow(work())
    assert capsys.readouterr().err == "reading 1/2  a.mid\nreading 2/2\n"


def test_short_work_says_nothing_and_imports_no_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(output, "_is_terminal", lambda: True)
    monkeypatch.setitem(sys.modules, "rich.progress", None)
    voice().follow(work())
    assert capsys.readouterr() == ("", "")


def test_work_without_a_result_is_a_bug() -> None:
    with pytest.raises(RuntimeError, match="without a result"):
        voice().follow(iter([Progress(stage="reading", done=1)]))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (89, "89 s"), (90, "2 min"), (5399, "90 min"), (9000, "2.5 h")],
)
def test_durations_are_short(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_tables_are_aligned() -> None:
    assert table([("a", "bc", ""), ("def", "g", "h")]) == ["a    bc", "def  g   h"]
    assert table([]) == []
