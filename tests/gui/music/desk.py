"""A worker played by the test: requests wait until the test has them answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from seqgen.api.datasets import datasets
from seqgen.api.excerpt import excerpt_music
from seqgen.api.recording import record_music
from seqgen.api.sheet import music_sheet
from seqgen.api.tracks import takes_as_tracks
from seqgen.config import ExcerptMusic, MusicResult, Progress, SampleMusic, Take
from seqgen.errors import SeqgenError
from seqgen.frontends.music.midi.score import NOTE, Score, read_score
from seqgen.frontends.music.midi.writer import continued
from seqgen.frontends.music.playing.new_piece import empty_sheet
from seqgen.frontends.music.playing.span import find_join
from seqgen.reports import ModelEntry, ModelReport, Models
from tests.gui.sent import Sent

PROPOSED = {"temperature": 0.85, "top_p": 0.98}
_MODELS = Models(
    models=[
        ModelEntry(name="chorale", path="c", size=1, frontend="music", description="Chorales"),
        ModelEntry(name="hand", path="h", size=1, frontend="handwriting"),
        ModelEntry(name="pop", path="p", size=1, frontend="music", description="Pop songs"),
    ],
    folder="models",
)


class Desk:
    """Is a ``Requests``; ``answer`` does the work of those that wait, takes apart."""

    def __init__(self) -> None:
        self.waiting: list[Sent] = []
        self.sent: list[Sent] = []

    def send(
        self,
        verb: str,
        request: object,
        on_progress: Callable[[Progress], None],
        on_result: Callable[[Any], None],
        on_error: Callable[[str], None],
    ) -> Sent:
        sent = Sent(verb, request, on_progress, on_result, on_error)
        if verb != "hear_music":  # which nobody waits for
            self.waiting.append(sent)
        self.sent.append(sent)
        return sent

    def answer(self) -> None:
        """Answer all that wait, and what is asked upon that."""
        while self.waiting:
            self.answer_one()

    def answer_one(self) -> None:
        sent = self.waiting.pop(0)
        if sent.cancelled:
            return
        try:
            result = _WORK[sent.verb](sent)
        except SeqgenError as error:
            sent.on_error(str(error))
        else:
            sent.on_result(msgspec.json.decode(msgspec.json.encode(result)))

    def requests(self, verb: str) -> list[Any]:
        """The requests of a use-case so far."""
        return [sent.request for sent in self.sent if sent.verb == verb]

    def stream(self, rows: list[list[int]], take: int = 0) -> None:
        """Tell notes of the take that waits."""
        data = {"take": take, "notes": rows}
        self.waiting[0].on_progress(Progress(stage="sampling", done=len(rows), data=data))


def drawn_for(sent: Sent) -> MusicResult:
    """What a request of ``sample_music`` gives."""
    request: SampleMusic = sent.request
    seed = 1000 + len(request.output) if request.seed is None else request.seed
    score = read_score(Path(request.primer).read_bytes()) if request.primer else empty_sheet(None)
    join = find_join(score, request.at) if request.primer else 0
    takes = []
    for index in range(request.count):
        path = Path(request.output)
        if request.count > 1:
            path = path.with_stem(f"{path.stem}-{index + 1}")
        notes = drawn(score, join, request.bars or 8, seed + index)
        recipe = {"model": request.model or "pop", "seed": seed + index, "temperature": 0.85}
        recipe |= {"bars": request.bars, "at": score.meters.bar_index(join) + 1}
        path.write_bytes(continued(score, join, notes, cut=request.at is not None, recipe=recipe))
        takes.append(
            Take(
                path=str(path),
                seed=seed + index,
                notes=len(notes),
                bars=float(request.bars or 8),
                seconds=4.0,
                guards={},
            )
        )
    return MusicResult(
        model=request.model or "pop",
        engine="numpy",
        temperature=0.85,
        key=None,
        time="metric",
        primer_notes=len(score.notes),
        at_bar=score.meters.bar_index(join) + 1,
        takes=takes,
        warnings=[],
    )


def drawn(score: Score, join: int, bars: int, seed: int) -> np.ndarray[Any, Any]:
    """Four notes a bar on the first track that plays."""
    beat = score.ticks_per_beat
    track = int(score.notes["track"][0]) if len(score.notes) else 1
    channel = score.tracks[track].channel
    end = score.meters.bar_line(score.meters.bar_index(join) + bars)
    rows = [
        (tick, min(tick + beat, end), 60 + (seed + tick // beat) % 12, 90, channel, track)
        for tick in range(join, end, beat)
    ]
    return np.array(rows, NOTE)


_WORK: dict[str, Callable[[Sent], Any]] = {
    "music_sheet": lambda sent: music_sheet(sent.request["path"]),
    "excerpt_music": lambda sent: excerpt_music(msgspec.convert(sent.request, ExcerptMusic)),
    "record_music": lambda sent: record_music(**sent.request),
    "takes_as_tracks": lambda sent: takes_as_tracks(**sent.request),
    "models": lambda sent: _MODELS,
    "datasets": lambda sent: datasets(),
    "inspect": lambda sent: ModelReport(path="p", size=1, card={"sampling": PROPOSED}),
    "sample_music": drawn_for,
}
