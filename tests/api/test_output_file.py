from __future__ import annotations

import errno
import io
import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from seqgen.api.output_file import check_output, write_output
from seqgen.errors import OutputError

is_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_bytes_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_output(str(tmp_path / "a.mid"), b"notes", force=False)
    assert (tmp_path / "a.mid").read_bytes() == b"notes"
    assert names(tmp_path) == ["a.mid"]


def test_a_new_file_has_the_mode_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_output(str(tmp_path / "a"), b"", force=False)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o604)
    message = "a exists already, --force overwrites it"
    with pytest.raises(OutputError, match=message):
        check_output(str(path), force=False)
    with pytest.raises(OutputError, match=message):
        write_output(str(path), b"new", force=False)
    assert path.read_bytes() == b"old"
    write_output(str(path), b"new", force=True)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "cannot write '': no file name"),
        ("folder", "is a directory"),
        ("folder/", "is a directory"),
        ("new/", "no file name"),
        ("none/a", "no such directory: "),
        ("file/a", "not a directory"),
        ("a\0b", "null byte"),
        ("n" * 300, "file name too long"),
        ("loop", "symbolic links"),
    ],
)
def test_what_cannot_be_written_is_said_before_the_work(
    name: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    before = names(tmp_path)
    with pytest.raises(OutputError, match=reason):
        check_output(name, force=True)
    with pytest.raises(OutputError, match=reason):
        write_output(name, b"x", force=True)
    assert names(tmp_path) == before


@is_root
def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="permission denied"):
        check_output(str(tmp_path / "a"), force=False)


def test_a_symlink_is_followed_and_stays_a_symlink(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "link").symlink_to("deep/real")
    write_output(str(tmp_path / "link"), b"one", force=False)  # dangling: makes its target
    write_output(str(tmp_path / "link"), b"two", force=True)
    assert (tmp_path / "deep" / "real").read_bytes() == b"two"
    assert (tmp_path / "link").is_symlink()
    assert names(tmp_path / "deep") == ["real"]


def test_a_dangling_symlink_into_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("none/real")
    with pytest.raises(OutputError, match="no such directory"):
        check_output(str(tmp_path / "link"), force=False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_device_is_an_error_and_stays_a_device() -> None:
    check_output("/dev/full", force=False)
    with pytest.raises(OutputError, match="cannot write /dev/full: no space left on device"):
        write_output("/dev/full", b"x", force=False)
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_a_null_device_takes_everything_without_force() -> None:
    write_output("/dev/null", b"x", force=False)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_named_pipe_is_written_straight(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_output(str(pipe), b"notes", force=False)
    reader.join(10)
    assert got == [b"notes"]
    assert names(tmp_path) == ["pipe"]


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_a_failure_on_the_way_leaves_the_folder_as_it_was(
    failure: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def fail(_: Any) -> None:
        raise failure

    monkeypatch.setattr(os, "fsync", fail)
    expected = OutputError if isinstance(failure, OSError) else KeyboardInterrupt
    for name in ("a", "new"):
        with pytest.raises(expected):
            write_output(str(tmp_path / name), b"x", force=True)
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_bytes_are_not_thrown_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", Terminal())
    with pytest.raises(OutputError, match="standard output is a terminal"):
        check_output("-", force=False)


def test_a_closed_standard_output_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    with pytest.raises(OutputError, match="standard output is closed"):
        write_output("-", b"", force=False)


def test_a_dash_is_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_output("-", b"\x00notes", force=False)
    assert capfdbinary.readouterr().out == b"\x00notes"
