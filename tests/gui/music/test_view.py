from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seqgen_gui.music.view import BEAT_WIDTHS, View


@given(st.integers(0, 5000), st.floats(0.5, 2), st.integers(0, 800))
def test_the_tick_under_the_pointer_stays_there_on_zooming(
    left: int, factor: float, x: int
) -> None:
    view = View(left=left)
    tick = view.tick(x)
    view.zoom_time(factor, x)
    assert abs(view.x(tick) - x) <= 2 or view.left == 0


def test_zoom_has_its_limits() -> None:
    view = View()
    view.zoom_time(1e9, 0)
    assert view.beat_width == BEAT_WIDTHS[1]
    view.zoom_time(1e-9, 0)
    assert view.beat_width == BEAT_WIDTHS[0]


def test_rows_go_up_in_pitch_and_down_in_pixels() -> None:
    view = View(key_height=10, top=500)
    assert view.y(77) == 0
    assert (view.pitch(0), view.pitch(9.9), view.pitch(10)) == (77, 77, 76)
