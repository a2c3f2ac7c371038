"""Text can be read and controls can be seen in both themes (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from seqgen_gui.shell.colours import DARK, LIGHT, Colours, palette_of

THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
SURFACES = ("window", "base", "raised", "hover", "tint")


def luminance(colour: str) -> float:
    asked = QColor(colour)
    parts = (asked.redF(), asked.greenF(), asked.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize("surface", SURFACES)
def test_text_stands_out_on_every_surface(colours: Colours, surface: str) -> None:
    ground = getattr(colours, surface)
    assert contrast(colours.text, ground) >= 10
    assert contrast(colours.muted, ground) >= 4.5


@THEMES
def test_the_accent_and_what_happened_can_be_read(colours: Colours) -> None:
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    for tone in ("accent", "danger", "warning", "good"):
        for surface in ("window", "base", "raised"):
            assert contrast(getattr(colours, tone), getattr(colours, surface)) >= 4.5, tone


@THEMES
def test_the_edges_of_controls_can_be_seen(colours: Colours) -> None:
    for surface in ("window", "base", "raised"):
        assert contrast(colours.edge, getattr(colours, surface)) >= 3


@THEMES
def test_the_palette_holds_the_colours(colours: Colours) -> None:
    palette, role = palette_of(colours), QPalette.ColorRole
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        assert palette.color(group, role.Window).name() == colours.window
        assert palette.color(group, role.Text).name() == colours.text
        assert palette.color(group, role.Highlight).name() == colours.accent
    disabled = QPalette.ColorGroup.Disabled
    assert palette.color(disabled, role.ButtonText).name() == colours.faint
