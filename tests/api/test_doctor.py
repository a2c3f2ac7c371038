from __future__ import annotations

from pathlib import Path

import pytest

from seqgen import __version__
from seqgen.api import doctor as module
from seqgen.api import models
from seqgen.api.doctor import doctor


@pytest.fixture
def health(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, tuple[str, str]]:
    """Look at an installation with one broken model, no numpy and a Qt that does not load."""
    (tmp_path / "old.safetensors").write_bytes(b"no model")
    monkeypatch.setattr(models, "BUNDLED", tmp_path)
    monkeypatch.setattr(module, "PACKAGES", ("msgspec", "no-such-package"))
    monkeypatch.setattr(module, "QT", "raise ImportError('libEGL.so.1: cannot open')")
    report = doctor()
    assert not report.healthy
    return {check.name: (check.status, check.detail) for check in report.checks}


def test_versions_are_told(health: dict[str, tuple[str, str]]) -> None:
    assert health["seqgen"][1].startswith(__version__)
    assert health["msgspec"][0] == "ok"


def test_what_is_missing_or_broken_is_bad(health: dict[str, tuple[str, str]]) -> None:
    assert health["no-such-package"] == ("bad", "not installed")
    assert health["model old"][0] == "bad"


def test_a_qt_that_does_not_load_is_a_note_with_the_reason(
    health: dict[str, tuple[str, str]],
) -> None:
    status, detail = health["desktop app"]
    assert status == "note"
    assert detail.endswith("ImportError: libEGL.so.1: cannot open")


def test_the_folders_and_the_device_are_told(health: dict[str, tuple[str, str]]) -> None:
    assert {"cache folder", "models folder", "device", "processors"} <= set(health)
