from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqgen.errors import InputFileError, UsageError
from seqgen.frontends.handwriting.ink import inkml
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml import InkLine, read_inkml, write_inkml
from tests.frontends.handwriting.ink.inks import inks, texts

INK = Ink((np.array([[1.0, 2.0], [3.5, -4.25]]), np.array([[0.0, 0.0]])))


def document(body: str) -> bytes:
    return f'<ink xmlns="http://www.w3.org/2003/InkML">{body}</ink>'.encode()


def read_one(body: str) -> InkLine:
    (line,) = read_inkml(document(body), "a.inkml")
    return line


def points(line: InkLine) -> list[list[list[float]]]:
    return [stroke.tolist() for stroke in line.ink.strokes]


def fault(data: bytes) -> str:
    with pytest.raises(InputFileError) as caught:
        read_inkml(data, "a.inkml")
    assert "\n" not in str(caught.value)
    return str(caught.value)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.builds(InkLine, inks(), texts(), texts()), max_size=4))
def test_lines_are_read_as_they_were_written(lines: list[InkLine]) -> None:
    data = write_inkml(lines)
    read = read_inkml(data, "a.inkml")
    assert write_inkml(read) == data
    assert [(line.text, line.hand) for line in read] == [(line.text, line.hand) for line in lines]
    for mine, other in zip(read, lines, strict=True):
        assert len(mine.ink.strokes) == len(other.ink.strokes)
        for stroke, sampled in zip(mine.ink.strokes, other.ink.strokes, strict=True):
            assert stroke.shape == sampled.shape
            assert np.abs(stroke - sampled).max() <= 0.0005 + 1e-9


def test_a_written_file_says_millimetres_text_and_hand() -> None:
    text = write_inkml([InkLine(INK, "Tea & <ink>", "mine")]).decode()
    assert text.startswith("<?xml version='1.0' encoding='utf-8'?>\n<ink xmlns=")
    assert '<channel name="X" type="decimal" units="mm" />' in text
    assert '<annotation type="truth">Tea &amp; &lt;ink&gt;</annotation>' in text
    assert '<annotation type="writer">mine</annotation>' in text
    assert "<trace>1.000 2.000, 3.500 -4.250</trace>" in text


def test_what_a_file_cannot_hold_is_not_written() -> None:
    with pytest.raises(UsageError, match=r"cannot hold the character U\+0007 at 2"):
        write_inkml([InkLine(INK, "hi\a")])
    with pytest.raises(ValueError, match="finite"):
        write_inkml([InkLine(Ink((np.array([[np.nan, 0.0]]),)))])
    with pytest.raises(ValueError, match="in mm, not in dev"):
        write_inkml([InkLine(INK, unit="dev")])


def test_a_file_without_ink_has_no_lines() -> None:
    assert read_inkml(document(""), "a") == []
    assert (
        read_one("<traceGroup><annotation type='truth'>hi</annotation></traceGroup>").text == "hi"
    )


def test_traces_without_a_group_are_one_line() -> None:
    line = read_one(
        "<annotation type='truth'> all </annotation><trace>1 2</trace><trace>3 4</trace>"
    )
    assert (line.text, line.unit, points(line)) == ("all", "dev", [[[1, 2]], [[3, 4]]])


def test_a_group_of_groups_is_as_many_lines() -> None:
    group = "<traceGroup><annotation type='truth'>{}</annotation>{}</traceGroup>"
    words = (
        "<traceGroup><trace>1 2</trace></traceGroup><traceGroup><trace>3 4</trace></traceGroup>"
    )
    page = group.format("one", words) + group.format("two", "<trace>5 6</trace>")
    data = document(f"<traceGroup><annotation type='writer'>ada</annotation>{page}</traceGroup>")
    lines = read_inkml(data, "a")
    assert [(line.text, line.hand) for line in lines] == [("one", "ada"), ("two", "ada")]
    assert [points(line) for line in lines] == [[[[1, 2]], [[3, 4]]], [[[5, 6]]]]


def test_groups_that_only_view_traces_are_no_lines() -> None:
    view = "<annotation type='truth'>x</annotation><traceView traceDataRef='1'/>"
    line = read_one(
        "<annotation type='truth'>$x$</annotation><trace id='1'>1 2, 3 4</trace>"
        f"<traceGroup><annotation type='truth'>From ITF</annotation>"
        f"<traceGroup>{view}</traceGroup></traceGroup>"
    )
    assert (line.text, points(line)) == ("$x$", [[[1, 2], [3, 4]]])


@pytest.mark.parametrize(
    ("trace", "expected"),
    [
        (" 1 2 ,\n3 4, ", [[1, 2], [3, 4]]),
        ("1.5 -2, 3e1 .25", [[1.5, -2], [30, 0.25]]),
        ("1-2,-3-4", [[1, -2], [-3, -4]]),
        ("#1F #-A".replace("#-A", "-#A"), [[31, -10]]),
        ("1 2, * 5, 7 *", [[1, 2], [1, 5], [7, 5]]),
        # The example of section 3.2.1, X and Y
        ("1125 18432,'23'43,\"7\"-8,3-5,7 -3", [[1125, 18432], [1148, 18475], [1178, 18510]]),
        ("10 10,'1'1,2 2,!5 !5,1 1", [[10, 10], [11, 11], [13, 13], [5, 5], [1, 1]]),
        ("10 10,'5'0,* *,\"1\"1", [[10, 10], [15, 10], [15, 10], [16, 11]]),
    ],
)
def test_the_forms_of_a_trace(trace: str, expected: list[list[float]]) -> None:
    line = read_one(f"<trace>{trace}</trace>")
    assert points(line)[0][: len(expected)] == expected


@pytest.mark.parametrize(
    ("trace", "message"),
    [
        ("1 2, 3", "point 2 of trace 1 of a.inkml cannot be read: it needs 2 values"),
        ("1 x", "point 1 of trace 1 of a.inkml cannot be read: 'x' is no number"),
        ("nan 1", "'nan 1' is no number"),
        ("inf 1", "is no number"),
        ("1e999 1", "trace 1 of a.inkml has the coordinate inf: the limit is 1e+09"),
        ("1 -2e9", "the coordinate -2e+09"),
        ("1 ?", "the coordinate nan"),
        ("1_0 1", "is no number"),
        ("\u0661 1", "is no number"),  # an Arabic digit
        ("+-1 1", "is no number"),
    ],
)
def test_a_trace_that_cannot_be_read_is_named(trace: str, message: str) -> None:
    assert message in fault(document(f"<trace>{trace}</trace>"))


def test_channels_come_in_any_order_and_others_are_skipped() -> None:
    channels = (
        "<traceFormat><channel name='T' units='ms'/><channel name='Y' units='cm'/>"
        "<channel name='F'/><channel name='X' units='in'/>"
        "<intermittentChannels><channel name='B'/></intermittentChannels></traceFormat>"
    )
    traces = "<trace>0 1 0.5 2, 8 2 0.5 3 T, 9 '1 0 '1</trace><trace>0-1 0-2</trace>"
    line = read_one(f"<definitions>{channels}</definitions>{traces}")
    expected = [[[50.8, 10], [76.2, 20], [101.6, 30]], [[-50.8, -10]]]
    assert line.unit == "mm"
    for mine, other in zip(points(line), expected, strict=True):
        assert np.allclose(mine, other)


def test_a_resolution_counts_device_units_in_a_length() -> None:
    head = (
        "<definitions><context id='c'><inkSource><traceFormat><channel name='X' units='cm'/>"
        "<channel name='Y' units='cm'/></traceFormat><channelProperties>"
        "<channelProperty channel='X' name='resolution' value='1000' units='1/cm'/>"
        "<channelProperty channel='Y' name='resolution' value='500' units='1/cm'/>"
        "</channelProperties></inkSource></context></definitions>"
    )
    line = read_one(f"{head}<trace contextRef='#c'>1000 1000</trace>")
    assert (line.unit, points(line)) == ("mm", [[[10, 20]]])


def test_a_negative_orientation_turns_y_down() -> None:
    channels = "<channel name='X'/><channel name='Y' orientation='-ve'/>"
    line = read_one(f"<traceFormat>{channels}</traceFormat><trace>1 2</trace>")
    assert (line.unit, points(line)) == ("dev", [[[1, -2]]])


def test_each_trace_has_the_format_of_its_context() -> None:
    mm = "<channel name='X' units='mm'/><channel name='Y' units='mm'/>"
    swapped = "<channel name='Y' units='cm'/><channel name='X' units='cm'/>"
    head = (
        f"<definitions><traceFormat xml:id='a'>{mm}</traceFormat>"
        f"<context xml:id='b'><traceFormat>{swapped}</traceFormat></context>"
        "<context xml:id='c' traceFormatRef='#a'/><context xml:id='d' contextRef='#d'/>"
        "</definitions>"
    )
    group = "<traceGroup contextRef='#b'><trace>1 2</trace><trace contextRef='#c'>1 2</trace>"
    lines = read_inkml(
        document(f"{head}{group}</traceGroup><trace contextRef='#d'>3 4</trace>"), "a"
    )
    assert [points(line) for line in lines] == [[[[3, 4]]], [[[20, 10]], [[1, 2]]]]


def test_a_lifted_pen_and_an_empty_trace_leave_no_ink() -> None:
    line = read_one("<trace type='penUp'>1 1, 2 2</trace><trace/><trace>3 3</trace>")
    assert points(line) == [[[3, 3]]]


def test_other_documents_are_refused() -> None:
    expected = "a.inkml is no InkML: its root is <svg>, not <ink>"
    assert fault(b'<svg xmlns="http://www.w3.org/2000/svg"/>') == expected
    assert fault(b"") == "a.inkml is empty"
    assert "document type" in fault(b'<!DOCTYPE ink [<!ENTITY a "a">]><ink>&a;</ink>')
    expected = "a.inkml has a trace format without channels X and Y: X, F"
    channels = "<channel name='X'/><channel name='F'/>"
    assert fault(document(f"<traceFormat>{channels}</traceFormat>")) == expected


def test_points_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inkml, "MAX_POINTS", 3)
    assert len(read_inkml(document("<trace>1 1, 2 2, 3 3</trace>"), "a")) == 1
    data = document("<trace>1 1, 2 2</trace><trace>1 1, 2 2</trace>")
    assert fault(data) == "a.inkml has more than 3 points"


@settings(deadline=None)
@given(st.binary(max_size=200) | texts().map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for whole in (data, b"<ink><trace>" + data + b"</trace></ink>"):
        with suppress(InputFileError):
            assert all(line.text == "" for line in read_inkml(whole, "a.inkml"))
