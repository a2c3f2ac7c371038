"""The instruments of General MIDI, by name."""

from __future__ import annotations

from seqgen.reports import TrackReport

_FAMILIES = (
    "Piano|Bright piano|Electric grand|Honky-tonk|Electric piano"
    "|Electric piano 2|Harpsichord|Clavinet",
    "Celesta|Glockenspiel|Music box|Vibraphone|Marimba|Xylophone|Tubular bells|Dulcimer",
    "Drawbar organ|Percussive organ|Rock organ|Church organ|Reed organ|Accordion|Harmonica"
    "|Bandoneon",
    "Nylon guitar|Steel guitar|Jazz guitar|Clean guitar|Muted guitar|Overdriven guitar"
    "|Distortion guitar|Guitar harmonics",
    "Acoustic bass|Fingered bass|Picked bass|Fretless bass|Slap bass|Slap bass 2|Synth bass"
    "|Synth bass 2",
    "Violin|Viola|Cello|Double bass|Tremolo strings|Pizzicato strings|Harp|Timpani",
    "Strings|Slow strings|Synth strings|Synth strings 2|Choir|Voice|Synth voice|Orchestra hit",
    "Trumpet|Trombone|Tuba|Muted trumpet|French horn|Brass|Synth brass|Synth brass 2",
    "Soprano sax|Alto sax|Tenor sax|Baritone sax|Oboe|English horn|Bassoon|Clarinet",
    "Piccolo|Flute|Recorder|Pan flute|Bottle|Shakuhachi|Whistle|Ocarina",
    "Square lead|Saw lead|Calliope lead|Chiff lead|Charang lead|Voice lead|Fifths lead|Bass lead",
    "New age pad|Warm pad|Polysynth pad|Choir pad|Bowed pad|Metallic pad|Halo pad|Sweep pad",
    "Rain|Soundtrack|Crystal|Atmosphere|Brightness|Goblins|Echoes|Sci-fi",
    "Sitar|Banjo|Shamisen|Koto|Kalimba|Bagpipe|Fiddle|Shanai",
    "Tinkle bell|Agogo|Steel drums|Woodblock|Taiko|Melodic tom|Synth drum|Reverse cymbal",
    "Fret noise|Breath noise|Seashore|Bird|Telephone|Helicopter|Applause|Gunshot",
)
NAMES = tuple(name for family in _FAMILIES for name in family.split("|"))


def instrument_of(track: TrackReport) -> str:
    """What a track is played on."""
    return "Drums" if track.is_drums else NAMES[track.program]


def title_of(track: TrackReport) -> str:
    """The name of a track, of its instrument where it has none."""
    return track.name or instrument_of(track)
