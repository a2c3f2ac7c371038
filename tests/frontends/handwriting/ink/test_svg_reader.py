from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqgen.errors import InputFileError
from seqgen.frontends.handwriting.ink import svg_reader
from seqgen.frontends.handwriting.ink.curves import TOLERANCE
from seqgen.frontends.handwriting.ink.ink import Ink, Stroke
from seqgen.frontends.handwriting.ink.page_ink import PageInk, PenInk
from seqgen.frontends.handwriting.ink.svg_reader import SvgDrawing, read_svg
from seqgen.frontends.handwriting.ink.svg_writer import svg_page
from tests.frontends.handwriting.ink.deviation import apart
from tests.frontends.handwriting.ink.inks import inks, pen_strokes, texts

NAMESPACES = (
    'xmlns="http://www.w3.org/2000/svg" '
    'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
)
WIDE = 'width="200mm" height="50mm" viewBox="0 0 100 50" preserveAspectRatio="{}"'


def svg(body: str, size: str = 'width="100mm" height="50mm" viewBox="0 0 100 50"') -> bytes:
    return f"<svg {NAMESPACES} {size}>{body}</svg>".encode()


def read(body: str, size: str = 'width="100mm" height="50mm" viewBox="0 0 100 50"') -> SvgDrawing:
    return read_svg(svg(body, size), "a.svg")


def strokes(drawing: SvgDrawing) -> list[list[list[float]]]:
    every = [stroke for pen in drawing.page.pens for stroke in pen.ink.strokes]
    return [np.round(stroke, 6).tolist() for stroke in every]


def fault(data: bytes) -> str:
    with pytest.raises(InputFileError) as caught:
        read_svg(data, "a.svg")
    assert "\n" not in str(caught.value)
    return str(caught.value)


pens = st.lists(st.builds(PenInk, inks(), st.just("ink") | texts().filter(len)), max_size=3)


@settings(deadline=None, max_examples=40)
@given(pens.map(tuple), inks(), texts())
def test_a_page_is_read_as_it_was_written(
    some: tuple[PenInk, ...], guides: Ink, title: str
) -> None:
    page = PageInk(210, 297, some, guides)
    recipe = {"seed": 3, "text": title}
    data = svg_page(page, title=title, recipe=recipe, mode="polyline", tolerance=0)
    drawing = read_svg(data, "a.svg")
    assert (drawing.title, drawing.recipe, drawing.warnings) == (title, recipe, ())
    assert (drawing.page.width, drawing.page.height) == (210, 297)
    assert [(pen.name, pen.colour, pen.width) for pen in drawing.page.pens] == [
        (pen.name, pen.colour, pen.width) for pen in some
    ]
    read_inks = [*(pen.ink for pen in drawing.page.pens), drawing.page.guides]
    for mine, other in zip(read_inks, [*(pen.ink for pen in some), guides], strict=True):
        for stroke, sampled in zip(mine.strokes, other.strokes, strict=True):
            assert stroke.shape == sampled.shape or len(stroke) == 1
            assert np.abs(stroke - sampled).max() <= 0.001
    again = svg_page(drawing.page, title=title, recipe=recipe, mode="polyline", tolerance=0)
    assert again == data


@settings(deadline=None, max_examples=40)
@given(st.lists(pen_strokes(), min_size=1, max_size=3), st.sampled_from(["smooth", "polyline"]))
def test_thinned_and_smooth_pages_are_read_within_the_tolerance(
    some: list[Stroke], mode: str
) -> None:
    page = PageInk(210, 297, (PenInk(Ink(tuple(some))),))
    drawing = read_svg(svg_page(page, mode=mode), "a.svg", tolerance=0.001)
    for stroke, sampled in zip(drawing.page.pens[0].ink.strokes, some, strict=True):
        assert apart(stroke, sampled) <= TOLERANCE + 0.001


def test_a_dot_is_read_as_one_point() -> None:
    page = PageInk(9, 9, (PenInk(Ink((np.array([[1.5, 2.5]]),))),))
    for mode in ("smooth", "polyline"):
        assert strokes(read_svg(svg_page(page, mode=mode), "a")) == [[[1.5, 2.5]]]


@pytest.mark.parametrize(
    ("size", "page", "point"),
    [
        ('width="100mm" height="50mm" viewBox="0 0 100 50"', (100, 50), [10, 20]),
        ('width="10cm" height="5cm" viewBox="0 0 1000 500"', (100, 50), [1, 2]),
        ('width="100mm" height="50mm" viewBox="-10 5 100 50"', (100, 50), [20, 15]),
        ('width="96px" height="48"', (25.4, 12.7), [10 * 25.4 / 96, 20 * 25.4 / 96]),
        ('width="2in" height="72pt" viewBox="0 0 20 10"', (50.8, 25.4), [25.4, 50.8]),
        ('width="100mm" viewBox="0 0 200 100"', (100, 50), [5, 10]),
        ('width="100%" height="50mm" viewBox="0 0 200 100"', (100, 50), [5, 10]),
        ('width="200mm" height="50mm" viewBox="0 0 100 50"', (200, 50), [60, 20]),
        (WIDE.format("none"), (200, 50), [20, 20]),
        (WIDE.format("xMaxYMin"), (200, 50), [110, 20]),
        (WIDE.format("xMidYMin slice"), (200, 50), [20, 40]),
    ],
)
def test_units_and_view_boxes_become_millimetres(
    size: str, page: tuple[float, float], point: list[float]
) -> None:
    drawing = read('<path d="M10,20 L0,0"/>', size)
    assert (drawing.page.width, drawing.page.height) == pytest.approx(page)
    assert strokes(drawing)[0][0] == pytest.approx(point)
    assert drawing.warnings == ()


def test_a_drawing_without_lengths_is_taken_in_pixels_with_a_warning() -> None:
    drawing = read('<path d="M96,0 L0,0"/>', 'viewBox="0 0 960 96"')
    assert (drawing.page.width, drawing.page.height) == pytest.approx((254, 25.4))
    assert strokes(drawing)[0] == [[25.4, 0], [0, 0]]
    assert drawing.warnings == ("no size in a length: a unit is taken as 1/96 inch",)


def test_transforms_of_groups_and_shapes_add_up() -> None:
    body = (
        '<g transform="translate(10,5)"><g transform="scale(2)">'
        '<path transform="rotate(90)" d="M1,0 L2,0"/></g></g>'
    )
    assert strokes(read(body)) == [[[10, 7], [10, 9]]]


def test_each_shape_is_read_as_its_outline() -> None:
    body = (
        '<line x1="1" y1="2" x2="3px"/><polyline points="1,2 3,4"/><polygon points="0 0 1 0 1 1"/>'
        '<rect x="1" y="1" width="2" height="3"/><polyline points=""/><rect width="5"/>'
        '<circle cx="5" cy="5" r="0"/><path d=""/><path/>'
    )
    assert strokes(read(body)) == [
        [[1, 2], [3, 0]],
        [[1, 2], [3, 4]],
        [[0, 0], [1, 0], [1, 1], [0, 0]],
        [[1, 1], [3, 1], [3, 4], [1, 4], [1, 1]],
    ]
    (circle, ellipse), radii = (
        read('<circle cx="5" cy="6" r="2"/><ellipse cx="5" cy="6" rx="2" ry="1"/>')
        .page.pens[0]
        .ink.strokes,
        np.array([2.0, 1.0]),
    )
    assert np.hypot(*(circle - [5, 6]).T) == pytest.approx(2, abs=1e-4)
    assert np.hypot(*((ellipse - [5, 6]) / radii).T) == pytest.approx(1, abs=1e-4)


def test_layers_are_pens_and_what_is_outside_comes_first() -> None:
    layer = '<g inkscape:groupmode="layer" inkscape:label="{}" {}><path d="M1,1 L{},2"/></g>'
    body = (
        layer.format("2-blue", 'style="stroke:#00f; stroke-width: 0.2"', 3)
        + layer.format("%notes", "", 4)
        + "<g>"
        + layer.format("Ebene", 'stroke="red" stroke-width="1e5"', 5)
        + "</g>"
        + '<path d="M9,9 L8,8"/>'
    )
    page = read(body, 'width="100mm" height="50mm" viewBox="0 0 50 25"').page
    found = [(pen.name, pen.colour, pen.width) for pen in page.pens]
    assert found == [("ink", "black", 0.4), ("blue", "#00f", 0.4), ("Ebene", "red", 0.4)]
    assert [stroke.tolist() for stroke in page.guides.strokes] == [[[2, 2], [8, 4]]]


def test_what_is_not_read_is_counted() -> None:
    body = (
        "<defs><path d='M0,0 L1,1'/></defs><text>a</text><text>b</text><image/><use/>"
        "<svg><path d='M0,0 L1,1'/></svg><g style='display:none'><path d='M0,0 L1,1'/></g>"
        "<path visibility='hidden' d='M0,0 L1,1'/><x:y xmlns:x='urn:z'><path d='M0,0'/></x:y>"
    )
    drawing = read(body)
    assert strokes(drawing) == []
    assert drawing.warnings == (
        "1 <image> not read",
        "1 <svg> not read",
        "2 <text> not read",
        "1 <use> not read",
        "1 hidden <g> not read",
        "1 hidden <path> not read",
    )


@pytest.mark.parametrize(
    ("metadata", "recipe", "warnings"),
    [
        ("<rdf/>", None, ()),
        ('{"a": 1}', {"a": 1}, ()),
        ('{"a": ', None, ("the metadata is not JSON: no recipe read",)),
        ('{"a": NaN}', None, ("the metadata is not JSON: no recipe read",)),
        ('{"a": ' + "[" * 100_000, None, ("the metadata is not JSON: no recipe read",)),
    ],
    ids=["other", "recipe", "broken", "nan", "deep"],
)
def test_metadata_that_is_no_recipe_is_left_alone(
    metadata: str, recipe: object, warnings: tuple[str, ...]
) -> None:
    drawing = read(f"<metadata>{metadata}</metadata>")
    assert (drawing.recipe, drawing.warnings) == (recipe, warnings)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<ink/>", "a.svg is no SVG: its root is <ink>, not <svg>"),
        (b"", "a.svg is empty"),
        (b'<!DOCTYPE svg [<!ENTITY a "a">]><svg>&a;</svg>', "a.svg has a document type"),
        (
            b"<svg/>",
            "a.svg cannot be read: it has no size: neither width and height nor a viewBox",
        ),
        (svg("", 'width="1mm" height="0"'), "its size cannot be 1 by 0 mm"),
        (svg("", 'width="3em" height="2mm"'), "'3em' is no length"),
        (svg("", 'viewBox="0 0 1"'), "its viewBox cannot be '0 0 1'"),
        (svg("", 'viewBox="0 0 1 -1"'), "its viewBox cannot be"),
        (svg("", 'viewBox="0 0 nan 1"'), "is not a list of numbers"),
        (
            svg("", 'viewBox="0 0 1 1" preserveAspectRatio="x"'),
            "preserveAspectRatio cannot be 'x'",
        ),
        (
            svg('<path d="M1,2 L3"/>'),
            "shape 1 of a.svg, a <path>, cannot be read: L needs 2 numbers",
        ),
        (svg('<path d="M1,2 L3,4"/><path d="M1,nan"/>'), "shape 2 of a.svg"),
        (svg('<circle r="x"/>'), "a <circle>, cannot be read: 'x' is not a list of numbers"),
        (svg('<circle r="1 2"/>'), "r cannot be '1 2'"),
        (svg('<rect width="1" height="1" rx="1"/>'), "round corners are not known"),
        (svg('<g transform="spin(3)"/>'), "a <g> of a.svg cannot be read: the transform spin"),
        (svg('<g style="transform: rotate(3deg)"/>'), "of a style is not known"),
        (svg('<path d="M1,2 L1e9,4"/>'), "shape 1 of a.svg is farther than 1e+06 mm away"),
        (svg('<path transform="scale(1e9)" d="M1,2 L1e9,4"/>'), "farther than 1e+06 mm"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, message: str) -> None:
    assert message in fault(data)


def test_points_are_limited_before_curves_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svg_reader, "MAX_POINTS", 100)
    assert fault(svg('<path d="M0,0 C0,1e6 1e6,0 1e6,1e6"/>')) == "a.svg has more than 100 points"
    assert fault(svg('<path d="M0,0 L1,1"/>' * 51)) == "a.svg has more than 100 points"


@settings(deadline=None)
@given(st.binary(max_size=100) | st.text("MLC zZ0123.,-e<>/gpath='\" ").map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for whole in (data, svg("").replace(b"></svg>", b">" + data + b"</svg>")):
        with suppress(InputFileError):
            read_svg(whole, "a.svg")
