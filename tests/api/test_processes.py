from __future__ import annotations

import pytest

from seqgen.api.processes import leads


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, True),
        ({"WORLD_SIZE": "2", "RANK": "0"}, True),
        ({"WORLD_SIZE": "2", "RANK": "1"}, False),
        ({"WORLD_SIZE": "1", "RANK": "0"}, True),
        ({"RANK": "3"}, True),
    ],
)
def test_the_first_of_several_processes_leads(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: bool
) -> None:
    for name in ("WORLD_SIZE", "RANK"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert leads() is expected
