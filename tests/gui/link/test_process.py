from __future__ import annotations

import os
import sys
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from seqgen_gui.link.process import LineProcess

ECHO = """
import sys
for line in sys.stdin:
    if "fail" in line:
        sys.stderr.write("first words\\n\\nlast words\\n\\n")
        sys.exit(3)
    print(line, end="", flush=True)
"""


def python(code: str) -> LineProcess:
    return LineProcess([sys.executable, "-c", code])


def test_lines_are_told_as_they_come(qtbot: QtBot) -> None:
    process = python(ECHO)
    heard: list[Any] = []
    process.heard.connect(heard.append)
    process.start()
    for number in range(3):
        with qtbot.waitSignal(process.heard):
            process.say({"number": number})
    assert heard == [{"number": 0}, {"number": 1}, {"number": 2}]
    process.end()
    assert not process.running


def test_the_end_is_told_with_the_last_words(qtbot: QtBot) -> None:
    process = python(ECHO)
    process.start()
    with qtbot.waitSignal(process.ended) as told:
        process.say("fail")
    assert told.args == ["it ended with status 3: last words"]
    assert "first words" in process.errors


def test_a_killed_process_names_the_signal(qtbot: QtBot) -> None:
    process = python(ECHO)
    process.start()
    with qtbot.waitSignal(process.heard):
        process.say({})
    assert process.pid
    with qtbot.waitSignal(process.ended) as told:
        process.kill()
    assert told.args == ["it was ended by signal 9"]


def test_what_was_said_before_the_end_is_heard_before_it(qtbot: QtBot) -> None:
    process = python("for number in range(20_000): print('{\"number\": %d}' % number)")
    heard: list[Any] = []
    process.heard.connect(heard.append)
    counts: list[int] = []
    process.ended.connect(lambda _: counts.append(len(heard)))
    with qtbot.waitSignal(process.ended, timeout=20_000):
        process.start()
    assert counts == [20_000]
    assert [line["number"] for line in heard] == list(range(20_000))


def test_a_line_that_is_no_json_object_is_noted_and_passed_over(qtbot: QtBot) -> None:
    process = python("print('noise'); print('[1]'); print('{\"a\": 1}')")
    heard: list[Any] = []
    process.heard.connect(heard.append)
    with qtbot.waitSignal(process.ended):
        process.start()
    assert heard == [{"a": 1}]
    assert "noise" in process.errors


def test_a_command_that_is_not_there_ends_at_once(qtbot: QtBot) -> None:
    process = LineProcess(["no-such-command"])
    with qtbot.waitSignal(process.ended) as told:
        process.start()
    assert told.args == ["no-such-command cannot be started"]


def test_a_process_that_does_not_end_is_killed(qtbot: QtBot) -> None:
    process = python("import time; print('{}', flush=True); time.sleep(600)")
    with qtbot.waitSignal(process.heard):
        process.start()
    process.end()
    assert not process.running


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="no such priorities here")
@pytest.mark.parametrize("nice", [0, 7])
def test_a_process_gives_way_as_far_as_it_is_told(qtbot: QtBot, nice: int) -> None:
    process = LineProcess([sys.executable, "-c", ECHO], nice=nice)
    process.start()
    with qtbot.waitSignal(process.heard):
        process.say({})
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, process.pid) == min(own + nice, 19)
    process.end()
