"""Recipes: how a model is trained, as a TOML file that flags can override."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

import msgspec

from seqgen.core.steps import NetworkConfig, PenNetwork
from seqgen.core.trainer_config import TrainerConfig
from seqgen.errors import InputFileError, UsageError, did_you_mean, reason
from seqgen.frontends.handwriting.codec.sequences import InkAugment, InkSettings
from seqgen.frontends.music.corpus.augment import Augment

FOLDER = Path(__file__).parent.parent / "recipes"
DEFAULTS = {"music": "notes", "handwriting": "lines"}
"""By frontend, the recipe for files of one's own."""


class MusicRecipe(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="frontend",
    tag="music",
):
    """Everything that training a music model needs beside the data.

    ``sampling`` are the temperature and the like that the model proposes; ``licence`` is that
    of the weights.
    """

    frontend: ClassVar[str] = "music"
    name: str
    codec: str
    description: str = ""
    licence: str = ""
    network: NetworkConfig = NetworkConfig()
    trainer: TrainerConfig = TrainerConfig()
    augment: Augment = Augment()
    sampling: dict[str, float] = {}


class HandwritingRecipe(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="frontend",
    tag="handwriting",
):
    """Everything that training a model of handwriting needs beside the data; see MusicRecipe.

    ``ink`` says what of a line the model sees.
    """

    frontend: ClassVar[str] = "handwriting"
    name: str
    description: str = ""
    licence: str = ""
    ink: InkSettings = InkSettings()
    network: PenNetwork = PenNetwork()
    trainer: TrainerConfig = TrainerConfig()
    augment: InkAugment = InkAugment()
    sampling: dict[str, float] = {}


Recipe: TypeAlias = MusicRecipe | HandwritingRecipe


def recipes(frontend: str | None = None) -> list[str]:
    """The names of the bundled recipes, of one frontend or of all."""
    paths = sorted(FOLDER.glob("*.toml"))
    return [path.stem for path in paths if frontend in (None, _table(path).get("frontend"))]


def read_recipe(frontend: str, name_or_path: str, overrides: Iterable[str] = ()) -> Recipe:
    """Read a bundled recipe or a file, and apply ``table.key=value`` overrides.

    Raises UsageError for an unknown name or key or a recipe of another frontend, and
    InputFileError for a broken file, each with what is allowed.
    """
    path = FOLDER / f"{name_or_path}.toml"
    if name_or_path not in recipes():
        path = Path(name_or_path)
        if path.suffix != ".toml":
            known = did_you_mean(name_or_path, recipes(frontend))
            raise UsageError(f"no recipe for {frontend} is called {name_or_path!r}, {known}")
    table = _table(path)
    recipe = _convert(table, InputFileError, str(path))
    _check_known(table, msgspec.to_builtins(recipe), str(path))
    check_frontend(recipe, frontend, f"recipe {name_or_path}")
    for override in overrides:
        table = _overridden(msgspec.to_builtins(recipe), override)
        recipe = _convert(table, UsageError, f"--set {override}")
    return recipe


def entries(recipe: Recipe) -> dict[str, Any]:
    """What overrides can change, by key."""
    return _entries(msgspec.to_builtins(recipe))


def check_frontend(recipe: Recipe, frontend: str, what: str) -> None:
    """Raise UsageError unless ``recipe``, which ``what`` has, is of the frontend."""
    if recipe.frontend != frontend:
        raise UsageError(f"{what} is for {recipe.frontend}, not for {frontend}")


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputFileError(f"cannot read {path}: {reason(error)}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputFileError(f"{path} is no recipe: {error}") from error


def _convert(table: dict[str, Any], kind: type[Exception], where: str) -> Recipe:
    try:
        found: Recipe = msgspec.convert(table, Recipe)
    except msgspec.ValidationError as error:
        raise kind(f"{where}: {reason(error)}") from error
    return found


def _check_known(table: dict[str, Any], read: dict[str, Any], where: str) -> None:
    """Raise InputFileError where a table holds a key that was not read."""
    for name, part in table.items():
        unread = sorted(part.keys() - read[name].keys()) if isinstance(part, dict) else []
        if unread:
            hint = did_you_mean(unread[0], read[name])
            raise InputFileError(f"{where}: unknown key {name}.{unread[0]}, {hint}")


def _entries(table: dict[str, Any]) -> dict[str, Any]:
    tables = {name: part for name, part in table.items() if isinstance(part, dict)}
    found = {entry: value for entry, value in table.items() if entry not in tables}
    for name, part in tables.items():
        found |= {f"{name}.{entry}": value for entry, value in part.items()}
    for fixed in ("frontend", "network.head"):  # what the recipe is, not how it is trained
        found.pop(fixed, None)
    return found


def _overridden(table: dict[str, Any], override: str) -> dict[str, Any]:
    """Put one ``table.key=value`` into a recipe; a key alone is looked for in every table."""
    key, equals, text = override.partition("=")
    known = _entries(table)
    wanted = [name for name in known if name == key or name.endswith(f".{key}")]
    if not equals or len(wanted) != 1:
        names = set(known) if "." in key else {name.rpartition(".")[2] for name in known}
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
