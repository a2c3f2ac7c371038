from __future__ import annotations

from pytestqt.qtbot import QtBot

from seqgen.config import Progress, SampleMusic
from seqgen_gui.music.generator import Generator
from tests.gui.handwriting.letters import FakeRequests

REQUEST = SampleMusic(primer=None, output="take.mid")


def progress(done: int, *rows: list[int]) -> Progress:
    return Progress(stage="sampling", done=done, data={"take": 0, "notes": list(rows)})


def test_notes_that_come_fast_are_told_together_and_none_is_lost(qtbot: QtBot) -> None:
    requests = FakeRequests()
    generator = Generator(requests)
    told: list[tuple[int, int]] = []
    generator.noted.connect(lambda first, last: told.append((first, last)))
    generator.start(REQUEST)
    on_progress = requests.last("sample_music").on_progress
    on_progress(Progress(stage="reading", done=0))
    for step in range(200):
        on_progress(progress(step, [step * 10, step * 10 + 30, 60, 90, 0]))
        assert told[0] == (0, 30)
    qtbot.waitUntil(lambda: told[-1][1] == 199 * 10 + 30)
    assert len(told) < 100
    covered = 0
    for first, last in told:
        assert first <= covered
        covered = last - 20
    assert len(generator.notes) == 200


def test_nothing_is_told_of_a_take_that_was_given_up(qtbot: QtBot) -> None:
    requests = FakeRequests()
    generator = Generator(requests)
    generator.start(REQUEST)
    on_progress = requests.last("sample_music").on_progress
    on_progress(progress(0, [0, 30, 60, 90, 0]))
    on_progress(progress(1, [10, 30, 60, 90, 0]))
    generator.cancel()
    with qtbot.assertNotEmitted(generator.noted, wait=80):
        pass
    assert generator.notes == []
