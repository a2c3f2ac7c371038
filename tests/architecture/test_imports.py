"""The import contracts hold, and each of them can be broken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

LINT = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
PLANTED = [
    ("seqgen/api/models.py", "import seqgen.cli", "Layers"),
    ("seqgen/core/steps.py", "import seqgen.frontends.music", "Layers"),
    ("seqgen/errors.py", "import seqgen.config", "Layers"),
    ("seqgen/api/doctor.py", "import PySide6.QtCore", "Headless"),
    ("seqgen/core/steps.py", "import mido", "The core knows no file format"),
    ("seqgen/frontends/music/midi/meter.py", "import torch", "Frontends know no neural network"),
    (
        "seqgen/frontends/handwriting/planted.py",
        "import seqgen.frontends.music.midi.meter",
        "The two frontends do not know each other",
    ),
    (
        "seqgen/frontends/data/members.py",
        "import seqgen.frontends.music.midi.meter",
        "The two frontends do not know each other",
    ),
    ("seqgen/cli/models.py", "import seqgen.core.steps", "The command line and the worker"),
    ("seqgen/cli/models.py", "import numpy", "The command line and the worker"),
    ("seqgen/worker.py", "import torch", "The command line and the worker"),
    ("seqgen/worker.py", "import seqgen.cli.output", "Layers"),
    ("gui/seqgen_gui/app.py", "import seqgen.api.models", "The desktop app talks to the worker"),
    ("gui/seqgen_gui/live/take.py", "import mido", "The desktop app talks to the worker"),
]


def lint(root: Path) -> tuple[int, list[str]]:
    """Run import-linter in ``root``; returns its status and the contracts that are broken."""
    path = os.pathsep.join([str(root), str(root / "gui")])
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": path, "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )
    lines = done.stdout.splitlines()
    return done.returncode, [line for line in lines if " BROKEN" in line]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", root)
    ignored = shutil.ignore_patterns("__pycache__", "*.safetensors")
    for folder in ("seqgen", "gui"):
        shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    return root


def test_every_import_contract_holds() -> None:
    assert lint(ROOT) == (0, [])


@pytest.mark.parametrize(("file", "line", "contract"), PLANTED)
def test_a_planted_import_breaks_its_contract(
    copy: Path, file: str, line: str, contract: str
) -> None:
    path = copy / file
    old = path.read_text() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.write_text(f"{old or ''}\n{line}\n")
    try:
        status, broken = lint(copy)
    finally:
        path.write_text(old or "")
    assert status == 1
    assert any(name.startswith(contract) for name in broken)


def test_every_contract_has_a_planted_import() -> None:
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]
    assert len(names) >= 7
    for name in names:
        assert any(name.startswith(contract) for _, _, contract in PLANTED), name
