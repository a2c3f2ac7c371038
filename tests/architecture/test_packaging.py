"""What is built is complete, and works without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.places import ROOT

BUILD = "import sys, hatchling.build as b; print(b.build_{}(sys.argv[1]))"


def build(kind: str, folder: Path) -> Path:
    command = [sys.executable, "-c", BUILD.format(kind), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return folder / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return zipfile.ZipFile(build("wheel", tmp_path_factory.mktemp("wheel")))


def below(folder: str, pattern: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob(pattern)}


def test_the_wheel_holds_code_recipes_models_and_the_desktop_app(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    code = below("seqgen", "*.py") | below("seqgen", "*.toml") | below("seqgen", "*.safetensors")
    icons = {"seqgen_gui/icons/seqgen.svg", "seqgen_gui/icons/music.svg"}
    assert code | icons | {"seqgen/py.typed", "seqgen_gui/app.py"} <= names


def test_the_wheel_holds_every_data_set_card_and_our_own_corpora(wheel: zipfile.ZipFile) -> None:
    wanted = below("datasets", "card.toml") | below("datasets/starter", "*.mid")
    wanted |= below("datasets/starter-hand", "*.inkml")
    assert {name.replace("datasets", "seqgen/_datasets", 1) for name in wanted} <= set(
        wheel.namelist()
    )


def test_the_wheel_puts_no_foreign_name_beside_other_packages(wheel: zipfile.ZipFile) -> None:
    top = {name.split("/")[0] for name in wheel.namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"seqgen", "seqgen_gui"}


def test_the_wheel_names_its_programs(wheel: zipfile.ZipFile) -> None:
    (entry,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    text = wheel.read(entry).decode()
    assert "seqgen = seqgen.cli:main" in text
    assert "seqgen-gui = seqgen_gui.app:main" in text


def test_an_installed_copy_finds_its_data_sets(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "site")
    done = subprocess.run(
        [sys.executable, "-m", "seqgen", "datasets", "check", "starter", "--json"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert str(tmp_path / "site" / "seqgen" / "_datasets" / "starter") in done.stdout


def test_the_source_archive_holds_what_the_wheel_is_built_from(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert (
        below("datasets", "card.toml") | {"README.md", "LICENSE", "gui/seqgen_gui/app.py"} <= names
    )
