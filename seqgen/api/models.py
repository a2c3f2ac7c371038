"""Which models are at hand, and which file a name means."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec
import platformdirs

from seqgen.core.checkpoint import bundle_bytes, read_bundle, read_card
from seqgen.errors import ModelError, OutputError, UsageError, did_you_mean, reason
from seqgen.files import write_file
from seqgen.reports import ModelEntry, Models

SUFFIX = ".safetensors"
RUN_MODEL = f"best{SUFFIX}"  # what training leaves in the folder of a run
NAME = r"\w[\w .-]{0,63}"
BUNDLED = Path(__file__).parent.parent / "models"


def user_folder() -> Path:
    """Return the folder where a user's own models are looked for; it need not exist."""
    return platformdirs.user_data_path("seqgen", appauthor=False) / "models"


def models() -> Models:
    """List the bundled models and the user's own; one that cannot be read says why."""
    entries = [_entry(name, path) for name, path in sorted(_known().items())]
    return Models(models=entries, folder=str(user_folder()))


def resolve(name_or_path: str) -> Path:
    """Return the file of a model: a model's name, a file, or the folder of a training run.

    A user's own model comes before a bundled one, and a name before a file in the working
    folder (``./NAME`` means the file). Raises ModelError with the nearest names.
    """
    known = _known()
    if name_or_path in known:
        return known[name_or_path]
    path = Path(name_or_path)
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        if not _mode(path / RUN_MODEL):
            raise ModelError(f"no {RUN_MODEL} in {path}, is it the folder of a training run?")
        return path / RUN_MODEL
    if mode:
        return path
    if path.name != name_or_path or path.suffix == SUFFIX:
        raise ModelError(f"no such model file: {name_or_path}")
    raise ModelError(f"unknown model {name_or_path!r}, {did_you_mean(name_or_path, known)}")


def keep_model(run: str, name: str) -> ModelEntry:
    """Copy the best model of a training run to the user's own, under a new name.

    Raises UsageError for what is no name, OutputError where a model has it already.
    """
    if not re.fullmatch(NAME, name) or name.endswith((" ", ".")):
        allowed = "letters, digits, spaces and -_. after a letter or digit"
        raise UsageError(f"{name!r} is no name for a model, allowed: {allowed}")
    taken = {known.casefold() for known in _known()}
    if name.casefold() in taken:
        raise OutputError(f"a model is called {name!r} already, choose another name")
    card, weights = read_bundle(resolve(run))
    path = user_folder() / f"{name}{SUFFIX}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {path.parent}: {reason(error)}") from error
    write_file(path, bundle_bytes(msgspec.structs.replace(card, name=name), weights))
    return _entry(name, path)


def _mode(path: Path) -> int:
    """Return the mode of what is at ``path``, 0 for nothing."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def _known() -> dict[str, Path]:
    return {path.stem: path for folder in (BUNDLED, user_folder()) for path in _files(folder)}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.glob(f"*{SUFFIX}") if path.is_file())


def _entry(name: str, path: Path) -> ModelEntry:
    size = path.stat().st_size
    try:
        card = read_card(path)
    except ModelError as error:
        return ModelEntry(name=name, path=str(path), size=size, error=str(error))
    return ModelEntry(
        name=name,
        path=str(path),
        size=size,
        frontend=card.frontend,
        description=card.description,
    )
