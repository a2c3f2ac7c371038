from __future__ import annotations

import configparser
import shlex
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from seqgen.errors import OutputError
from seqgen_gui.desktop import APP_ID, install, quoted, start_command


def read(file: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(file)
    return parser["Desktop Entry"]


def test_the_three_files_are_written_and_written_again(tmp_path: Path) -> None:
    for _ in range(2):
        desktop, metainfo, icon = install(tmp_path)
    entry = read(desktop)
    assert entry["Icon"] == icon.stem == metainfo.name.removesuffix(".metainfo.xml") == APP_ID
    assert entry["Name"] == "seqgen"
    assert entry["Categories"].endswith(";")
    assert shlex.split(entry["Exec"]) == [*start_command(), "%f"]
    assert ET.parse(icon).getroot().tag.endswith("svg")
    component = ET.parse(metainfo).getroot()
    assert component.findtext("id") == APP_ID
    assert component.findtext("launchable") == desktop.name
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 3


def test_the_files_go_where_the_desktop_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert install()[0] == tmp_path / "applications" / f"{APP_ID}.desktop"
    monkeypatch.setenv("XDG_DATA_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert install()[0].parent == tmp_path / "home/.local/share/applications"


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("/usr/bin/seqgen-gui", "/usr/bin/seqgen-gui"),
        ("/home/a b/seqgen", '"/home/a b/seqgen"'),
        ("100%", "100%%"),
        ('a"b', '"a\\\\"b"'),
        ("a$b`c", '"a\\\\$b\\\\`c"'),
        ("a\\b", '"a\\\\\\\\b"'),
    ],
)
def test_a_word_of_the_command_line_is_quoted_as_the_specification_says(
    word: str, line: str
) -> None:
    assert quoted(word) == line


def test_a_command_with_spaces_survives(tmp_path: Path) -> None:
    desktop = install(tmp_path, ["/home/a b/python", "-m", "seqgen_gui.app"])[0]
    assert shlex.split(read(desktop)["Exec"]) == ["/home/a b/python", "-m", "seqgen_gui.app", "%f"]


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "applications").touch()
    with pytest.raises(OutputError, match=r"cannot make the folder .*applications: file exists"):
        install(tmp_path)
