"""The recipes with what they hold, to be shown and changed before a training."""

from __future__ import annotations

from seqgen.api.recipe import DEFAULTS, Recipe, entries, read_recipe
from seqgen.api.recipe import recipes as recipe_names
from seqgen.errors import UsageError, did_you_mean
from seqgen.reports import RecipeEntry, Recipes


def recipes() -> Recipes:
    """List the bundled recipes, each frontend's default first."""
    found = []
    for frontend, default in DEFAULTS.items():
        names = sorted(recipe_names(frontend), key=lambda name: (name != default, name))
        found += [_entry(read_recipe(frontend, name), default) for name in names]
    return Recipes(recipes=found)


def recipe(frontend: str, name: str, overrides: tuple[str, ...] = ()) -> RecipeEntry:
    """Read a bundled recipe or a file and apply overrides; the errors are those of a training."""
    if frontend not in DEFAULTS:
        hint = did_you_mean(frontend, DEFAULTS)
        raise UsageError(f"no frontend is called {frontend!r}, {hint}")
    return _entry(read_recipe(frontend, name, overrides), DEFAULTS[frontend])


def _entry(found: Recipe, default: str) -> RecipeEntry:
    return RecipeEntry(
        name=found.name,
        frontend=found.frontend,
        description=found.description,
        licence=found.licence,
        default=found.name == default,
        entries=entries(found),
    )
