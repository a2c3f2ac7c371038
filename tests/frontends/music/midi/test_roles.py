from __future__ import annotations

import pytest

from seqgen.frontends.music.midi.roles import ROLES, role_of


def role(
    name: str = "", program: int = 0, pitch: float = 54.0, chord: float = 1.0, drums: bool = False
) -> str:
    found = role_of(name, is_drums=drums, program=program, mean_pitch=pitch, chord_size=chord)
    assert found in ROLES
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("MELODY", "melody"),
        ("BRIDGE", "bridge"),
        ("PIANO", "harmony"),
        ("Lead Vocals", "melody"),
        ("Counter-melody", "bridge"),
        ("Bass Drum", "drums"),
        ("E-Bass", "bass"),
        ("Fretless Bass", "bass"),
        ("Basso continuo", "bass"),
        ("Percussion", "drums"),
        ("Mélodie", "melody"),
        ("Soprano", "melody"),
        ("Alto", "harmony"),
        ("Alto Sax", "melody"),
        ("Harmonica", "melody"),
        ("Strings", "harmony"),
    ],
)
def test_a_name_tells_the_role(name: str, expected: str) -> None:
    assert role(name) == expected


def test_the_drum_channel_counts_before_the_name() -> None:
    assert role("Melody", drums=True) == "drums"


def test_a_name_counts_before_the_program() -> None:
    assert role("Vocals", program=33) == "melody"


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (33, "bass"),
        (73, "melody"),
        (80, "melody"),
        (48, "harmony"),
        (90, "harmony"),
        (118, "drums"),
    ],
)
def test_a_program_tells_the_role_of_a_track_without_a_telling_name(
    program: int, expected: str
) -> None:
    assert role("Track 3", program=program) == expected


def test_a_lead_instrument_that_plays_chords_is_harmony() -> None:
    assert role(program=80, chord=3.0, pitch=70.0) == "harmony"


@pytest.mark.parametrize(
    ("pitch", "chord", "expected"),
    [(72.0, 1.0, "melody"), (40.0, 1.0, "bass"), (54.0, 1.0, "harmony"), (72.0, 2.5, "harmony")],
)
def test_register_and_texture_tell_the_role_of_a_piano(
    pitch: float, chord: float, expected: str
) -> None:
    assert role(pitch=pitch, chord=chord) == expected


def test_a_track_without_notes_is_harmony() -> None:
    assert role(pitch=0.0, chord=0.0) == "harmony"
