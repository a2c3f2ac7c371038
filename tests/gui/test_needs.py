from __future__ import annotations

from pathlib import Path

from seqgen_gui.needs import missing, missing_on_linux

NONE = Path("none.so")


def test_nothing_is_missing_where_the_tests_run() -> None:
    assert missing() == ""


def test_a_display_is_needed() -> None:
    assert missing_on_linux({}, NONE).startswith("there is no display")
    assert missing_on_linux({"DISPLAY": ":0"}, NONE) == ""
    assert missing_on_linux({"WAYLAND_DISPLAY": "wayland-0"}, NONE) == ""
    assert missing_on_linux({"QT_QPA_PLATFORM": "offscreen"}, NONE) == ""


def test_a_library_that_is_missing_is_named_with_the_package_to_install(tmp_path: Path) -> None:
    plugin = tmp_path / "libqxcb.so"
    plugin.write_bytes(b"no library")
    told = missing_on_linux({"DISPLAY": ":0"}, plugin)
    assert told.startswith("Qt cannot draw on this display: ")
    assert "apt install" in told
    assert "libxcb-cursor0" in told
    assert "\n" not in told
