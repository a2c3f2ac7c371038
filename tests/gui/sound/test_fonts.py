from __future__ import annotations

from pathlib import Path

import pytest

from seqgen_gui.sound.fonts import found_fonts


@pytest.mark.skipif("sys.platform == 'win32'", reason="the folders of Windows are others")
def test_soundfonts_in_the_usual_folders_are_found_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, shared = tmp_path / "own", tmp_path / "shared"
    files = [own / "soundfonts" / "b" / "Band.sf3", shared / "sounds" / "sf2" / "a.SF2"]
    for path in (*files, own / "soundfonts" / "read me.txt"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (shared / "sounds" / "sf2" / "default.sf2").symlink_to(files[1])
    (shared / "sounds" / "sf2" / "gone.sf2").symlink_to(tmp_path / "gone.sf2")
    monkeypatch.setenv("XDG_DATA_HOME", str(own))
    monkeypatch.setenv("XDG_DATA_DIRS", f"{shared}:{tmp_path / 'none'}")
    monkeypatch.setattr("sys.platform", "linux")
    assert found_fonts() == [str(files[1]), str(files[0])]
