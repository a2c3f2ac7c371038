"""Steps: what every sequence is made of, whatever the art it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol

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


class StepSpec(msgspec.Struct, frozen=True, tag_field="steps", tag="fields"):
    """The make of a step: ``fields`` are predicted in order, ``sides`` are known beforehand."""

    fields: Annotated[tuple[Field, ...], Meta(min_length=1, max_length=64)]
    sides: Annotated[tuple[Field, ...], Meta(max_length=64)] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """What the NLL of a step is a sum of, by name."""
        return tuple(field.name for field in self.fields)


class PenSpec(msgspec.Struct, frozen=True, tag_field="steps", tag="pen"):
    """A step is a pen's offset (dx, dy) and whether it lifts after it.

    ``characters`` is the size of the alphabet of the text that is written, 0 for no text; its
    class 0 pads. ``styles`` is the number of style vectors, 0 for none; style 0 is no hand's.
    """

    characters: Annotated[int, Meta(ge=0, le=1 << 12)] = 0
    styles: Annotated[int, Meta(ge=0, le=1 << 16)] = 0

    @property
    def parts(self) -> tuple[str, ...]:
        """What the NLL of a step is a sum of, by name."""
        return ("offset", "lift")


Spec = StepSpec | PenSpec


class NetworkConfig(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="head", tag="field_chain"
):
    """The size of a network of fields: LSTM layers and units, input width, head, dropout rates.

    ``input_dropout`` hides single inputs, ``field_dropout`` whole fields of the step before.
    """

    layers: Layers = 2
    hidden: Width = 256
    embed: Width = 128
    chain: Width = 192
    dropout: Rate = 0.0
    input_dropout: Rate = 0.0
    field_dropout: Rate = 0.0
    chain_dropout: Rate = 0.0


class PenNetwork(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="head", tag="stroke_mixture"
):
    """The size of a network of pen offsets: LSTM layers and units, mixture, window, style.

    ``components`` are the Gaussians of the mixture, ``window`` those of the soft window,
    ``style`` the width of a style vector. ``floor`` is the least sigma of the mixture, in the
    unit of the offsets.
    """

    layers: Layers = 3
    hidden: Width = 400
    components: Annotated[int, Meta(ge=1, le=256)] = 20
    window: Annotated[int, Meta(ge=1, le=256)] = 10
    style: Annotated[int, Meta(ge=1, le=1024)] = 32
    floor: Annotated[float, Meta(gt=0, le=1)] = 0.005
    dropout: Rate = 0.0


Network = NetworkConfig | PenNetwork


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


@dataclass(frozen=True)
class PenSteps:
    """One line of ink: ``offsets`` (T, 2) float32, ``lifts`` (T,) bool, ``text`` (U,) int16.

    ``lifts[t]`` says that the pen leaves the surface after step t. ``style`` is a row of the
    style vectors, 0 for no hand's.
    """

    offsets: NDArray[np.float32]
    lifts: NDArray[np.bool_]
    text: NDArray[np.int16]
    style: int = 0

    def __post_init__(self) -> None:
        if self.offsets.shape != (len(self.lifts), 2) or self.text.ndim != 1:
            shapes = f"{self.offsets.shape}, {self.lifts.shape} and {self.text.shape}"
            raise ValueError(f"offsets, lifts and text must be (T, 2), (T,), (U,), not {shapes}")

    def __len__(self) -> int:
        return len(self.offsets)


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

    def draw(self, index: int, rng: np.random.Generator | None) -> Steps | PenSteps:
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
