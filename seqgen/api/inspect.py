"""What is in a file: MIDI, ink, a style of somebody's own, or a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from seqgen.api.input_file import STDIN, read_input
from seqgen.api.models import SUFFIX, resolve
from seqgen.errors import InputFileError, ModelError
from seqgen.reports import HandReport, InkFileReport, MidiReport, ModelReport, TrackReport

if TYPE_CHECKING:
    from seqgen.frontends.music.midi.score import Score

MODEL_START = b'{"'  # a safetensors file: eight bytes of length, then JSON


def inspect(path: str) -> MidiReport | InkFileReport | HandReport | ModelReport:
    """Say what was understood of a MIDI, SVG, InkML, ``.hand`` or model file or a model's name.

    Raises InputFileError for what is none of these, ModelError for a model that cannot be read.
    """
    try:
        data = read_input(path)
    except InputFileError as error:
        model = None if Path(path).is_file() else _model_named(path)
        if model is None:
            raise error
        return _model(model)
    if path != STDIN and (path.endswith(SUFFIX) or data[8:10] == MODEL_START):
        return _model(Path(path))
    from seqgen.api.inspect_hand import inspect_hand, looks_like_hand
    from seqgen.api.inspect_ink import inspect_ink, looks_like_xml

    if looks_like_hand(path, data):
        return inspect_hand("standard input" if path == STDIN else path, data)

    if looks_like_xml(data):
        return inspect_ink("standard input" if path == STDIN else path, data)
    from seqgen.frontends.music.midi.score import read_score

    return midi_report(path, read_score(data, path))


def _model_named(name: str) -> Path | None:
    try:
        return resolve(name)
    except ModelError:
        return None


def _model(path: Path) -> ModelReport:
    from seqgen.core.checkpoint import read_card

    card = msgspec.to_builtins(read_card(path))
    return ModelReport(path=str(path), size=path.stat().st_size, card=card)


def midi_report(path: str, score: Score) -> MidiReport:
    """Say what was understood of the MIDI file ``path``, read as ``score``."""
    return MidiReport(
        path=path,
        format=score.smf.format,
        ticks_per_beat=score.ticks_per_beat,
        seconds=score.tempos.seconds(score.end),
        bars=score.meters.bar_index(max(score.end - 1, 0)) + 1,
        notes=len(score.notes),
        tempos=_tempos(score),
        meters=_meters(score),
        keys=[(score.meters.bar_index(tick) + 1, key) for tick, key in score.keys],
        tracks=_tracks(score),
        recipe=score.recipe,
        warnings=list(score.warnings),
    )


def _tempos(score: Score) -> list[tuple[float, float]]:
    return [
        (round(float(score.tempos.seconds(tick)), 3), round(60e6 / microseconds, 3))
        for tick, microseconds in score.tempos.changes
    ]


def _meters(score: Score) -> list[tuple[int, str]]:
    return [
        (score.meters.bar_index(tick) + 1, f"{numerator}/{denominator}")
        for tick, numerator, denominator in score.meters.changes
    ]


def _tracks(score: Score) -> list[TrackReport]:
    counts = np.bincount(score.notes["track"], minlength=len(score.tracks))
    return [
        TrackReport(
            name=track.name,
            channel=track.channel,
            program=track.program,
            is_drums=track.is_drums,
            role=track.role,
            notes=int(counts[track.index]),
        )
        for track in score.tracks
    ]
