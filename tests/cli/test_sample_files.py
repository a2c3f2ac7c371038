"""The sample command in a process of its own, with a real model and real files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seqgen.frontends.music.midi.score import read_score
from tests.frontends.music.songs import SONGS, song
from tests.places import ROOT
from tests.tiny_models import tiny_bundle

Seqgen = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a model, a primer and files that are neither."""
    path = tmp_path_factory.mktemp("files")
    model = tiny_bundle("events", path / "tiny.safetensors", roles=["melody", "harmony"])
    (path / "loop.mid").write_bytes(SONGS["loop"]())
    (path / "drums.mid").write_bytes(song({"Kit": (9, 0, 80, [(0, 1, 36)])}))
    (path / "none.mid").write_bytes(b"MThd\0\0\0\6")
    (path / "empty.mid").write_bytes(b"")
    (path / "text.mid").write_text("Dear diary\n")
    data = model.read_bytes()
    (path / "cut.safetensors").write_bytes(data[: len(data) // 2])
    (path / "foreign.safetensors").write_bytes(b"\x80\x04K\x01." * 100)
    (path / "damaged.safetensors").write_bytes(data.replace(b'"dtype":"F16"', b'"dtype":"X99"'))
    return path


REFUSED = [
    (["gone.mid"], 3, "no such file: "),
    (["."], 3, "is a directory, not a file"),
    (["empty.mid"], 3, "is empty"),
    (["text.mid"], 3, "text.mid is "),
    (["none.mid"], 3, "none.mid is "),
    (["drums.mid"], 3, "the primer holds only drums, the model plays melody, harmony"),
    (["loop.mid", "--temperature", "-1"], 2, "temperature -1 is out of range, allowed: 0 to 10"),
    (["loop.mid", "--at", "77"], 2, "bar 77 is out of range, allowed: 2 to 5"),
    (["loop.mid", "--model", "tinny"], 4, "unknown model 'tinny'"),
    (["loop.mid", "--model", "gone.safetensors"], 4, "no such model file"),
    (["loop.mid", "--model", "cut.safetensors"], 4, "cut.safetensors is damaged or cut short"),
    (["loop.mid", "--model", "foreign.safetensors"], 4, "is not a seqgen model"),
    (["loop.mid", "--model", "damaged.safetensors"], 4, "damaged.safetensors is damaged"),
    (["loop.mid", "-o", "loop.mid"], 5, "loop.mid exists already, --force overwrites it"),
    (["loop.mid", "-o", "no/such/out.mid"], 5, "no such directory"),
]


@pytest.mark.parametrize(("arguments", "status", "message"), REFUSED, ids=str)
def test_a_mistake_is_one_line_and_writes_nothing(
    seqgen: Seqgen,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    status: int,
    message: str,
) -> None:
    monkeypatch.chdir(folder)
    before = sorted(folder.iterdir())
    given = ["-o", "out.mid", "--model", "./tiny.safetensors", *arguments]
    told = seqgen("sample", "music", *given)
    assert (told.status, told.out) == (status, "")
    assert told.err.startswith("seqgen: error: ")
    assert told.err.count("\n") == 1
    assert message in told.err
    assert sorted(folder.iterdir()) == before


def test_a_pipe_reads_a_primer_and_writes_a_continuation(folder: Path) -> None:
    command = [sys.executable, "-m", "seqgen", "sample", "music", "-", "-o", "-", "--bars", "2"]
    told = subprocess.run(
        [*command, "--model", str(folder / "tiny.safetensors"), "--seed", "4"],
        input=(folder / "loop.mid").read_bytes(),
        capture_output=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
    )
    assert told.returncode == 0
    score = read_score(told.stdout)
    assert len(score.notes) > len(read_score(SONGS["loop"]()).notes)
    assert b"track 2 'Drums' (drums)" in told.stderr
    assert b"seed 4" in told.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_a_write_error(seqgen: Seqgen, folder: Path) -> None:
    model = str(folder / "tiny.safetensors")
    primer = str(folder / "loop.mid")
    told = seqgen("sample", "music", primer, "-o", "/dev/full", "--model", model)
    assert told.status == 5
    assert told.err.startswith("seqgen: error: cannot write /dev/full: no space left on device")


def test_ctrl_c_while_sampling_leaves_no_file(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "seqgen", "sample", "music", str(folder / "loop.mid")]
    process = subprocess.Popen(
        [*command, "-o", "out.mid", "--notes", "100000", "--model", folder / "tiny.safetensors"],
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
    )
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(3)  # by then it is drawing
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told.splitlines()[-1] == "seqgen: error: interrupted"
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []
