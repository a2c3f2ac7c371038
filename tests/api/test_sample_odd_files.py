from __future__ import annotations

import io
import time
from pathlib import Path

import mido
import pytest

from seqgen.errors import InputFileError
from seqgen.frontends.music.midi.score import read_score
from tests.api.sampling import CODECS, run
from tests.frontends.music.midi import odd_containers, odd_events  # noqa: F401 (they fill ODD_FILES)
from tests.frontends.music.midi.odd_files import ODD_FILES, OddFile

HANG = 30.0  # seconds of CPU; benchmarks/odd_files.py says how long each really takes
SMALL = 20_000  # bytes, up to which mido is asked too: it takes minutes for some larger ones


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("odd", ODD_FILES, ids=lambda odd: odd.name)
def test_an_odd_file_is_continued_or_refused_in_one_line(
    models: dict[str, str], tmp_path: Path, odd: OddFile, codec: str
) -> None:
    primer, output = tmp_path / "odd.mid", tmp_path / "out.mid"
    primer.write_bytes(odd.build())
    start = time.process_time()
    try:
        result = run(output, models[codec], str(primer), bars=1)
    except InputFileError as error:
        refusal = str(error)
        sung = not odd.refused and len(read_score(primer.read_bytes()).notes)
        assert (refusal.count("\n"), output.exists(), sung) == (0, False, False)
        return
    assert time.process_time() - start < HANG
    before, after = read_score(primer.read_bytes()), read_score(output.read_bytes())
    assert len(after.notes) == len(before.notes) + result.takes[0].notes
    assert result.takes[0].notes > 0
    if len(primer.read_bytes()) < SMALL and mido_reads(primer.read_bytes()):
        assert mido_reads(output.read_bytes())


def mido_reads(data: bytes) -> bool:
    try:
        mido.MidiFile(file=io.BytesIO(data), clip=True)
    except Exception:
        return False
    return True
