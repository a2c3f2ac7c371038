from __future__ import annotations

from io import BytesIO

import msgspec
import pytest

from seqgen_gui.sound.program import Program


def test_a_line_that_is_no_wish_ends_it() -> None:
    program = Program(BytesIO())
    with pytest.raises(msgspec.DecodeError):
        program.read(BytesIO(b"no wish\n"))
    assert program._closed
    program.run()
    program.close()
