from __future__ import annotations

import pytest

from seqgen.api.recipe import read_recipe
from seqgen.api.recipe_book import recipe, recipes
from seqgen.errors import UsageError


def test_the_default_of_each_frontend_comes_before_its_other_recipes() -> None:
    found = [(entry.frontend, entry.name) for entry in recipes().recipes if entry.default]
    assert found == [("music", "notes"), ("handwriting", "lines")]
    first = {entry.frontend: entry.name for entry in reversed(recipes().recipes)}
    assert first == dict(found)


def test_every_entry_can_be_set_by_its_key() -> None:
    for entry in recipes().recipes:
        for key, value in entry.entries.items():
            text = str(value).lower() if isinstance(value, bool) else str(value)
            read_recipe(entry.frontend, entry.name, [f"{key}={text}"])


def test_overrides_are_in_the_recipe_that_is_read() -> None:
    entry = recipe("music", "notes", ("trainer.batch=3", "network.hidden=32"))
    assert (entry.entries["trainer.batch"], entry.entries["network.hidden"]) == (3, 32)


def test_a_mistake_in_an_override_is_told_before_a_training() -> None:
    with pytest.raises(UsageError, match=r"--set trainer\.batch=0"):
        recipe("music", "notes", ("trainer.batch=0",))
    with pytest.raises(UsageError, match="no frontend is called 'dance'"):
        recipe("dance", "notes")
