from __future__ import annotations

import pytest

from seqgen.errors import (
    InputFileError,
    ModelError,
    OutputError,
    SeqgenError,
    UsageError,
    did_you_mean,
    reason,
)


def test_every_kind_of_failure_has_its_own_exit_status() -> None:
    kinds = (SeqgenError, UsageError, InputFileError, ModelError, OutputError)
    assert [kind.exit_code for kind in kinds] == [1, 2, 3, 4, 5]
    assert all(issubclass(kind, SeqgenError) for kind in kinds)


@pytest.mark.parametrize(
    ("name", "names", "sentence"),
    [
        ("choral", ["pop", "chorale"], "did you mean chorale?"),
        ("pops", ["pop", "pops2"], "did you mean pops2 or pop?"),
        ("zzz", ["pop", "chorale"], "known: chorale, pop"),
        ("zzz", [], "known: none"),
    ],
)
def test_the_nearest_names_are_suggested_or_all_are_listed(
    name: str, names: list[str], sentence: str
) -> None:
    assert did_you_mean(name, names) == sentence


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (OSError(28, "No space left on device", "a.mid"), "no space left on device"),
        (ValueError("Embedded null byte"), "embedded null byte"),
    ],
)
def test_a_foreign_error_ends_a_sentence(error: Exception, text: str) -> None:
    assert reason(error) == text
