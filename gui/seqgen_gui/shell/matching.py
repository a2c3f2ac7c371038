"""Finding a command by a few of its letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")


def score(typed: str, text: str) -> int | None:
    """How well ``typed`` fits ``text``, larger is better; None where it does not.

    All letters must appear in their order, whatever the case. Letters that begin words and
    letters that follow one another count more, and so does a shorter text.
    """
    wanted, given = typed.casefold().replace(" ", ""), text.casefold()
    for find in (_apt, str.find):
        places = _places(wanted, given, find)
        if places is not None:
            break
    else:
        return None
    follows = sum(a + 1 == b for a, b in pairwise(places))
    begins = sum(_begins_word(given, place) for place in places)
    return 100 * (3 * follows + 4 * begins) - len(given) if wanted else 0


def ranked(typed: str, found: Iterable[tuple[str, T]]) -> list[T]:
    """The things whose text fits ``typed``, the best first, else in the order given."""
    scores = [(score(typed, text), thing) for text, thing in found]
    fitting = [(value, thing) for value, thing in scores if value is not None]
    return [thing for _, thing in sorted(fitting, key=lambda pair: -pair[0])]


def _places(wanted: str, given: str, find: Callable[[str, str, int], int]) -> list[int] | None:
    """Where the letters are, each behind the one before; None if ``find`` misses one."""
    places: list[int] = []
    for letter in wanted:
        place = find(given, letter, places[-1] + 1 if places else 0)
        if place < 0:
            return None
        places.append(place)
    return places


def _apt(text: str, letter: str, start: int) -> int:
    """The place of a letter: right here if there was one before, else where it begins a word."""
    if 0 < start < len(text) and text[start] == letter:
        return start
    begins = (place for place in range(start, len(text)) if text[place] == letter)
    return next((place for place in begins if _begins_word(text, place)), text.find(letter, start))


def _begins_word(text: str, place: int) -> bool:
    return text[place].isalnum() and (place == 0 or not text[place - 1].isalnum())
