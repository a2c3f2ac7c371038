from __future__ import annotations

from pytestqt.qtbot import QtBot

from seqgen.config import Progress
from seqgen.ink_sheets import HandwritingStyles, StyleSample
from seqgen_gui.handwriting.page import HandwritingPage
from seqgen_gui.shell.window import MainWindow
from tests.gui.handwriting.letters import FakeRequests

VERB = "handwriting_styles"


def sample(name: str) -> StyleSample:
    return StyleSample(
        name=name, width=30, height=8, points=b"\0\0\x80\x3f" * 4, lengths=b"\2\0\0\0"
    )


def list_styles(requests: FakeRequests, count: int = 30, hands: tuple[str, ...] = ()) -> list[str]:
    names = [f"s{number}" for number in range(count)]
    told = HandwritingStyles(model="tiny", names=names, hands=list(hands), samples=[])
    requests.all(VERB)[0].answer(told)
    return [*hands, *names]


def draw(requests: FakeRequests, name: str) -> None:
    data = {"sample": {"name": name, "width": 30, "height": 8, "points": "", "lengths": ""}}
    requests.last(VERB).on_progress(Progress(stage="styles", done=1, data=data))


def test_all_samples_are_asked_for_at_once_and_kept(
    page: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    names = list_styles(requests)
    qtbot.waitUntil(lambda: len(requests.all(VERB)) == 2)
    assert requests.last(VERB).request["names"] == names
    draw(requests, "s0")
    page.samples.want("", ["s0", "s1:0.5,s2:0.5"])
    assert len(requests.all(VERB)) == 2  # the first are still on their way
    requests.last(VERB).answer(HandwritingStyles(model="tiny", names=names, samples=[]))
    assert requests.last(VERB).request["names"] == ["s1:0.5,s2:0.5"]


def test_of_many_styles_those_in_sight_come_first(
    page: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    list_styles(requests, 200)
    qtbot.waitUntil(lambda: len(requests.all(VERB)) == 2)
    assert len(requests.last(VERB).request["names"]) == 64
    gallery = page.parts.style.gallery
    gallery.verticalScrollBar().setValue(gallery.verticalScrollBar().maximum())
    requests.last(VERB).answer(HandwritingStyles(model="tiny", names=[], samples=[]))
    qtbot.waitUntil(lambda: "s199" in requests.last(VERB).request["names"])


def test_a_click_chooses_a_style_and_a_second_one_is_mixed(
    page: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    list_styles(requests)
    style = page.parts.style
    style.gallery.chosen.emit("s3")
    assert page.flow.state.settings.whole_style == "s3"
    assert not style.mix.slider.isVisible()
    style.mix.second.click()
    style.gallery.chosen.emit("s5")
    style.mix.slider.setValue(5)
    assert page.flow.state.settings.whole_style == "s3:0.75,s5:0.25"
    assert style.mix.share.text() == "75% and 25%"
    qtbot.waitUntil(lambda: bool(requests.all(VERB)[1:]))
    requests.last(VERB).answer(HandwritingStyles(model="tiny", names=[], samples=[]))
    qtbot.waitUntil(lambda: "s3:0.75,s5:0.25" in requests.last(VERB).request["names"])
    draw(requests, "s3:0.75,s5:0.25")
    assert not style.mix.preview.pixmap().isNull()
    style.mix.drop.click()
    assert page.flow.state.settings.whole_style == "s3"


def test_hands_of_ones_own_come_first_and_can_be_renamed_and_deleted(
    page: HandwritingPage, requests: FakeRequests
) -> None:
    list_styles(requests, hands=("Ada.hand",))
    style = page.parts.style
    assert style.gallery.item(0).text() == "Ada"
    style.gallery.chosen.emit("s1")
    assert not style.hand.isVisible()
    style.gallery.chosen.emit("Ada.hand")
    assert style.hand.isVisible()
    page.hands.rename("Ada.hand", "Bea")
    requests.last("rename_hand").answer("Bea.hand")
    assert page.flow.state.settings.style == "Bea.hand"
    page.hands.delete("Bea.hand")
    requests.last("delete_hand").answer(None)
    assert page.flow.state.settings.style is None


def test_a_hand_that_cannot_be_renamed_says_why(
    page: HandwritingPage, requests: FakeRequests, window: MainWindow
) -> None:
    page.hands.rename("Ada.hand", "a/b")
    requests.last("rename_hand").on_error("'a/b' is no name for a hand")
    assert [notice.text for notice in window.notices.shown] == ["'a/b' is no name for a hand"]


def test_styles_stay_to_be_chosen_where_one_of_them_cannot_be_drawn(
    page: HandwritingPage, requests: FakeRequests, qtbot: QtBot
) -> None:
    list_styles(requests)
    count = page.parts.style.gallery.count()
    qtbot.waitUntil(lambda: len(requests.all(VERB)) == 2)
    requests.last(VERB).on_error("no such file: me.hand")
    style = page.parts.style
    assert style.trouble.text() == "Some styles cannot be drawn: no such file: me.hand."
    assert count == style.gallery.count() > 0


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
