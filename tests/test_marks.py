from __future__ import annotations

import os
import subprocess
import sys

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
