"""Icons: SVG files drawn in the colours of the theme."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, cast

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from seqgen_gui.shell.colours import Colours
from seqgen_gui.shell.style import ICONS
from seqgen_gui.shell.theme import Theme

SIZES = (16, 20, 24, 32, 40, 48)
APP = "seqgen"


class _HasIcon(Protocol):
    def setIcon(self, icon: QIcon) -> None: ...


class Icons:
    """Gives actions and buttons their icons, and new ones when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def put(self, target: QObject, name: str, tone: str = "text") -> None:
        """Give ``target``, an action or button, an icon; ``tone`` names one of ``Colours``."""
        _Dresser(target, name, tone, self._theme)

    def picture(self, name: str, size: int, tone: str = "muted") -> QWidget:
        """A widget that shows an icon, ``size`` logical pixels wide."""
        return _Picture(name, size, tone, self._theme)


class _Picture(QWidget):
    def __init__(self, name: str, size: int, tone: str, theme: Theme) -> None:
        super().__init__()
        self._name, self._tone, self._theme = name, tone, theme
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = getattr(self._theme.colours, self._tone)
        size = round(self.width() * self.devicePixelRatioF())
        QPainter(self).drawPixmap(self.rect(), _drawn(self._name, colour, size))


class _Dresser(QObject):
    """Lives with its target, and dresses it."""

    def __init__(self, target: QObject, name: str, tone: str, theme: Theme) -> None:
        super().__init__(target)
        self._name, self._tone, self._theme = name, tone, theme
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        target = cast("_HasIcon", self.parent())
        target.setIcon(icon_of(self._name, self._tone, self._theme.colours))


def app_icon() -> QIcon:
    """The icon of the program."""
    return QIcon(str(ICONS / f"{APP}.svg"))


@lru_cache(256)
def icon_of(name: str, tone: str, colours: Colours) -> QIcon:
    """An icon in a theme's colours, for every size and state."""
    icon = QIcon()
    for mode, state, colour in (
        (QIcon.Mode.Normal, QIcon.State.Off, getattr(colours, tone)),
        (QIcon.Mode.Normal, QIcon.State.On, colours.accent),
        (QIcon.Mode.Disabled, QIcon.State.Off, colours.faint),
        (QIcon.Mode.Disabled, QIcon.State.On, colours.faint),
        (QIcon.Mode.Selected, QIcon.State.Off, colours.on_accent),
    ):
        for size in SIZES:
            icon.addPixmap(_drawn(name, colour, size), mode, state)
    return icon


def _drawn(name: str, colour: str, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    svg = _text(name).replace("currentColor", colour)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@lru_cache(None)
def _text(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text()
