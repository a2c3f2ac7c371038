from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from seqgen.api.recipe import (
    DEFAULTS,
    FOLDER,
    HandwritingRecipe,
    MusicRecipe,
    read_recipe,
    recipes,
)
from seqgen.errors import InputFileError, UsageError
from seqgen.frontends.music.codecs.encoding import CODECS

OWN = "name = 'a'\nfrontend = 'music'\ncodec = 'events'\n"
IAM = "non-commercial research only"


@pytest.mark.parametrize("name", recipes("music"))
def test_a_bundled_recipe_of_music_is_read_under_its_name(name: str) -> None:
    recipe = read_recipe("music", name)
    assert isinstance(recipe, MusicRecipe)
    assert (recipe.name, recipe.frontend, recipe.codec in CODECS) == (name, "music", True)


@pytest.mark.parametrize("name", recipes("handwriting"))
def test_a_bundled_recipe_of_handwriting_is_read_under_its_name(name: str) -> None:
    recipe = read_recipe("handwriting", name)
    assert isinstance(recipe, HandwritingRecipe)
    assert (recipe.name, recipe.frontend) == (name, "handwriting")
    assert recipe.licence.startswith(IAM) == (name != "lines")


def test_each_frontend_has_recipes_and_one_of_them_by_default() -> None:
    assert set(recipes()) == set(recipes("music")) | set(recipes("handwriting"))
    for frontend, name in DEFAULTS.items():
        assert name in recipes(frontend)


def test_a_bundled_recipe_begins_with_the_command_that_trains_by_it() -> None:
    for name in recipes():
        command = (FOLDER / f"{name}.toml").read_text().splitlines()[1]
        frontend = command.split()[3]
        assert command.startswith("# seqgen train ")
        wanted = name in DEFAULTS.values() or f"--recipe {name} " in command
        assert wanted, command
        assert read_recipe(frontend, name).frontend == frontend


def test_a_recipe_of_another_frontend_is_refused(tmp_path: Path) -> None:
    message = "recipe hand is for handwriting, not for music"
    with pytest.raises(UsageError, match=message):
        read_recipe("music", "hand")
    path = tmp_path / "my.toml"
    path.write_text("name = 'a'\nfrontend = 'music'\ncodec = 'events'")
    with pytest.raises(UsageError, match=r"my\.toml is for music, not for handwriting"):
        read_recipe("handwriting", str(path))


def test_the_control_of_hand_differs_in_what_it_is_told_alone() -> None:
    hand, control = (read_recipe("handwriting", name) for name in ("hand", "hand-no-text"))
    assert isinstance(hand, HandwritingRecipe)
    assert isinstance(control, HandwritingRecipe)
    assert msgspec.structs.replace(hand.ink, text=False, styles=False) == control.ink
    assert hand.trainer == control.trainer
    assert hand.network == control.network
    assert msgspec.structs.replace(hand.augment, no_style=0.0) == control.augment


def test_overrides_reach_what_a_model_sees_of_ink() -> None:
    given = ("ink.text=false", "thin=3", "no_style=1", "components=5")
    recipe = read_recipe("handwriting", "hand", given)
    assert isinstance(recipe, HandwritingRecipe)
    assert (recipe.ink.text, recipe.ink.thin, recipe.augment.no_style) == (False, 3, 1)
    assert recipe.network.components == 5


def test_overrides_are_found_by_their_key_alone_or_with_its_table() -> None:
    given = ("trainer.batch=3", "hidden=9", "name=my own", "temperature=1", "average=0.5")
    recipe = read_recipe("music", "notes", given)
    assert (recipe.trainer.batch, recipe.network.hidden, recipe.name) == (3, 9, "my own")
    assert (recipe.sampling["temperature"], recipe.trainer.average) == (1.0, 0.5)
    assert read_recipe("music", "notes").trainer.batch != 3


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
        ("frontend=handwriting", "fits no entry of the recipe"),
        ("head=stroke_mixture", "fits no entry of the recipe"),
        ("transpose=x", "--set transpose=x: expected `int`, got `str`"),
    ],
)
def test_an_override_that_fits_nothing_is_refused(override: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_recipe("music", "notes", [override])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name =", "is no recipe: "),
        ("name = 'a'", "missing required field `frontend`"),
        ("name = 'a'\nfrontend = 'dance'", "invalid value 'dance'"),
        ("name = 'a'\nfrontend = 'music'", "missing required field `codec`"),
        (OWN + "layers = 2", "unknown field `layers`"),
        (OWN + "trainer = 2", "expected `object`, got `int`"),
        (OWN + "[trainer]\nbach = 2", "unknown key trainer.bach, did you mean batch"),
        (OWN + "[network]\nwindow = 2", "unknown key network.window, known: chain, "),
    ],
)
def test_a_broken_recipe_file_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(text)
    with pytest.raises(InputFileError, match=message):
        read_recipe("music", str(path))


def test_an_unknown_recipe_is_answered_with_the_nearest() -> None:
    with pytest.raises(
        UsageError, match=r"no recipe for music is called 'choral', did you mean chorale\?"
    ):
        read_recipe("music", "choral")
    with pytest.raises(InputFileError, match=r"cannot read none.toml: no such file or directory"):
        read_recipe("music", "none.toml")
