"""Melodies of the starter corpus: chord tones on strong beats, steps between, cadences last.

Times are twelfths of a quarter note.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from random import Random

from starter_harmony import Note, Span, parallels, scale_over

VALUES = {"w": 48, "h.": 36, "h": 24, "q.": 18, "q": 12, "e.": 9, "e": 6, "t": 4, "s": 3}
RHYTHMS = {
    (4, 4): (
        ("q q q q", "q. e q q", "q q h", "q e e q q"),
        ("e e e e q q", "q e e e e q", "q e e h", "e e q e e q"),
        ("q. e q. e", "e. s q e. s q", "q. e h", "q q q. e"),
        ("e q e q q", "q. q. q", "-e e q q q", "e q q. q"),
        ("t t t q q q", "q t t t q q", "q q t t t q", "h q q"),
    ),
    (3, 4): (
        ("q q q", "h q", "q. e q", "q q e e"),
        ("e e e e q", "q e e q", "e e q q", "e e e e e e"),
        ("h q", "q. e q", "h e e", "-q q q"),
        ("e. s q q", "q e. s q", "q t t t q", "h q"),
    ),
    (6, 8): (
        ("q e q e", "e e e q e", "q. q e", "q e q."),
        ("e e e e e e", "q e e e e", "e. s e q e", "e e e q."),
        ("q. e e e", "q e q.", "q e e e e", "q. q."),
    ),
}
HALF_CADENCES = {(4, 4): ("q q h", "h -h"), (3, 4): ("h -q", "q h"), (6, 8): ("q e q.", "h -q")}
CLOSES = {(4, 4): ("h. -q", "h -h"), (3, 4): ("h -q", "h."), (6, 8): ("q. q -e", "h -q")}
STRONG = {(4, 4): (0, 24), (3, 4): (0,), (6, 8): (0, 18)}
LEAPS = (1.8, 0.2, 0.0, 0.7, 0.8, 1.3, 5.0, 1.8, 3.5, 4.0, 6.0, 8.0, 3.0)
"""The cost of an interval by its semitones: steps are cheap, tritones and sevenths are dear."""


def pick(random: Random, choices: Sequence[int], cost: Callable[[int], float]) -> int:
    """Draw one of the choices, each with weight exp(-cost)."""
    weights = [math.exp(-cost(choice)) for choice in choices]
    at = random.random() * sum(weights)
    for choice, weight in zip(choices, weights, strict=True):
        at -= weight
        if at < 0:
            return choice
    return choices[-1]


def slots(rhythm: str, start: int) -> list[tuple[int, int]]:
    """Return onset and duration of the notes of a bar written as note values (``-`` a rest)."""
    notes, at = list[tuple[int, int]](), start
    for value in rhythm.split():
        length = VALUES[value.removeprefix("-")]
        if not value.startswith("-"):
            notes.append((at, length))
        at += length
    return notes


class Melody:
    """Writes phrases in one key; ``centre`` is the pitch that they move about."""

    def __init__(self, tonic: int, minor: bool, meter: tuple[int, int], centre: int) -> None:
        self.tonic, self.minor, self.meter, self.centre = tonic, minor, meter, centre

    def phrase(
        self, spans: list[Span], bars: list[str], bar: int, seed: int, last: int, closes: bool
    ) -> list[Note]:
        """Write a phrase of ``bars`` over ``spans``; ``last`` is the pitch before it.

        Equal bars are filled with the same draws, so their shapes are alike.
        """
        start = spans[0].start
        places = [slots(rhythm, start + k * bar) for k, rhythm in enumerate(bars)]
        flat = [place for places_of_bar in places for place in places_of_bar]
        frame = self._frame(flat, spans, bar, Random(seed), last, closes)
        notes = list[Note]()
        for rhythm, place_list in zip(bars, places, strict=True):
            random = Random(f"{seed} {rhythm}")
            for place in place_list:
                if place in frame:
                    pitch = frame[place]
                else:
                    goal = next((o for o in flat if o > place and o in frame), notes[-1][:2])
                    ahead = (frame[goal], flat.index(goal) - flat.index(place))
                    pair = (_over(place, spans, bar, ()), _over(goal, spans, bar, ()))
                    pitch = self._fill(notes[-1][2] if notes else last, ahead, pair, random)
                notes.append((*place, pitch))
        return notes

    def ornamented(self, notes: list[Note], spans: list[Span], random: Random) -> list[Note]:
        """Return the notes with some of the longer ones broken into a note and its neighbour."""
        result = list[Note]()
        for note, after in zip(notes, [*notes[1:], notes[-1]], strict=True):
            start, length, pitch = note
            if length not in (12, 24) or random.random() > 0.45 or after == note:
                result.append(note)
                continue
            scale = self._scale(_over((start, 1), spans, 1, ()))
            side = 1 if after[2] >= pitch else -1
            near = next(p for p in range(pitch + side, pitch + 4 * side, side) if p in scale)
            result += [(start, length // 2, pitch), (start + length // 2, length // 2, near)]
        return result

    def _frame(
        self,
        places: list[tuple[int, int]],
        spans: list[Span],
        bar: int,
        random: Random,
        last: int,
        closes: bool,
    ) -> dict[tuple[int, int], int]:
        """Choose the pitches of the notes that sound on strong beats, the first and the last."""
        frame, before = dict[tuple[int, int], int](), spans[0]
        begin, strong = spans[0].start, STRONG[self.meter]
        for place in places:
            final = place == places[-1]
            if not (_on_strong(place, spans, bar, strong) or final or place == places[0]):
                continue
            span = _over(place, spans, bar, strong)
            tones = (0,) if final and closes else span.chord.tones
            share = (place[0] - begin) / (4 * bar)
            aim = self.centre + 5 * math.sin(math.pi * share) - 1
            choices = [p for p in range(60, 88) if (p - self.tonic) % 12 in tones]

            def cost(
                pitch: int,
                last: int = last,
                aim: float = aim,
                pair: tuple[Span, Span] = (before, span),
            ) -> float:
                old, new = (pair[0].bass, last), (pair[1].bass, pitch)
                doubled = (pitch - pair[1].bass) % 12 == 0 and (pitch - self.tonic) % 12 in (
                    6,
                    8,
                    11,
                )
                away = 0.05 * (pitch - aim) ** 2 + 4 * (pitch <= pair[1].voices[-1])
                return _leap(last, pitch) + away + 9 * parallels(old, new) + 9 * doubled

            last = frame[place] = pick(random, choices, cost)
            before = span
        return frame

    def _fill(
        self, before: int, ahead: tuple[int, int], pair: tuple[Span, Span], random: Random
    ) -> int:
        """Choose a weak note: by step, or a chord tone, so that the goal stays within reach.

        ``ahead`` is the pitch of the goal and how many notes off it is, ``pair`` the spans of
        the note and of the goal.
        """
        (goal, left), (span, after) = ahead, pair
        chord = {pitch for pitch in range(55, 92) if (pitch - self.tonic) % 12 in span.chord.tones}
        scale = self._scale(span)
        choices = [pitch for pitch in scale if abs(pitch - before) <= 7]

        def cost(pitch: int) -> float:
            passing = pitch not in chord
            jump = (
                passing * 6 * ((abs(pitch - before) > 2) + (left == 1 and abs(goal - pitch) > 2))
            )
            reach = max(0, abs(goal - pitch) - 3 * left)
            stale = 2.5 * (pitch == before == goal)
            parallel = left == 1 and parallels((span.bass, pitch), (after.bass, goal))
            cost = _leap(before, pitch) + jump + 1.2 * reach + stale + 6 * parallel
            return cost + 0.3 * _leap(pitch, goal)

        return pick(random, choices, cost)

    def _scale(self, span: Span) -> list[int]:
        degrees = scale_over(span.chord, self.minor)
        return [pitch for pitch in range(55, 92) if (pitch - self.tonic) % 12 in degrees]


def _leap(before: int, pitch: int) -> float:
    size = abs(pitch - before)
    return LEAPS[size] if size < len(LEAPS) else 12.0


def _on_strong(
    place: tuple[int, int], spans: list[Span], bar: int, strong: tuple[int, ...]
) -> bool:
    start, length = place
    points = {span.start for span in spans}
    inside = range(start, start + length)
    return any(at in points or (at - spans[0].start) % bar in strong for at in inside)


def _over(place: tuple[int, int], spans: list[Span], bar: int, strong: tuple[int, ...]) -> Span:
    """Return the span of a note: the last that begins within it when it ties over a beat."""
    start, length = place
    reach = start + (length - 1 if strong else 0)
    return [span for span in spans if span.start <= reach][-1]
