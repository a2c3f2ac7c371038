from __future__ import annotations

from pytestqt.qtbot import QtBot

from seqgen.config import Progress
from seqgen.ink_sheets import HandwritingStyles, StyleSample
from seqgen_gui.handwriting.page import HandwritingPage
from tests.gui.handwriting.letters import FakeRequests

VERB = "handwriting_styles"


def sample(name: str) -> StyleSample:
    return StyleSample(
        name=name, width=30, height=8, points=b"\0\0\x80\x3f" * 4, lengths=b"\2\0\0\0"
    )


def list_styles(requests: FakeRequests, count: int = 30) -> list[str]:
    names = [f"s{number}" for number in range(count)]
    requests.all(VERB)[0].answer(HandwritingStyles(model="tiny", names=names, samples=[]))
    return names


def test_samples_in_sight_are_asked_for_and_kept(
    page: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    names = list_styles(requests)
    qtbot.waitUntil(lambda: len(requests.all(VERB)) == 2)
    wanted = requests.last(VERB).request["names"]
    assert wanted == names[: len(wanted)]
    assert 0 < len(wanted) <= 8
    data = {"sample": {"name": "s0", "width": 30, "height": 8, "points": "", "lengths": ""}}
    requests.last(VERB).on_progress(Progress(stage="styles", done=1, data=data))
    page.samples.want("", ["s0", "s29"])
    assert len(requests.all(VERB)) == 2  # the first are still on their way
    requests.last(VERB).answer(HandwritingStyles(model="tiny", names=names, samples=[]))
    assert requests.last(VERB).request["names"] == ["s29"]


def test_a_click_chooses_a_style_and_a_second_one_is_mixed(
    page: HandwritingPage, requests: FakeRequests
) -> None:
    list_styles(requests)
    style = page.parts.style
    style.gallery.chosen.emit("s3")
    assert page.flow.state.settings.whole_style == "s3"
    assert not style.mix.isEnabled()
    style.second.click()
    style.gallery.chosen.emit("s5")
    style.mix.setValue(5)
    assert page.flow.state.settings.whole_style == "s3:0.75,s5:0.25"


def test_writing_comes_before_samples(
    page: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    list_styles(requests)
    qtbot.waitUntil(lambda: len(requests.all(VERB)) == 2)
    page.parts.editor.setPlainText("Ada")
    page.actions_.write.trigger()
    assert requests.last(VERB).cancelled
    page.samples.want("", ["s1"])
    assert len(requests.all(VERB)) == 2
    page.actions_.stop.trigger()
    qtbot.waitUntil(lambda: len(requests.all(VERB)) == 3)


def test_a_model_that_is_not_there_is_told_in_the_gallery(
    page: HandwritingPage, requests: FakeRequests
) -> None:
    requests.all(VERB)[0].on_error("unknown model 'hand'")
    assert page.parts.style.trouble.text() == "No styles to show: unknown model 'hand'."
    assert page.parts.style.trouble.isVisible()
