"""Starting the command line costs little."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

HEAVY = ("torch", "numpy", "mido", "msgspec", "rich", "PySide6", "svgwrite", "safetensors")
REPORT = """
import json, sys, time
from seqgen.cli import main
status = main(sys.argv[1:])
top = sorted({name.partition('.')[0] for name in sys.modules})
print(json.dumps([status, time.process_time(), top]), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "command",
    [
        ["--help"],
        ["--version"],
        ["sample", "music", "--help"],
        ["sample", "handwriting", "--help"],
        ["hand", "fit", "--help"],
        ["completion", "bash"],
    ],
)
def test_help_imports_nothing_heavy(process: Callable[..., Any], command: list[str]) -> None:
    told = process(*command, code=REPORT)
    status, _, modules = json.loads(told.stderr)
    assert status == 0
    assert not set(HEAVY) & set(modules)


def test_the_import_check_sees_a_heavy_import(process: Callable[..., Any]) -> None:
    told = process("--help", code="import numpy\n" + REPORT)
    assert "numpy" in json.loads(told.stderr)[2]


def test_help_takes_less_than_a_fifth_of_a_second_of_processor_time(
    process: Callable[..., Any],
) -> None:
    spent = [json.loads(process("--help", code=REPORT).stderr)[1] for _ in range(3)]
    assert min(spent) < 0.2
