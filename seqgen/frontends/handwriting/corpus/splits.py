"""The published split of the IAM On-Line Handwriting Database, and what of it is at hand.

Four lists of forms, a name a row, are part of its recognition task IAM-OnDB-t1. Here
``trainset`` and ``testset_f`` train, ``testset_v`` validates, ``testset_t`` is held back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from seqgen.errors import InputFileError, reason
from seqgen.frontends.data.members import Skipped
from seqgen.frontends.data.splits import Split
from seqgen.frontends.handwriting.corpus.line import Line

FORM = r"[a-z]\d\d-\d{3}[a-z]?"
LISTS: dict[str, Split] = {
    "trainset.txt": "train",
    "testset_f.txt": "train",
    "testset_v.txt": "valid",
    "testset_t.txt": "test",
}
MAX_LIST_BYTES = 1 << 20

_LINE_NAME = re.compile(rf"({FORM})-\d\d")


@dataclass(frozen=True)
class SplitList:
    """One of the lists: its file name, where it was found, and the forms in it."""

    name: str
    place: str
    forms: tuple[str, ...]

    @property
    def split(self) -> Split:
        """The split that its forms belong to."""
        return LISTS[self.name]


@dataclass(frozen=True)
class Account:
    """What is at hand of a list: for each of its forms how many lines are used, of how many."""

    split_list: SplitList
    lines: dict[str, tuple[int, int]]

    @property
    def short(self) -> dict[str, tuple[int, int]]:
        """The forms of which a line is left out, or which are not there at all: (0, 0)."""
        return {form: both for form, both in self.lines.items() if both[0] < (both[1] or 1)}

    @property
    def used(self) -> int:
        """How many lines are used."""
        return sum(used for used, _ in self.lines.values())

    @property
    def expected(self) -> int:
        """How many lines the forms at hand have, those left out included."""
        return sum(every for _, every in self.lines.values())


def split_lists(source: Path, inside: Mapping[str, str]) -> list[SplitList]:
    """Find the lists: inside the source, beside it, or in a folder ``splits`` beside it.

    ``inside`` maps labels of files in the source to their text. The first place with a list
    has all. Raises InputFileError where there is none, or one that is not a list of forms.
    """
    # Beside a link is where the link lies, not what it leads to.
    beside = (source.absolute() if source.is_symlink() else source.resolve()).parent
    for texts in (inside, _texts_in(beside), _texts_in(beside / "splits")):
        if texts:
            return _read_lists(texts)
    raise InputFileError(
        f"no split lists ({' '.join(LISTS)}) in {source}, beside it or in {beside / 'splits'}"
    )


def accounts(found: Iterable[Line | Skipped], lists: Sequence[SplitList]) -> list[Account]:
    """Count for each form of each list the lines used and all lines known of it."""
    used, every = dict[str, int](), dict[str, int]()
    for item in found:
        if line := _LINE_NAME.fullmatch(item.name):
            every[line[1]] = every.get(line[1], 0) + 1
            used[line[1]] = used.get(line[1], 0) + isinstance(item, Line)
    return [
        Account(one, {form: (used.get(form, 0), every.get(form, 0)) for form in one.forms})
        for one in lists
    ]


def _texts_in(folder: Path) -> dict[str, str]:
    """Return path -> text of the lists in a folder; none of them may be longer than 1 MB."""
    texts = {}
    for path in (folder / name for name in LISTS):
        try:
            with path.open("rb") as file:
                data = file.read(MAX_LIST_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise InputFileError(f"cannot read {path}: {reason(error)}") from error
        if len(data) > MAX_LIST_BYTES:
            raise InputFileError(f"{path} is over 1 MB long, which no list of forms is")
        texts[str(path)] = data.decode("ascii", "replace")
    return texts


def _read_lists(texts: Mapping[str, str]) -> list[SplitList]:
    lists, place_of = dict[str, SplitList](), dict[str, str]()
    for place, text in texts.items():
        name = place.replace("\\", "/").split("/")[-1]
        forms = _forms(text, place)
        if name in lists and set(lists[name].forms) == set(forms):
            continue
        for form in forms:
            if place_of.setdefault(form, place) != place:
                raise InputFileError(f"form {form} is in both {place_of[form]} and {place}")
        if name in lists:
            raise InputFileError(f"{lists[name].place} and {place} list different forms")
        lists[name] = SplitList(name, place, forms)
    return [lists[name] for name in LISTS if name in lists]


def _forms(text: str, place: str) -> tuple[str, ...]:
    forms = dict.fromkeys(row.strip() for row in text.splitlines() if row.strip())
    for form in forms:
        if not re.fullmatch(FORM, form):
            raise InputFileError(f"{place} lists {form[:40]!r}, which is no form like a01-000u")
    return tuple(forms)
