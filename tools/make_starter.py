"""Compose the starter corpus: the same files, byte for byte, on every run.

python tools/make_starter.py datasets/starter/midi
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import mido
from starter_harmony import (
    MAJOR_BRIDGES,
    MAJOR_PHRASES,
    MINOR_BRIDGES,
    MINOR_PHRASES,
    Note,
    Span,
    accompany,
    bass_line,
    spans_of,
    voiced,
)
from starter_melody import CLOSES, HALF_CADENCES, RHYTHMS, STRONG, Melody

TICKS = 40  # MIDI ticks in a twelfth of a quarter note
PIECES = 48
METERS = ((4, 4), (3, 4), (4, 4), (6, 8))
KINDS = {(4, 4): ("song", "march", "air"), (3, 4): ("waltz", "minuet"), (6, 8): ("jig", "lullaby")}
TEMPOS = {
    "song": 96,
    "march": 116,
    "air": 76,
    "waltz": 138,
    "minuet": 112,
    "jig": 150,
    "lullaby": 92,
}
NAMES = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
KEYS = (0, 7, 2, 5, 9, 10, 4, 3, 11, 8, 6, 1)
MINOR_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")
MELODIES, HARMONIES, BASSES = (73, 40, 0, 71, 68, 24, 11), (0, 24, 48, 46, 21), (32, 42, 33, 43)
STYLES = ("block", "broken", "pulse", "rolling", "after")
LINES = ("long", "fifths", "walking", "pulse")


@dataclass(frozen=True)
class Plan:
    """What is decided before a piece is composed."""

    name: str
    seed: int
    meter: tuple[int, int]
    tonic: int
    minor: bool
    bpm: int
    programs: tuple[int, int, int]
    styles: tuple[str, str]
    line: str
    form: str

    @property
    def bar(self) -> int:
        """The length of a bar."""
        return 48 * self.meter[0] // self.meter[1]

    @property
    def key(self) -> str:
        """The key as a key signature names it."""
        return MINOR_NAMES[self.tonic] + "m" if self.minor else NAMES[self.tonic]


def plans() -> list[Plan]:
    """Return the plans of all pieces, the demo primer first."""
    primer = Plan(
        name="primer-8-bars-in-c-major",
        seed=117,
        meter=(4, 4),
        tonic=0,
        minor=False,
        bpm=96,
        programs=(0, 0, 32),
        styles=("broken", "block"),
        line="fifths",
        form="aA",
    )
    return [primer, *(_plan(number) for number in range(1, PIECES))]


def _plan(number: int) -> Plan:
    meter, minor = METERS[number % 4], number % 5 in (1, 3)
    kind = KINDS[meter][number // 4 % len(KINDS[meter])]
    tonic = KEYS[number * 5 % 12]
    return Plan(
        name=f"{number:02}-{kind}-in-{_spoken(tonic, minor)}",
        seed=number,
        meter=meter,
        tonic=tonic,
        minor=minor,
        bpm=TEMPOS[kind] + number * 7 % 13 - 6,
        programs=(MELODIES[number % 7], HARMONIES[number % 5], BASSES[number % 4]),
        styles=(STYLES[number % 5], STYLES[(number + 1 + number // 5) % 5]),
        line=LINES[number // 2 % 4],
        form="aAbO" if number % 3 == 0 else "aAoAbcaO",
    )


def _spoken(tonic: int, minor: bool) -> str:
    """Write a key for a file name: ``b-flat-minor``."""
    name = MINOR_NAMES[tonic] if minor else NAMES[tonic]
    sign = {"#": "-sharp", "b": "-flat"}.get(name[1:], "")
    return f"{name[0].lower()}{sign}-{'minor' if minor else 'major'}"


def compose(plan: Plan) -> tuple[list[Note], list[Note], list[Note]]:
    """Return melody, harmony and bass of a piece: phrases of four bars as its form says.

    ``a`` ends open, ``A`` is the same but closes, ``b`` and ``c`` are bridges, ``o`` and ``O``
    are ``a`` and ``A`` ornamented.
    """
    random = Random(plan.seed)
    phrases = MINOR_PHRASES if plan.minor else MAJOR_PHRASES
    bridges = MINOR_BRIDGES if plan.minor else MAJOR_BRIDGES
    *theme, third, last = phrases[int(random.random() * len(phrases))]
    first_bridge = int(random.random() * len(bridges))
    progressions = {
        "a": tuple(theme),
        "A": (theme[0], theme[1], third, last),
        "b": bridges[first_bridge],
        "c": bridges[(first_bridge + 2) % len(bridges)],
    }
    chords = dict(progressions, o=progressions["a"], O=progressions["A"])
    spans = list[Span]()
    for number, letter in enumerate(plan.form):
        spans += spans_of(chords[letter], 4 * number * plan.bar, plan.bar, plan.minor)
    spans = voiced(spans, plan.tonic)
    melody = _melody(plan, spans, random)
    harmony, bass = list[Note](), list[Note]()
    for number, letter in enumerate(plan.form):
        part = _of_phrase(spans, number, plan.bar)
        final = [part.pop()] if number == len(plan.form) - 1 else []
        harmony += accompany(part, plan.styles[letter in "bc"]) + accompany(final, "block")
        bass += bass_line(part, plan.line) if part else []
        bass += [(span.start, span.length, span.bass) for span in final]
    return melody, harmony, bass


def _melody(plan: Plan, spans: list[Span], random: Random) -> list[Note]:
    """Write each kind of phrase once, over its first place in the form, and place it."""
    writer = Melody(plan.tonic, plan.minor, plan.meter, 72 + plan.seed % 5)
    cells = RHYTHMS[plan.meter]
    first = int(random.random() * len(cells))
    melody, written, last = list[Note](), dict[str, list[Note]](), 74
    for number, letter in enumerate(plan.form):
        part, start = _of_phrase(spans, number, plan.bar), 4 * number * plan.bar
        base = letter.lower().replace("o", "a")
        closes = letter in "AO"
        key = "A" if closes else base
        if key not in written:
            family = cells[(first + "abc".index(base)) % len(cells)]
            bars = _bars(plan, family, Random(f"{plan.seed} {base}"), closes)
            notes = writer.phrase(part, bars, plan.bar, 100 * plan.seed + ord(base), last, closes)
            if key == "A":
                head = [note for note in written["a"] if note[0] < 2 * plan.bar]
                notes = [_moved(n, start) for n in head] + [
                    n for n in notes if n[0] >= start + 2 * plan.bar
                ]
            written[key] = [_moved(note, -start) for note in notes]
        placed = [_moved(note, start) for note in written[key]]
        if letter in "oO":
            placed = writer.ornamented(placed, part, random)
        melody += placed
        last = placed[-1][2]
    start = melody[-1][0]
    end = 4 * len(plan.form) * plan.bar
    return [*melody[:-1], (start, end - start, melody[-1][2])]


def _bars(plan: Plan, family: Sequence[str], random: Random, closes: bool) -> list[str]:
    """Choose the rhythms of four bars: the third like the first, the last a cadence."""
    first, second = (family[int(random.random() * len(family))] for _ in range(2))
    cadences = (CLOSES if closes else HALF_CADENCES)[plan.meter]
    return [first, second, first, cadences[int(random.random() * len(cadences))]]


def _of_phrase(spans: list[Span], number: int, bar: int) -> list[Span]:
    begin, end = 4 * number * bar, 4 * (number + 1) * bar
    return [span for span in spans if begin <= span.start < end]


def _moved(note: Note, by: int) -> Note:
    return note[0] + by, note[1], note[2]


def midi_file(plan: Plan) -> mido.MidiFile:
    """Return a piece as a format 1 file: a conductor track, Melody, Harmony and Bass."""
    parts = compose(plan)
    end = 4 * len(plan.form) * plan.bar
    tempo = mido.bpm2tempo(plan.bpm)
    conductor = mido.MidiTrack(
        [
            mido.MetaMessage("track_name", name=plan.name),
            mido.MetaMessage("time_signature", numerator=plan.meter[0], denominator=plan.meter[1]),
            mido.MetaMessage("key_signature", key=plan.key),
            mido.MetaMessage("set_tempo", tempo=tempo),
        ]
    )
    if plan.form != "aA":
        slower = mido.MetaMessage("set_tempo", tempo=tempo * 6 // 5, time=(end - plan.bar) * TICKS)
        conductor.append(slower)
    tracks = [conductor]
    for channel, (name, notes) in enumerate(
        zip(("Melody", "Harmony", "Bass"), parts, strict=True)
    ):
        tracks.append(_track(plan, channel, name, sorted(notes)))
    return mido.MidiFile(type=1, ticks_per_beat=12 * TICKS, tracks=tracks)


def _track(plan: Plan, channel: int, name: str, notes: list[Note]) -> mido.MidiTrack:
    random = Random(f"{plan.seed} {name}")
    events = list[tuple[int, int, int, int]]()
    for start, length, pitch in notes:
        events.append((start, 1, pitch, _velocity(plan, channel, start, pitch, random)))
        events.append((start + length, 0, pitch, 64))
    track = mido.MidiTrack(
        [
            mido.MetaMessage("track_name", name=name),
            mido.Message("program_change", channel=channel, program=plan.programs[channel]),
        ]
    )
    now = 0
    for at, on, pitch, velocity in sorted(events):
        kind = "note_on" if on else "note_off"
        time, now = (at - now) * TICKS, at
        track.append(mido.Message(kind, channel=channel, note=pitch, velocity=velocity, time=time))
    return track


def _velocity(plan: Plan, channel: int, start: int, pitch: int, random: Random) -> int:
    """Swell to the middle of a phrase, lean on strong beats, play bridges louder."""
    within = start % (4 * plan.bar) / (4 * plan.bar)
    swell = round(14 * (0.5 - abs(within - 0.5)))
    accent = 6 if start % plan.bar in STRONG[plan.meter] else 0
    bridge = 5 if plan.form[min(start // (4 * plan.bar), len(plan.form) - 1)] in "bc" else 0
    height = (pitch - 72) // 3 if channel == 0 else 0
    base = (78, 54, 64)[channel]
    return base + swell + accent + bridge + height + int(random.random() * 7) - 3


def main(folder: Path) -> None:
    """Write all pieces into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for plan in plans():
        midi_file(plan).save(folder / f"{plan.name}.mid")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
