from __future__ import annotations

import os
from pathlib import Path

import pytest

from seqgen.frontends.data import cache, state
from seqgen.frontends.data.state import Content, remember, state_of
from tests.frontends.data.made import folder_of

INK = (".ink",)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEQGEN_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "source", {"a.ink": b"1", "b.txt": b"2"})


def test_only_the_files_that_count_change_the_state(source: Path) -> None:
    before = state_of(source, INK)
    (source / "b.txt").write_bytes(b"3")
    assert state_of(source, INK) == before
    os.utime(source / "a.ink", (1e9, 1e9))
    assert state_of(source, INK).digest != before.digest
    assert state_of(source, (".ink", ".txt")).digest != state_of(source, INK).digest


def test_a_source_settles_two_seconds_after_its_last_change(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not state_of(source, INK).settled
    monkeypatch.setattr(state, "SETTLED_NS", -(10**10))
    assert state_of(source, INK).settled


def test_only_a_settled_and_unchanged_source_is_remembered(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = state_of(source, INK)
    remember(source, INK, fresh, "key")
    assert cache.recall(fresh.digest) is None
    monkeypatch.setattr(state, "SETTLED_NS", -(10**10))
    settled = state_of(source, INK)
    remember(source, INK, settled, "key")
    assert cache.recall(settled.digest) == "key"
    (source / "a.ink").write_bytes(b"22")
    remember(source, INK, settled, "other")
    assert cache.recall(settled.digest) == "key"


def test_content_is_names_and_bytes_in_their_order() -> None:
    def key(*files: tuple[str, bytes]) -> str:
        content = Content()
        for name, data in files:
            content.add(name, data)
        return content.key()

    one, two = ("a", b"1"), ("b", b"2")
    assert key(one, two) == key(one, two)
    assert len({key(one, two), key(two, one), key(one), key(("b", b"1"), ("a", b"2"))}) == 4
