from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from seqgen.config import SampleHandwriting, SampleMusic
from seqgen_gui.train.run import BEST, SAMPLES, Asked
from tests.gui.train.conftest import Open
from tests.gui.train.made import made_run, report, write_metrics
from tests.gui.train.test_page import look

SVG = '<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("art", "kind"), [("music", SampleMusic), ("handwriting", SampleHandwriting)]
)
def test_a_sample_is_asked_of_the_best_model_and_shown(
    opened: Open, tmp_path: Path, art: str, kind: type[Any]
) -> None:
    asked = Asked(art=art, data=("x",), recipe="r")
    run = made_run(tmp_path / "runs" / "a", asked=asked)
    write_metrics(run.folder, report(30, "valid"))
    place = opened()
    place.page.list.setCurrentRow(0)
    samples = place.page.view.samples
    assert not samples.now_button.isEnabled()
    (run.folder / BEST).touch()
    samples.show_run(run, place.page._log(run))
    samples.now_button.click()
    sent = place.worker.last(f"sample_{art}")
    assert isinstance(sent.request, kind)
    assert sent.request.model == str(run.folder)
    assert not samples.now_button.isEnabled()
    Path(sent.request.output).write_text(SVG)
    sent.on_result({})
    assert samples.list.item(0).text() == "Update 30"
    assert (run.folder / SAMPLES / "30").with_suffix(Path(sent.request.output).suffix).exists()
    assert samples.now_button.isEnabled()


def test_each_new_best_is_sampled_where_that_is_wanted(opened: Open, tmp_path: Path) -> None:
    run = made_run(tmp_path / "runs" / "a")
    (run.folder / BEST).touch()
    write_metrics(run.folder, report(10, "valid", loss=3.0))
    place = opened()
    place.page.list.setCurrentRow(0)
    place.page.view.samples.always.setChecked(True)
    write_metrics(run.folder, report(20, "valid", loss=3.1))
    look(place)
    assert not [one for one in place.worker.sent if one.verb == "sample_music"]
    write_metrics(run.folder, report(30, "valid", loss=2.9))
    look(place)
    assert place.worker.last("sample_music").request.output.endswith("30.mid")


def test_a_new_sample_does_not_push_away_the_one_that_is_looked_at(
    opened: Open, tmp_path: Path
) -> None:
    asked = Asked(art="handwriting", data=("x",), recipe="r")
    run = made_run(tmp_path / "runs" / "a", asked=asked)
    (run.folder / BEST).touch()
    (run.folder / SAMPLES).mkdir()
    for update in (10, 20):
        (run.folder / SAMPLES / f"{update}.svg").write_text(SVG)
    place = opened()
    place.page.list.setCurrentRow(0)
    samples = place.page.view.samples
    assert samples.list.currentItem().text() == "Update 20"
    samples.list.setCurrentRow(1)
    for update in (30, 40):
        new = run.folder / SAMPLES / f"{update}.svg"
        new.write_text(SVG)
        samples.sampler.made.emit(place.page.current, new)
        assert samples.list.count() == update // 10
        assert samples.list.currentItem().text() == "Update 10"
    samples.list.setCurrentRow(0)
    new = run.folder / SAMPLES / "50.svg"
    new.write_text(SVG)
    samples.sampler.made.emit(place.page.current, new)
    assert samples.list.currentItem().text() == "Update 50"
