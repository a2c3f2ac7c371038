from __future__ import annotations

import string
import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from seqgen.frontends.handwriting.glyphs import glyph as module
from seqgen.frontends.handwriting.glyphs.glyph import Glyph, mark_named, own_glyph
from seqgen.frontends.handwriting.ink.spline import Points, sampled

TABLES = tomllib.loads(Path(module.__file__).with_name("glyphs.toml").read_text("utf-8"))
OWN = [key for name, table in TABLES.items() if name != "mark" for key in table]


def glyph(character: str) -> Glyph:
    found = own_glyph(character)
    assert found is not None
    return found


def raster(character: str) -> Points:
    """The ink of a glyph as how much lies in each of 20 x 12 cells of fixed size."""
    points = np.concatenate([sampled(t.knots, t.corners, 0.02) for t in glyph(character).traces])
    bins = (np.linspace(-2.1, 1.0, 21), np.linspace(-0.2, 1.8, 13))
    counts, *_ = np.histogram2d(points[:, 1], points[:, 0], bins=bins)
    return np.asarray(counts, np.float64)


def test_every_entry_of_the_file_can_be_read() -> None:
    assert len(OWN) == len(set(OWN)) > 150
    for character in OWN:
        assert len(character) == 1
        assert glyph(character).advance > 0
    for name in TABLES["mark"]:
        assert mark_named(name).rule in ("above", "below", "tail", "through")


def test_no_stroke_is_a_single_point_and_no_knot_is_doubled() -> None:
    for character in OWN:
        for trace in glyph(character).traces:
            assert len(trace.knots) >= 2
            assert np.hypot(*np.diff(trace.knots, axis=0).T).min() > 0.02, character


def test_ink_stays_between_the_ascender_and_the_descender_and_near_its_advance() -> None:
    for character in OWN:
        low, high = glyph(character).knots.min(0), glyph(character).knots.max(0)
        assert low[1] >= -2.1, character
        assert high[1] <= 1.0, character
        assert low[0] >= -0.2, character
        assert high[0] <= glyph(character).advance + 0.12, character


@pytest.mark.parametrize("character", "acemnorsuvwxz")
def test_a_short_letter_fills_the_x_height(character: str) -> None:
    knots = glyph(character).knots
    np.testing.assert_allclose([knots[:, 1].min(), knots[:, 1].max()], [-1, 0], atol=0.05)


def test_capitals_and_digits_stand_on_the_baseline() -> None:
    for character in string.ascii_uppercase.replace("Q", "") + string.digits:
        assert glyph(character).knots[:, 1].max() == pytest.approx(0, abs=0.03), character
    heights = [-glyph(c).knots[:, 1].min() for c in string.ascii_uppercase]
    assert 1.7 < min(heights) <= max(heights) < 1.8
    heights = [-glyph(c).knots[:, 1].min() for c in string.digits]
    assert 1.6 < min(heights) <= max(heights) < 1.7


def test_strokes_start_where_a_right_handed_person_starts_them() -> None:
    for character in "ITLEFHDPRBbhklnmpru":
        first = glyph(character).traces[0].knots
        assert first[0, 1] < first[:, 1].mean(), character
    for character in "coadgqCGOQS":
        first = glyph(character).traces[0].knots
        assert first[0, 0] > first[:, 0].mean(), character
        assert first[2, 0] < first[0, 0], character


def test_no_two_characters_of_ascii_look_the_same() -> None:
    rasters = {character: raster(character) for character in OWN if character.isascii()}
    assert len(rasters) == 94
    for one, other in combinations(rasters, 2):
        apart = abs(rasters[one] - rasters[other]).sum()
        assert apart > 0.15 * min(rasters[one].sum(), rasters[other].sum()), one + other


def test_an_unknown_mark_is_named() -> None:
    with pytest.raises(ValueError, match="there is no mark 'squiggle'"):
        mark_named("squiggle")
