"""A reader of online handwriting, trained on the ink of people alone: BiLSTM layers and CTC.

Source: Graves et al. 2006, "Connectionist temporal classification"; the shape of the network is
that of Carbune et al. 2020, "Fast multi-language LSTM-based online handwriting recognition".
It shares nothing with the models that it judges: its own features, its own weights.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from benchmarks.reader_ink import CHANNELS, features
from seqgen.frontends.handwriting.codec.points import Trace

STRIDES = (2, 4)
NARROW, WIDE, HIDDEN = 48, 96, 96
BATCH = 32
DROPOUT = 0.1  # of channels, each for a whole line
BLANK = 0
RUNAWAY = 0.3  # of the characters of a line


class Reader(nn.Module):
    """Two convolutions, two BiLSTM layers, a linear layer; class 0 is CTC's blank."""

    def __init__(self, characters: str) -> None:
        super().__init__()
        self.characters = characters
        first, second = STRIDES
        self.narrow = nn.Conv1d(CHANNELS, NARROW, 5, first, 2)
        self.wide = nn.Conv1d(NARROW, WIDE, 7, second, 3)
        self.norm = nn.LayerNorm(WIDE)
        sizes = (WIDE, WIDE, 2 * HIDDEN, 2 * HIDDEN)
        self.layers = nn.ModuleList(nn.LSTM(size, HIDDEN) for size in sizes)
        self.dropout = nn.Dropout(DROPOUT)
        self.classes = nn.Linear(2 * HIDDEN, len(characters) + 1)

    def forward(self, seen: Tensor, counts: Tensor) -> tuple[Tensor, Tensor]:
        """Log-probabilities (T, B, C) of features (B, N, 5), and frames (B,) of each line.

        ``counts`` (B,) are the points of each line; what follows them changes nothing.
        """
        hidden = seen.transpose(1, 2)
        for convolution, stride in zip((self.narrow, self.wide), STRIDES, strict=True):
            hidden = torch.relu(convolution(hidden))
            counts = (counts + stride - 1) // stride
            mask = torch.arange(hidden.shape[2]) < counts[:, None]
            hidden = hidden * mask[:, None]
        hidden = self.norm(hidden.permute(2, 0, 1))  # (T, B, F)
        back = _reversal(counts, hidden.shape[0])
        for forth, again in zip(self.layers[::2], self.layers[1::2], strict=True):
            ahead, _ = forth(hidden)
            behind, _ = again(_gathered(hidden, back))
            hidden = torch.cat([ahead, _gathered(behind, back)], dim=2)
            if self.training:
                hidden = hidden * self.dropout(torch.ones(hidden.shape[1:]))
        return self.classes(hidden).log_softmax(2), counts


def _reversal(counts: Tensor, frames: int) -> Tensor:
    """Places (T, B) that turn each line round and leave its padding where it is."""
    places = torch.arange(frames)[:, None]
    return torch.where(places < counts, counts - 1 - places, places)


def _gathered(hidden: Tensor, places: Tensor) -> Tensor:
    return hidden.gather(0, places[:, :, None].expand_as(hidden))


def batch_of(seen: Sequence[NDArray[np.float32]]) -> tuple[Tensor, Tensor]:
    """Features (B, N, 5) of lines, padded with zeros, and the points (B,) of each."""
    counts = [len(one) for one in seen]
    padded = np.zeros((len(seen), max(counts), CHANNELS), np.float32)
    for row, one in zip(padded, seen, strict=True):
        row[: len(one)] = one
    return torch.from_numpy(padded), torch.tensor(counts)


def read(reader: Reader, traces: Sequence[Trace]) -> list[str]:
    """What normalised lines say, each by itself: the likeliest class of every frame."""
    seen = [features(trace) for trace in traces]
    order = np.argsort([len(one) for one in seen], kind="stable")
    texts = [""] * len(seen)
    reader.eval()
    for start in range(0, len(order), BATCH):
        group = order[start : start + BATCH]
        with torch.inference_mode():
            scores, frames = reader(*batch_of([seen[k] for k in group]))
        best = scores.argmax(2).T.numpy()
        for k, row, count in zip(group, best, frames.tolist(), strict=True):
            texts[k] = _collapsed(row[:count], reader.characters)
    return texts


def _collapsed(classes: NDArray[np.int64], characters: str) -> str:
    changed = np.concatenate([[True], classes[1:] != classes[:-1]])
    return "".join(characters[k - 1] for k in classes[changed & (classes != BLANK)])


def distance(found: str, wanted: str) -> int:
    """Insertions, deletions and replacements from one text to the other (Levenshtein)."""
    row = list(range(len(wanted) + 1))
    for i, mine in enumerate(found, start=1):
        corner, row[0] = row[0], i
        for j, theirs in enumerate(wanted, start=1):
            change = min(row[j] + 1, row[j - 1] + 1, corner + (mine != theirs))
            corner, row[j] = row[j], change
    return row[-1]


@dataclass(frozen=True)
class Errors:
    """How well texts were read. ``deviation`` is the standard error of ``cer``, over lines.

    ``cer`` is the character error rate: all distances over all characters wanted; ``caseless``
    the same in small letters. ``runaways`` are the lines with a rate above ``RUNAWAY``.
    """

    lines: int
    cer: float
    deviation: float
    caseless: float
    runaways: int


def errors_of(found: Sequence[str], wanted: Sequence[str]) -> Errors:
    """Compare what was read with what was written, line by line."""
    pairs = list(zip(found, wanted, strict=True))
    far = np.array([distance(mine, theirs) for mine, theirs in pairs])
    near = sum(distance(mine.lower(), theirs.lower()) for mine, theirs in pairs)
    lengths = np.array([len(text) for text in wanted])
    rate, total = far.sum() / lengths.sum(), int(lengths.sum())
    deviation = np.sqrt(((far - rate * lengths) ** 2).sum()) / total
    runaways = int((far > RUNAWAY * lengths).sum())
    return Errors(
        len(pairs),
        round(float(rate), 4),
        round(float(deviation), 4),
        round(near / total, 4),
        runaways,
    )


def save(reader: Reader, path: Path, report: Mapping[str, object]) -> None:
    """Write the weights, the characters and how well it reads as safetensors."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"characters": reader.characters, "report": json.dumps(report)}
    save_file(dict(reader.state_dict()), path, metadata=told)


def load_reader(path: Path) -> Reader:
    """Read what ``save`` wrote."""
    with safe_open(path, "pt") as file:
        reader = Reader(file.metadata()["characters"])
        reader.load_state_dict({name: file.get_tensor(name) for name in file.keys()})  # noqa: SIM118
    return reader.eval()
