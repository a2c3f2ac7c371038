"""Models that learned nothing, and a primer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.sampling import CODECS
from tests.frontends.music.songs import SONGS
from tests.tiny_models import tiny_bundle


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("models")
    return {codec: str(tiny_bundle(codec, folder / f"{codec}.safetensors")) for codec in CODECS}


@pytest.fixture
def loop(tmp_path: Path) -> str:
    path = tmp_path / "loop.mid"
    path.write_bytes(SONGS["loop"]())
    return str(path)
