"""Recipes: how a model is trained, as a TOML file that flags can override."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from seqgen.core.steps import NetworkConfig
from seqgen.core.trainer_config import TrainerConfig
from seqgen.errors import InputFileError, UsageError, did_you_mean, reason
from seqgen.frontends.music.corpus.augment import Augment

FOLDER = Path(__file__).parent.parent / "recipes"
DEFAULT = "notes"


class Recipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that training needs beside the data.

    ``sampling`` are the temperature and the like that the model proposes; ``licence`` is that
    of the weights.
    """

    name: str
    codec: str
    description: str = ""
    frontend: str = "music"
    licence: str = ""
    network: NetworkConfig = NetworkConfig()
    trainer: TrainerConfig = TrainerConfig()
    augment: Augment = Augment()
    sampling: dict[str, float] = {}


def recipes() -> list[str]:
    """The names of the bundled recipes."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def read_recipe(name_or_path: str, overrides: Iterable[str] = ()) -> Recipe:
    """Read a bundled recipe or a file, and apply ``table.key=value`` overrides.

    Raises UsageError for an unknown name or key and InputFileError for a broken file, each with
    what is allowed.
    """
    path = FOLDER / f"{name_or_path}.toml"
    if name_or_path not in recipes():
        path = Path(name_or_path)
        if path.suffix != ".toml":
            known = did_you_mean(name_or_path, recipes())
            raise UsageError(f"no recipe is called {name_or_path!r}, {known}")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputFileError(f"cannot read {path}: {reason(error)}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputFileError(f"{path} is no recipe: {error}") from error
    recipe = _convert(table, InputFileError, str(path))
    for override in overrides:
        table = _overridden(msgspec.to_builtins(recipe), override)
        recipe = _convert(table, UsageError, f"--set {override}")
    return recipe


def _convert(table: dict[str, Any], kind: type[Exception], where: str) -> Recipe:
    try:
        return msgspec.convert(table, Recipe)
    except msgspec.ValidationError as error:
        raise kind(f"{where}: {str(error)[:1].lower()}{str(error)[1:]}") from error


def _overridden(table: dict[str, Any], override: str) -> dict[str, Any]:
    """Put one ``table.key=value`` into a recipe; a key alone is looked for in every table."""
    key, equals, text = override.partition("=")
    tables = {name: part for name, part in table.items() if isinstance(part, dict)}
    known = {f"{name}.{entry}" for name, part in tables.items() for entry in part}
    known |= {entry for entry in table if entry not in tables}
    wanted = [name for name in known if name == key or name.endswith(f".{key}")]
    if not equals or len(wanted) != 1:
        names = known if "." in key else {name.rpartition(".")[2] for name in known}
        hint = "give table.key=value" if not equals else did_you_mean(key, names)
        raise UsageError(f"--set {override} fits no entry of the recipe, {hint}")
    place: dict[str, Any] = table
    *path, last = wanted[0].split(".")
    for part in path:
        place = place[part]
    place[last] = _value(text)
    return table


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
