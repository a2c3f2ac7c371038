"""Chords, progressions, voice leading and accompaniment of the starter corpus.

Times are twelfths of a quarter note; pitch classes are semitones above the tonic.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

Note = tuple[int, int, int]
"""Start, duration and MIDI pitch."""


@dataclass(frozen=True)
class Chord:
    """Pitch classes from the root up, and the one in the bass."""

    tones: tuple[int, ...]
    bass: int

    @property
    def leads(self) -> bool:
        """Whether the third is a leading tone: it wants to rise and is never doubled."""
        return self.tones[1] in (6, 8, 11) and (self.tones[1] - self.tones[0]) % 12 == 4


@dataclass(frozen=True)
class Span:
    """A chord from ``start`` on for ``length``, its bass note and its three upper voices."""

    start: int
    length: int
    chord: Chord
    bass: int = 0
    voices: tuple[int, ...] = ()


MAJOR = {
    "I": Chord((0, 4, 7), 0),
    "I6": Chord((0, 4, 7), 4),
    "ii": Chord((2, 5, 9), 2),
    "ii6": Chord((2, 5, 9), 5),
    "iii": Chord((4, 7, 11), 4),
    "IV": Chord((5, 9, 0), 5),
    "V": Chord((7, 11, 2), 7),
    "V6": Chord((7, 11, 2), 11),
    "V7": Chord((7, 11, 2, 5), 7),
    "vi": Chord((9, 0, 4), 9),
    "V7/V": Chord((2, 6, 9, 0), 2),
    "V7/vi": Chord((4, 8, 11, 2), 4),
}
MINOR = {
    "i": Chord((0, 3, 7), 0),
    "i6": Chord((0, 3, 7), 3),
    "ii6": Chord((2, 5, 8), 5),
    "III": Chord((3, 7, 10), 3),
    "iv": Chord((5, 8, 0), 5),
    "iv6": Chord((5, 8, 0), 8),
    "V": Chord((7, 11, 2), 7),
    "V6": Chord((7, 11, 2), 11),
    "V7": Chord((7, 11, 2, 5), 7),
    "VI": Chord((8, 0, 3), 8),
    "VII": Chord((10, 2, 5), 10),
}
# Four bars to a half cadence, and the last two bars that close instead.
MAJOR_PHRASES = (
    ("I", "IV", "I6 ii6", "V", "I6 V7", "I"),
    ("I", "vi", "ii6", "V", "ii6 V7", "I"),
    ("I V6", "vi", "IV V7/V", "V", "ii6 V7", "I"),
    ("I", "I6", "IV", "V", "IV V7", "I"),
    ("I", "iii", "IV V7/V", "V", "IV V7", "I"),
    ("I", "V7", "I IV", "V", "ii V7", "I"),
    ("I IV", "I V6", "vi ii6", "V", "IV V7", "I"),
)
MINOR_PHRASES = (
    ("i", "iv", "i6 ii6", "V", "i6 V7", "i"),
    ("i", "VI", "ii6", "V", "ii6 V7", "i"),
    ("i VII", "III", "iv", "V", "ii6 V7", "i"),
    ("i", "V6", "i iv", "V", "iv V7", "i"),
    ("i", "VII", "VI", "V", "iv V7", "i"),
)
MAJOR_BRIDGES = (
    ("vi", "iii", "IV", "V7"),
    ("IV", "I6", "V7/V", "V7"),
    ("V7/vi", "vi", "V7/V", "V7"),
    ("ii", "V7", "I6 IV", "V7"),
    ("vi", "ii6", "V7/V", "V7"),
)
MINOR_BRIDGES = (
    ("III", "VII", "iv6", "V7"),
    ("VI", "III", "ii6", "V7"),
    ("iv", "VII", "III VI", "V7"),
    ("III", "VI", "iv", "V7"),
)


def scale_over(chord: Chord, minor: bool) -> set[int]:
    """Return the scale heard over a chord: the key's, with the chord's raised degrees."""
    scale = {0, 2, 3, 5, 7, 8, 10} if minor else {0, 2, 4, 5, 7, 9, 11}
    raised = set(chord.tones) - scale
    return (scale | raised) - {tone - 1 for tone in raised}


def spans_of(bars: tuple[str, ...], start: int, bar: int, minor: bool) -> list[Span]:
    """Lay a progression out: a bar has one chord, or two (two thirds and one in triple time)."""
    table, spans = MINOR if minor else MAJOR, list[Span]()
    for number, names in enumerate(bars):
        chords = [table[name] for name in names.split()]
        first = bar if len(chords) == 1 else 24
        lengths = (first, bar - first)
        at = start + number * bar
        for chord, length in zip(chords, lengths, strict=False):
            spans.append(Span(at, length, chord))
            at += length
    return spans


def voiced(spans: list[Span], tonic: int) -> list[Span]:
    """Give every span a bass note and three upper voices that move little and never parallel."""
    done = list[Span]()
    for span in spans:
        before = done[-1] if done else None
        same = before is not None and before.chord == span.chord
        bass = before.bass if before and same else _bass(span.chord, tonic, before)
        choices = [
            voices
            for voices in combinations(range(52, 74), 3)
            if _complete(voices, span.chord, tonic) and voices[-1] - voices[0] <= 14
        ]
        voices = min(choices, key=lambda choice: _cost(choice, bass, span, before, tonic))
        done.append(Span(span.start, span.length, span.chord, bass, voices))
    return done


def _bass(chord: Chord, tonic: int, before: Span | None) -> int:
    last = before.bass if before else 45
    choices = [pitch for pitch in range(38, 54) if (pitch - tonic) % 12 == chord.bass]
    return min(choices, key=lambda pitch: abs(pitch - last) + 0.6 * abs(pitch - 45))


def _complete(voices: tuple[int, ...], chord: Chord, tonic: int) -> bool:
    """Tell whether three voices make the chord: its third, its seventh, nothing sharp doubled."""
    tones = [(pitch - tonic) % 12 for pitch in voices]
    needed = {chord.tones[0], chord.tones[1], *chord.tones[3:]} - {chord.bass}
    leading = [*tones, chord.bass].count(chord.tones[1])
    doubled = leading > 1 and chord.leads
    return needed <= set(tones) <= set(chord.tones) and len(set(tones)) >= 2 and not doubled


def _cost(
    voices: tuple[int, ...], bass: int, span: Span, before: Span | None, tonic: int
) -> float:
    cost = 0.3 * abs(sum(voices) / 3 - 62) + 2.0 * (len({p % 12 for p in voices}) < 3)
    if before is None or before.chord == span.chord:
        return cost + (0 if before is None or voices == before.voices else 2)
    old, new = (before.bass, *before.voices), (bass, *voices)
    cost += sum(abs(a - b) for a, b in zip(before.voices, voices, strict=True))
    cost += 30 * parallels(old, new)
    for a, b in zip(before.voices, voices, strict=True):
        resolves = (a - tonic) % 12 == 11 and 0 in span.chord.tones
        cost += 5 * (resolves and b != a + 1)
    return cost


def parallels(old: tuple[int, ...], new: tuple[int, ...]) -> int:
    """Count pairs of voices that move together from a fifth or octave to the same again."""
    return sum(
        (a[1] - a[0]) % 12 == (b[1] - b[0]) % 12 in (0, 7) and a[0] != b[0]
        for a, b in zip(combinations(old, 2), combinations(new, 2), strict=True)
    )


def accompany(spans: list[Span], style: str) -> list[Note]:
    """Play the upper voices of every span in a style: block, pulse, after, broken or rolling."""
    notes = list[Note]()
    for span in spans:
        low, middle, high = span.voices
        end = span.start + span.length
        if style == "block":
            notes += [(span.start, span.length, pitch) for pitch in span.voices]
        elif style in ("pulse", "after"):
            first = span.start + (12 if style == "after" and span.length > 12 else 0)
            hits = range(first, end, 12)
            notes += [(at, 9 if style == "pulse" else 6, p) for at in hits for p in span.voices]
        else:
            order = (low, high, middle, high) if style == "broken" else (low, middle, high)
            times = range(span.start, end, 6)
            notes += [(at, 6, order[k % len(order)]) for k, at in enumerate(times)]
    return notes


def bass_line(spans: list[Span], style: str) -> list[Note]:
    """Play the bass of every span in a style: long, fifths, pulse or walking."""
    notes = list[Note]()
    for span, after in zip(spans, [*spans[1:], spans[-1]], strict=True):
        half, end = span.length // 2, span.start + span.length
        if style == "long" or span.length <= 12:
            notes.append((span.start, span.length, span.bass))
        elif style == "pulse":
            notes += [(at, 12, span.bass) for at in range(span.start, end, 12)]
        elif style == "walking" and after.bass != span.bass:
            step = 2 if after.bass > span.bass else -2
            near = after.bass - step if abs(after.bass - span.bass) > 4 else span.bass
            notes += [(span.start, span.length - 12, span.bass), (end - 12, 12, near)]
        else:
            fifth = span.bass + 7 if span.chord.bass == span.chord.tones[0] else span.bass
            low = fifth - 12 if fifth > 53 else fifth
            notes += [(span.start, half, span.bass), (span.start + half, span.length - half, low)]
    return notes
