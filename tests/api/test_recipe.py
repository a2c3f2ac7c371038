from __future__ import annotations

from pathlib import Path

import pytest

from seqgen.api.recipe import read_recipe, recipes
from seqgen.errors import InputFileError, UsageError
from seqgen.frontends.music.codecs.encoding import CODECS


@pytest.mark.parametrize("name", recipes())
def test_a_bundled_recipe_is_read_under_its_name(name: str) -> None:
    recipe = read_recipe(name)
    assert (recipe.name, recipe.codec in CODECS) == (name, True)


def test_overrides_are_found_by_their_key_alone_or_with_its_table() -> None:
    given = ("trainer.batch=3", "hidden=9", "name=my own", "temperature=1", "average=0.5")
    recipe = read_recipe("notes", given)
    assert (recipe.trainer.batch, recipe.network.hidden, recipe.name) == (3, 9, "my own")
    assert (recipe.sampling["temperature"], recipe.trainer.average) == (1.0, 0.5)
    assert read_recipe("notes").trainer.batch != 3


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("batch", "--set batch fits no entry of the recipe, give table.key=value"),
        ("bacth=3", "--set bacth=3 fits no entry of the recipe, did you mean batch"),
        ("trainer.bach=3", "fits no entry of the recipe, did you mean trainer.batch"),
        ("batch=x", "--set batch=x: expected `int`, got `str`"),
        ("batch=0", "--set batch=0: expected `int` >= 1"),
        ("network=1", "--set network=1 fits no entry of the recipe"),
        ("=1", "--set =1 fits no entry of the recipe"),
    ],
)
def test_an_override_that_fits_nothing_is_refused(override: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_recipe("notes", [override])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name =", "is no recipe: "),
        ("name = 'a'", "missing required field `codec`"),
        ("name = 'a'\ncodec = 'events'\nlayers = 2", "unknown field `layers`"),
    ],
)
def test_a_broken_recipe_file_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(text)
    with pytest.raises(InputFileError, match=message):
        read_recipe(str(path))


def test_an_unknown_recipe_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"no recipe is called 'choral', did you mean chorale\?"):
        read_recipe("choral")
    with pytest.raises(InputFileError, match=r"cannot read none.toml: no such file or directory"):
        read_recipe("none.toml")
