"""The part a track plays: one of ROLES, from its name, its instrument and how it is written."""

from __future__ import annotations

import re

ROLES = ("melody", "bridge", "harmony", "bass", "drums")

# the first that is found counts: "bass drum" is drums, "counter melody" bridge
_NAMES = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        ("drums", r"drum|percus|\bkit\b|hi-?hat|cymbal|snare|schlagzeug|batter[iy]"),
        ("bridge", r"bridge|counter|obbligato|\bfills?\b|\briff"),
        ("bass", r"\bbas(?:s|so)?\b|bass(?!oon)|tuba"),
        ("melody", r"m[eé]lod|vocal|vox|voice|voix|\bsing|gesang|\blead|soprano|\bsolo|harmonica"),
        ("melody", r"\bsax|flute|oboe|clarinet|trumpet|recorder|\btune\b|cantus|descant"),
        ("harmony", r"chord|harmon|accomp|piano|guitar|gtr|string|\bpad|organ|\bkeys|\brhythm"),
        ("harmony", r"\balto|tenor|choir|brass|\bcomp\b|\barp"),
    )
)
_PROGRAMS = (
    ("bass", range(32, 40)),
    ("melody", range(64, 88)),  # reeds, pipes, synth leads
    ("harmony", range(48, 52)),  # string ensembles
    ("harmony", range(88, 96)),  # pads
    ("drums", range(115, 120)),  # wood block to reverse cymbal
)
CHORDAL = 1.5  # notes an onset, from which on a track is heard as chords
LOW, HIGH = 48.0, 60.0  # mean pitches: below C3 a bass line, from C4 on a melody


def role_of(
    name: str, *, is_drums: bool, program: int, mean_pitch: float, chord_size: float
) -> str:
    """Return the role of a track.

    The drum channel decides, then the name, then the General MIDI program (0 to 127; a chordal
    lead instrument is no melody), then register and texture: ``mean_pitch`` is a MIDI note
    number, ``chord_size`` the mean number of notes that start together (0 without notes).
    """
    if is_drums:
        return "drums"
    for role, pattern in _NAMES:
        if pattern.search(name):
            return role
    for role, programs in _PROGRAMS:
        if program in programs and not (role == "melody" and chord_size >= CHORDAL):
            return role
    if chord_size == 0 or chord_size >= CHORDAL:
        return "harmony"
    if mean_pitch < LOW:
        return "bass"
    return "melody" if mean_pitch >= HIGH else "harmony"
