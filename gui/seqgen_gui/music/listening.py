"""The player in the place Music: what it plays follows the roll, the playhead follows it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from seqgen_gui.music.flow import Flow
from seqgen_gui.music.paint import Picture
from seqgen_gui.music.playback import score_of
from seqgen_gui.music.roll import Roll
from seqgen_gui.music.transport import Transport
from seqgen_gui.sound.player import Player

PATIENCE = 250  # milliseconds between two changes of what is played
SOON = 1500  # milliseconds after which the player is made ready for a piece


class Listening(QObject):
    """Joins a player with the roll and the transport."""

    def __init__(self, flow: Flow, roll: Roll, transport: Transport, player: Player) -> None:
        super().__init__(flow)
        self._flow, self._roll, self._transport, self.player = flow, roll, transport, player
        self._bars: tuple[int, int] | None = None  # of the loop
        self._stale = True
        self._warm = False
        self._later = QTimer(self, singleShot=True, interval=PATIENCE)
        self._later.timeout.connect(self._load)
        flow.pictured.connect(self._pictured)
        player.moved.connect(self._moved)
        roll.place_clicked.connect(self._seek)
        roll.bars_dragged.connect(self.loop_bars)
        transport.loop_toggled.connect(self._loop)
        transport.tempo_changed.connect(lambda factor: player.set_how(tempo=factor))
        self._moved(0.0)

    def toggle(self) -> None:
        """Play or pause."""
        self._load()
        self.player.toggle()

    def play_from(self) -> None:
        """Play from the chosen bar on, else from where the ghost begins."""
        state, sheet = self._flow.state, self._flow.picture.sheet
        bar = state.bar or state.ghost_bar or 1
        self._load()
        self.player.play_at(sheet.tempos.seconds(sheet.meters.line(bar)))

    def loop_bars(self, first: int, last: int) -> None:
        """Loop some bars, the last one in."""
        self._bars = first, last
        self._transport.loop.setChecked(True)
        self._loop(True)

    def forget_loop(self) -> None:
        """Loop nothing: the bars were those of another piece."""
        self._bars = None
        self._transport.loop.setChecked(False)

    def _loop(self, on: bool) -> None:
        meters, tempos = self._flow.picture.sheet.meters, self._flow.picture.sheet.tempos
        if not on:
            self._roll.show_loop(None)
            self.player.set_loop(None)
            return
        first, last = self._bars or self._all_bars()
        ticks = meters.line(first), meters.line(last + 1)
        self._roll.show_loop(ticks)
        self.player.set_loop((tempos.seconds(ticks[0]), tempos.seconds(ticks[1])))

    def _all_bars(self) -> tuple[int, int]:
        """The ghost's bars, or all."""
        picture = self._flow.picture
        if picture.new is None:
            return 1, max(picture.sheet.next_bar - 1, 1)
        meters = picture.sheet.meters
        return meters.bar_at(picture.new[0]), meters.bar_at(max(picture.new[1] - 1, 0))

    def _seek(self, tick: int) -> None:
        self.player.seek(self._flow.picture.sheet.tempos.seconds(tick))

    def _pictured(self, picture: Picture, stale: object) -> None:
        self._stale = True
        if len(picture.sheet.notes) and not self._warm:
            self._warm = True
            QTimer.singleShot(SOON, self, self.player.warm)
        if self.player.is_playing and not self._later.isActive():
            self._later.start()
        if stale is None:
            self._moved(self.player.position)

    def _load(self) -> None:
        if self._stale:
            self._stale = False
            self.player.load(score_of(self._flow.picture))

    def _moved(self, second: float) -> None:
        picture = self._flow.picture
        end = max(picture.sheet.end, *(picture.new or (0,)))
        last = picture.sheet.tempos.seconds(end)
        second = min(second, last)  # behind it, echoes are heard
        tick = picture.sheet.tempos.tick(second)
        self._roll.move_playhead(tick, turn=self.player.is_playing)
        self._transport.show_place(picture.sheet.meters.bar_at(tick), second, last)
