from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from seqgen.cli.completion import script

ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
_seqgen
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_itself_takes_the_script(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    path = tmp_path / "completion"
    path.write_text(script(shell))
    done = subprocess.run([shell, "-n", str(path)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("seqgen sa", "sample"),
        ("seqgen sample ", "handwriting music"),
        ("seqgen train ", "music handwriting"),
        ("seqgen train handwriting ink --rec", "--recipe"),
        ("seqgen sample music --temp", "--temperature"),
        ("seqgen sample music a.mid --time ", "auto metric free"),
        ("seqgen sample music ", ""),
        ("seqgen hand ", "fit"),
        ("seqgen hand fit --t", "--text --threads"),
        ("seqgen completion ", "bash zsh fish"),
    ],
)
@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_offers_what_may_come_next(words: str, offered: str, tmp_path: Path) -> None:
    path = tmp_path / "completion"
    path.write_text(script("bash"))
    command = ["bash", "-c", ASK, "bash", str(path), *words.split(" ")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == offered.split()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_and_option_of_the_tree_is_in_the_script(shell: str) -> None:
    text = script(shell)
    for word in ("sample", "music", "temperature", "top-p", "resume", "doctor", "check", "fish"):
        assert word in text
