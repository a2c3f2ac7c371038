from __future__ import annotations

import numpy as np
import pytest

from seqgen.core.steps import check_steps
from seqgen.errors import InputFileError, UsageError
from seqgen.frontends.music.codecs import events, voices
from seqgen.frontends.music.codecs.encoding import CODECS, encoder, spec_of
from seqgen.frontends.music.corpus.pieces import Piece
from seqgen.frontends.music.midi.score import NOTE
from seqgen.frontends.music.midi.writer import new_piece
from tests.frontends.music.songs import SONGS


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("name", SONGS)
def test_every_codec_encodes_every_song(codec: str, name: str) -> None:
    encode, _ = encoder(codec)
    steps = encode(Piece(name, SONGS[name]()))
    assert len(steps)
    check_steps(steps, spec_of(codec))


def test_the_key_of_the_work_tells_codec_and_time() -> None:
    keys = {encoder(codec, time)[1] for codec in CODECS for time in ("auto", "free")}
    assert len(keys) == 4


def test_an_unknown_codec_gets_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="did you mean voices"):
        encoder("voice")


def test_a_file_without_notes_is_refused() -> None:
    empty = new_piece([], np.empty(0, NOTE), 480, 500_000, (4, 4))
    with pytest.raises(InputFileError, match=r"empty\.mid holds no notes"):
        encoder("events")[0](Piece("empty.mid", empty))


def test_both_codecs_hear_the_same_chorale() -> None:
    data = SONGS["chorale"]()
    rows = voices.decode(encoder("voices")[0](Piece("a", data)).fields)
    notes = events.decode(encoder("events")[0](Piece("a", data)).fields, 0)
    sung = {(int(n["start"]) // 3, int(n["pitch"])) for n in notes}
    assert all(pitch in rows[cell] for cell, pitch in sung)
