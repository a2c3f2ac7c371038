from __future__ import annotations

from pathlib import Path

import pytest

from seqgen.api import models as module
from seqgen.api.models import keep_model, models, resolve
from seqgen.core.checkpoint import read_card
from seqgen.errors import ModelError, OutputError, UsageError
from tests.tiny_models import tiny_bundle


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    bundled, own = tmp_path / "bundled", tmp_path / "own"
    for folder, names in ((bundled, ["chorale", "pop"]), (own, ["pop", "mine"])):
        folder.mkdir()
        for name in names:
            (folder / f"{name}.safetensors").write_bytes(b"no model")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(module, "BUNDLED", bundled)
    monkeypatch.setattr(module, "user_folder", lambda: own)
    return bundled, own


def test_a_name_is_a_bundled_model_or_the_users_own_which_comes_first(
    folders: tuple[Path, Path],
) -> None:
    bundled, own = folders
    assert resolve("chorale") == bundled / "chorale.safetensors"
    assert resolve("pop") == own / "pop.safetensors"
    assert resolve("mine") == own / "mine.safetensors"


def test_a_name_comes_before_a_file_of_that_name_here(folders: tuple[Path, Path]) -> None:
    Path("chorale").mkdir()
    Path("mine").touch()
    assert resolve("chorale") == folders[0] / "chorale.safetensors"
    assert resolve("./mine") == Path("mine")


def test_a_path_is_a_file_or_the_folder_of_a_run() -> None:
    Path("a.safetensors").touch()
    Path("run").mkdir()
    assert resolve("a.safetensors") == Path("a.safetensors")
    with pytest.raises(ModelError, match=r"no best\.safetensors in run"):
        resolve("run")
    Path("run/best.safetensors").touch()
    assert resolve("run") == Path("run/best.safetensors")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("choral", "unknown model 'choral', did you mean chorale?"),
        ("xyzxyz", "unknown model 'xyzxyz', known: chorale, mine, pop"),
        ("none.safetensors", "no such model file: none.safetensors"),
        ("./none", "no such model file: ./none"),
        ("n" * 300, "unknown model"),
        ("a\0b", "unknown model"),
    ],
)
def test_an_unknown_model_is_answered_with_the_nearest(name: str, message: str) -> None:
    with pytest.raises(ModelError) as caught:
        resolve(name)
    assert message in str(caught.value)


def test_the_list_has_every_model_and_says_which_cannot_be_read(
    folders: tuple[Path, Path],
) -> None:
    found = models()
    assert [entry.name for entry in found.models] == ["chorale", "mine", "pop"]
    assert all("no safetensors header" in entry.error for entry in found.models)
    assert found.folder == str(folders[1])


def test_every_bundled_model_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUNDLED", Path(module.__file__).parents[1] / "models")
    monkeypatch.setattr(module, "user_folder", lambda: Path("none"))
    for entry in models().models:
        assert entry.error == ""
        assert entry.frontend in ("music", "handwriting")
        assert entry.description
        assert entry.size < 12e6


def test_the_best_model_of_a_run_is_kept_under_a_name_of_its_own(
    folders: tuple[Path, Path],
) -> None:
    Path("run").mkdir()
    tiny_bundle("events", Path("run/best.safetensors"))
    entry = keep_model("run", "My waltzes")
    assert entry.path == str(folders[1] / "My waltzes.safetensors")
    assert resolve("My waltzes") == Path(entry.path)
    assert read_card(Path(entry.path)).name == "My waltzes"


@pytest.mark.parametrize("name", ["pop", "POP", "chorale"])
def test_a_model_is_never_kept_in_the_place_of_another(name: str) -> None:
    Path("run").mkdir()
    tiny_bundle("events", Path("run/best.safetensors"))
    with pytest.raises(OutputError, match=f"a model is called '{name}' already"):
        keep_model("run", name)


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "a\nb", "end.", "n" * 65])
def test_a_model_is_kept_under_names_that_every_file_system_knows(name: str) -> None:
    with pytest.raises(UsageError, match="is no name for a model"):
        keep_model("run", name)
