"""The colours of the light and the dark theme, and palettes made of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True)
class Colours:
    """A theme's colours, as #rrggbb. One accent; the last three are for what happened."""

    window: str
    base: str  # behind text that is edited, lists, the roll, the page
    raised: str  # buttons, menus, notices
    hover: str
    border: str
    edge: str  # of what can be operated: 3:1 against its surroundings
    text: str
    muted: str  # text of lesser weight
    faint: str  # text of what cannot be used now
    accent: str
    on_accent: str
    tint: str  # a surface with a breath of the accent
    danger: str
    warning: str
    good: str


LIGHT = Colours(
    window="#f3f3f1",
    base="#ffffff",
    raised="#fbfbf9",
    hover="#e8e8e4",
    border="#d6d6d0",
    edge="#85888e",
    text="#1a1c1f",
    muted="#55595f",
    faint="#8b8e94",
    accent="#3450b4",
    on_accent="#ffffff",
    tint="#e4e8f7",
    danger="#b3261e",
    warning="#855300",
    good="#1b6b3f",
)
DARK = Colours(
    window="#1d1f23",
    base="#151619",
    raised="#282b30",
    hover="#31343b",
    border="#3a3d44",
    edge="#7d828c",
    text="#edeef0",
    muted="#adb2bb",
    faint="#777c86",
    accent="#9db0ff",
    on_accent="#0f1330",
    tint="#2a3050",
    danger="#ff8f85",
    warning="#f0bd5e",
    good="#84d6a3",
)


def palette_of(colours: Colours) -> QPalette:
    """The palette of a theme."""
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.danger,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.raised,
        role.Midlight: colours.hover,
        role.Mid: colours.border,
        role.Dark: colours.edge,
        role.Shadow: colours.edge,
    }.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.faint))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours.border))
    palette.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, QColor(colours.faint))
    return palette
