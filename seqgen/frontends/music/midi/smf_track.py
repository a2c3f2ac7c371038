"""The events of one track chunk of a Standard MIDI File, read however damaged they are."""

from __future__ import annotations

from array import array
from collections import Counter

VARLEN_MAX = 0x0FFFFFFF  # the most four bytes of seven bits hold
END_OF_TRACK = 0x2F
SYSTEM_BYTES = {0xF1: 1, 0xF2: 2, 0xF3: 1, 0xF6: 0, 0xF8: 0, 0xFA: 0, 0xFB: 0, 0xFC: 0, 0xFE: 0}


class EventLog:
    """What was read so far, in columns: 12 bytes an event, so that a million notes fit.

    ``words`` holds status | data1 << 8 | data2 << 16; ``payload_at`` the rows that have a
    payload; ``bounds`` the number of rows at the end of each track, ``ends`` its last tick.
    """

    def __init__(self, faults: Counter[str]) -> None:
        self.faults = faults
        self.ticks = array("q")
        self.words = array("I")
        self.payloads: list[bytes] = []
        self.payload_at: list[int] = []
        self.bounds: list[int] = []
        self.ends: list[int] = []

    def add_payload(self, tick: int, word: int, payload: bytes) -> None:
        """Add an event that has bytes of its own: meta or system exclusive."""
        self.payload_at.append(len(self.ticks))
        self.payloads.append(payload)
        self.ticks.append(tick)
        self.words.append(word)

    def end_track(self, tick: int) -> None:
        """Close the track at ``tick``."""
        self.bounds.append(len(self.ticks))
        self.ends.append(tick)

    def drop_last(self) -> None:
        """Take back the last event of the open track, where it has one."""
        if len(self.ticks) > (self.bounds[-1] if self.bounds else 0):
            self.ticks.pop()
            self.words.pop()
            if self.payload_at[-1:] == [len(self.ticks)]:
                self.payload_at.pop()
                self.payloads.pop()


def read_track(data: bytes, at: int, end: int, log: EventLog) -> tuple[int, bool]:
    """Read the events of ``data[at:end]`` as one track.

    Returns where reading stopped and whether an end of track was there.
    """
    tick = running = 0
    ended = False
    ticks, words = log.ticks.append, log.words.append
    try:
        while at < end and not ended:
            delta = data[at]
            at += 1
            if delta > 0x7F:
                delta, at = _read_varlen(data, at - 1, log.faults)
            tick += delta
            status = data[at]
            if status > 0x7F:
                at += 1
            elif running:
                status = running
            else:
                at = _next_status(data, at, log.faults) + 1
                status = data[at - 1]
            if status >= 0xF0:
                at, ended = _read_system(data, at, end, tick, status, log)
                continue
            running = status
            if 0xC0 <= status < 0xE0:
                word = status | data[at] << 8
                at += 1
            else:
                word = status | data[at] << 8 | data[at + 1] << 16
                at += 2
            ticks(tick)
            words(word)
        if at > end:  # the last event took bytes of the next chunk
            log.drop_last()
            raise IndexError
    except IndexError:
        log.faults["a track breaks off inside an event"] += 1
        at = end
    log.end_track(tick)
    return at, ended


def _read_varlen(data: bytes, at: int, faults: Counter[str]) -> tuple[int, int]:
    begin = at
    value = 0
    while data[at] > 0x7F:
        value = min(value << 7 | data[at] & 0x7F, VARLEN_MAX)
        at += 1
    value = min(value << 7 | data[at], VARLEN_MAX)
    if at - begin > 3:
        faults["a variable-length number was longer than four bytes"] += 1
    return value, at + 1


def _next_status(data: bytes, at: int, faults: Counter[str]) -> int:
    faults["data bytes without a status byte skipped"] += 1
    while data[at] < 0x80:
        at += 1
    return at


def _read_system(
    data: bytes, at: int, end: int, tick: int, status: int, log: EventLog
) -> tuple[int, bool]:
    """Read what follows a status byte from 0xF0 on; also tell whether it ends the track."""
    if status not in (0xF0, 0xF7, 0xFF):
        return _read_stray(data, at, tick, status, log), False
    kind = 0
    if status == 0xFF:
        kind = data[at]
        at += 1
    size, at = _read_varlen(data, at, log.faults)
    stop = at + size
    if stop > end:
        log.faults["a text or system exclusive event is longer than its track"] += 1
        closing = data.find(b"\xf7", at, end) if status == 0xF0 else -1
        stop = closing + 1 if closing >= 0 else max(at, end)
    if status == 0xFF and kind == END_OF_TRACK:
        return stop, True
    log.add_payload(tick, status | kind << 8, data[at:stop])
    return stop, False


def _read_stray(data: bytes, at: int, tick: int, status: int, log: EventLog) -> int:
    """Keep a system message that has no business in a file; drop an undefined one."""
    size = SYSTEM_BYTES.get(status)
    if size is None:
        log.faults["an undefined status byte was dropped"] += 1
        return at
    word = status
    for i in range(size):
        word |= data[at + i] << 8 * (i + 1)
    log.ticks.append(tick)
    log.words.append(word)
    return at + size
