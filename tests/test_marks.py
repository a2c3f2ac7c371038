from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from seqgen import marks
from seqgen.marks import Mark, alive, mark_of


def test_a_process_is_known_again_and_not_taken_for_another() -> None:
    mark = mark_of(os.getpid())
    assert alive(mark)
    assert mark == mark_of(os.getpid())
    assert not alive(Mark(mark.pid, mark.birth + "1"))
    assert not alive(Mark())


def test_a_process_that_has_ended_is_not_alive_even_while_nobody_asked_for_its_end() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    mark = mark_of(child.pid)
    assert alive(mark)
    assert child.stdin is not None
    child.stdin.close()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert not alive(mark)
    child.wait()
    assert not alive(mark)


@pytest.mark.skipif(shutil.which("ps") is None, reason="there is no ps")
def test_ps_tells_when_a_process_began_wherever_the_system_tells_it_by_no_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    there = marks.birth(os.getpid())
    monkeypatch.setenv("TZ", "Europe/Paris")
    assert there
    assert marks.birth(os.getpid()) == there
    command = ["ps", "-o", "stat=", "-o", "lstart=", "-p", str(os.getpid())]
    told: list[list[str]] = []
    run = subprocess.run

    def noted(args: list[str], **settings: object) -> object:
        told.append(args)
        return run(args, **settings)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", noted)
    marks.birth(os.getpid())
    assert told == [command]  # where a comma parts fields, a BSD takes the second for a title
