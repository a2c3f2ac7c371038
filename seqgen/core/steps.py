"""Steps: what every sequence is made of, whatever the art it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

import msgspec
import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

Rate = Annotated[float, Meta(ge=0, lt=1)]
Width = Annotated[int, Meta(ge=1, le=1 << 16)]
Layers = Annotated[int, Meta(ge=1, le=64)]
Classes = Annotated[int, Meta(ge=1, le=(1 << 15) - 1)]  # class ``size`` must fit int16 too


class Field(msgspec.Struct, frozen=True):
    """A categorical variable with the classes ``0 .. size - 1``."""

    name: str
    size: Classes


class StepSpec(msgspec.Struct, frozen=True):
    """The make of a step: ``fields`` are predicted in order, ``sides`` are known beforehand."""

    fields: Annotated[tuple[Field, ...], Meta(min_length=1, max_length=64)]
    sides: Annotated[tuple[Field, ...], Meta(max_length=64)] = ()


class NetworkConfig(msgspec.Struct, frozen=True, kw_only=True):
    """The size of a network: LSTM layers and units, input width, head units, dropout rates.

    ``input_dropout`` hides single inputs, ``field_dropout`` whole fields of the step before.
    """

    head: Literal["field_chain"] = "field_chain"
    layers: Layers = 2
    hidden: Width = 256
    embed: Width = 128
    chain: Width = 192
    dropout: Rate = 0.0
    input_dropout: Rate = 0.0
    field_dropout: Rate = 0.0
    chain_dropout: Rate = 0.0


@dataclass(frozen=True)
class Steps:
    """One encoded sequence: ``fields`` (T, F) and ``sides`` (T, S), both int16.

    ``sides[t]`` is known before step ``t`` is predicted.
    """

    fields: NDArray[np.int16]
    sides: NDArray[np.int16]

    def __post_init__(self) -> None:
        if self.fields.ndim != 2 or self.sides.ndim != 2 or len(self.fields) != len(self.sides):
            shapes = f"{self.fields.shape} and {self.sides.shape}"
            raise ValueError(f"fields and sides must be (T, F) and (T, S), not {shapes}")

    def __len__(self) -> int:
        return len(self.fields)


class Sequences(Protocol):
    """A corpus as the trainer sees it. ``draw`` augments where it is given a generator.

    Its first ``first`` sequences are from the first source, the one that counts.
    """

    @property
    def first(self) -> int:
        """Number of sequences of the first source."""
        ...

    def __len__(self) -> int: ...

    def length(self, index: int) -> int:
        """Number of steps of a sequence."""
        ...

    def draw(self, index: int, rng: np.random.Generator | None) -> Steps:
        """A sequence as it is, or varied by ``rng``."""
        ...


def previous_fields(fields: NDArray[np.int16], spec: StepSpec) -> NDArray[np.int16]:
    """Shift (T, F) fields one step later; the first row is each field's start class ``size``."""
    start = np.array([[field.size for field in spec.fields]], np.int16)
    return np.concatenate([start, fields[:-1]]) if len(fields) else start[:0]


def check_steps(steps: Steps, spec: StepSpec) -> None:
    """Raise ValueError, naming the field, unless every class is inside its field's size."""
    pairs: tuple[tuple[NDArray[np.int16], Sequence[Field]], ...] = (
        (steps.fields, spec.fields),
        (steps.sides, spec.sides),
    )
    for columns, fields in pairs:
        if columns.shape[1] != len(fields):
            raise ValueError(f"{columns.shape[1]} columns for {len(fields)} fields")
        for column, field in zip(columns.T, fields, strict=True):
            if len(column) and not 0 <= column.min() <= column.max() < field.size:
                found = f"{column.min()} to {column.max()}"
                raise ValueError(f"{field.name} holds {found}, allowed are 0 to {field.size - 1}")
