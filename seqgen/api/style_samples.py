"""The styles of a model, and a few words in each: drawn side by side, kept for the next time."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path

import msgspec
import numpy as np

from seqgen.api.commission import DEFAULT_MODEL, Commission, commission
from seqgen.api.handwriting_sheets import columns_of
from seqgen.api.models import resolve
from seqgen.api.own_hands import own_hands
from seqgen.api.press import Press
from seqgen.api.scribe import Scribe, write_lines
from seqgen.api.styles import NO_HAND, model_fingerprint, writing_state
from seqgen.config import Progress, SampleHandwriting
from seqgen.core.checkpoint import read_bundle
from seqgen.core.fingerprint import fingerprint
from seqgen.core.pen_engine import Float
from seqgen.errors import OutputError, UsageError
from seqgen.files import write_file
from seqgen.frontends.data.cache import cache_folder
from seqgen.frontends.handwriting.writing.compose import CutLine
from seqgen.ink_sheets import HandwritingStyles, StyleSample

SAMPLE_SEED = 3
MOST_SAMPLES = 64
FOLDER = "styles-1"
KEPT_MODELS, KEPT_SAMPLES = 8, 256
Samples = dict[str, StyleSample]


def handwriting_styles(
    model: str | None = None, names: Sequence[str] = (), text: str = "Hello there"
) -> Generator[Progress | HandwritingStyles, None, None]:
    """All styles of a model by name, and a sample of each of ``names``, which may be mixes.

    ``data`` holds each ``sample`` as it is done. Samples have an x-height of 2.5 mm. They are
    kept in the cache, and not drawn again.
    """
    if len(names) > MOST_SAMPLES:
        raise UsageError(f"{len(names)} samples are too many, allowed: up to {MOST_SAMPLES}")
    card, weights = read_bundle(resolve(model or DEFAULT_MODEL))
    known = [*writing_state(card).styles, NO_HAND]
    tasks = [commission(_request(model, name, text)) for name in names]
    cache = _Cache(fingerprint(weights))
    keys = [_key(text, task.scribe.style) for task in tasks]
    found = {
        name: msgspec.structs.replace(cache.samples[key], name=name)
        for name, key in zip(names, keys, strict=True)
        if key in cache.samples
    }
    for done, sample in enumerate(found.values(), start=1):
        yield Progress(stage="styles", done=done, total=len(names), data={"sample": sample})
    missing = [k for k, name in enumerate(names) if name not in found]
    for k, drawn in _drawn([tasks[k] for k in missing], [names[k] for k in missing]):
        if drawn is not None:
            found[drawn.name] = cache.samples[keys[missing[k]]] = drawn
        data = {} if drawn is None else {"sample": drawn}
        yield Progress(stage="styles", done=len(found), total=len(names), data=data)
    if missing:
        cache.keep()
    yield HandwritingStyles(
        model=card.name,
        names=known,
        hands=own_hands(model_fingerprint(weights)),
        samples=[found[name] for name in names],
    )


def _request(model: str | None, name: str, text: str) -> SampleHandwriting:
    return SampleHandwriting(text=text, output="", model=model, style=name, margin=1.0, wander=0.0)


def _key(text: str, style: Float) -> str:
    return blake2b(text.encode() + b"\0" + style.tobytes(), digest_size=16).hexdigest()


def _drawn(
    tasks: Sequence[Commission], names: Sequence[str]
) -> Generator[tuple[int, StyleSample | None], None, None]:
    """Samples with their numbers as they are done, all lines of all styles side by side.

    A sample does not depend on the others: its lines have random streams of their own.
    """
    if not tasks:
        return
    lines = [line for task in tasks for line in task.lines]
    owners = [k for k, task in enumerate(tasks) for _ in task.lines]
    streams = [number for task in tasks for number in range(len(task.lines))]
    one = tasks[0].scribe
    styles = np.stack([tasks[k].scribe.style for k in owners]) if owners else one.style
    scribe = Scribe(one.engine, styles, one.settings, one.alphabet, one.pace, tuple(streams))
    waiting: dict[int, dict[int, CutLine]] = {k: {} for k in range(len(tasks))}
    with closing(write_lines(scribe, lines, SAMPLE_SEED)) as work:
        for step in work:
            for line, cut in step.settled.items():
                waiting[owners[line]][streams[line]] = cut
            for k in [k for k, own in waiting.items() if len(own) == len(tasks[k].lines)]:
                yield k, _sample(tasks[k], names[k], waiting.pop(k))
            yield -1, None
    for k, own in waiting.items():  # glyphs alone
        yield k, _sample(tasks[k], names[k], own)


def _sample(task: Commission, name: str, lines: Mapping[int, CutLine]) -> StyleSample:
    press = Press(task.plan, task.lines, task.page, SAMPLE_SEED)
    list(press.take(lines))
    work = press.finish()
    while True:
        try:
            next(work)
        except StopIteration as end:
            page = end.value[0]
            break
    points, lengths = columns_of(page.ink.strokes)
    return StyleSample(
        name=name, width=page.width, height=page.height, points=points, lengths=lengths
    )


class _Cache:
    """Samples of a model by their keys, kept in a file; one that cannot be read is begun anew."""

    def __init__(self, model: str) -> None:
        self._folder = cache_folder().parent / FOLDER
        self._file = self._folder / f"{model}.json"
        self.samples: Samples = {}
        with suppress(OSError, msgspec.MsgspecError):
            self.samples = msgspec.json.decode(self._file.read_bytes(), type=Samples)

    def keep(self) -> None:
        """Write the newest samples; a cache that cannot be written is no reason to stop."""
        newest = dict(list(self.samples.items())[-KEPT_SAMPLES:])
        with suppress(OSError, OutputError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_file(self._file, msgspec.json.encode(newest))
            for old in self._by_age()[:-KEPT_MODELS]:
                old.unlink()

    def _by_age(self) -> list[Path]:
        return sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
