"""How legible the lines are that a model writes: a reader that never saw the model reads them.

    python -m benchmarks.legibility DATA --reader FILE --train 60
    python -m benchmarks.legibility DATA --reader FILE --model hand --style none f01-070z
        --temperature 0.2 0.4 0.6 --texts 200

DATA is the archive or folder of IAM-OnDB. The reader (``benchmarks.reader``, 0.4 million weights)
is trained on the ink of its training split alone, for ``--train`` minutes, and kept in FILE; where
FILE is there, training goes on from it. It decodes greedily, without a list of words.

Texts are validation lines evenly chosen from those made of letters, spaces and ``.,'"-?!:;()``
alone, with punctuation closed up as it is written. Every style writes all of them at every
temperature, one draw each: letters of 16 lines, letter i with seed + i, as InkML through the same
call that the command line makes, so that what is laid out and written to a file is what is read.
Ink is resampled along its arc and normalised line by line, so that neither size nor the density
of points tells a model's ink from a person's.

CER is the character error rate: edit distances over characters, summed over lines, with upper
and lower case told apart; +- is its standard error over lines. The first row reads the ink that
people wrote of the same texts: what the reader itself gets wrong. A model that writes worse than
people do lies above it; one below it writes more evenly than they do. The reader is weaker than
a good one, so compare styles and temperatures with it, and quote no row without the first.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch

from benchmarks.reader import RUNAWAY, Reader, errors_of, load_reader, read
from benchmarks.reader_ink import normalised
from benchmarks.reader_training import examples_of, train
from seqgen.api.handwriting import sample_handwriting
from seqgen.config import HandwritingResult, SampleHandwriting
from seqgen.frontends.handwriting.codec.alphabet import closed_up
from seqgen.frontends.handwriting.corpus.line import Line
from seqgen.frontends.handwriting.corpus.loading import load_lines
from seqgen.frontends.handwriting.ink.ink import Ink
from seqgen.frontends.handwriting.ink.inkml import InkLine, read_inkml

LETTER = 16  # lines
TOLD = 300  # validation lines that a reader in training is tried on
_WRITTEN = re.compile(r"[A-Za-z .,'\"\-?!:;()]+")


def load(source: Path) -> dict[str, list[Line]]:
    """The lines of IAM-OnDB by split."""
    work = load_lines(source, "iamondb")
    while True:
        try:
            next(work)
        except StopIteration as end:
            return dict(end.value.splits)


def evenly(lines: Sequence[Line], count: int) -> list[Line]:
    """``count`` lines from all over the list, or all where it holds fewer."""
    places = np.linspace(0, len(lines) - 1, min(count, len(lines))).round().astype(int)
    return [lines[k] for k in places]


def write(
    texts: Sequence[str], model: str, style: str | None, temperature: float | None, seed: int
) -> tuple[list[list[Ink]], HandwritingResult]:
    """The ink of each text of one letter, by line, and what is said of the letter."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "letter.inkml"
        request = SampleHandwriting(
            text="\n".join(texts),
            output=str(path),
            model=model,
            style=style,
            temperature=temperature,
            seed=seed,
        )
        result = _result(sample_handwriting(request))
        lines = read_inkml(path.read_bytes(), path.name)
    return [list(_lines_of(text, lines)) for text in texts], result


def _lines_of(text: str, lines: list[InkLine]) -> Iterator[Ink]:
    """Take the ink of a text off the front of ``lines``; one too wide for the page has two."""
    seen = ""
    while seen != text:
        if not lines or not text.startswith(seen):
            raise ValueError(f"{text!r} came back as {seen!r}")
        line = lines.pop(0)
        seen = f"{seen} {line.text}".lstrip()
        yield line.ink


def _result(work: Iterator[object]) -> HandwritingResult:
    *_, last = work
    if not isinstance(last, HandwritingResult):
        raise ValueError("the letter was not finished")
    return last


def judged(
    reader: Reader,
    texts: Sequence[str],
    model: str,
    style: str | None,
    temperature: float | None,
    seed: int,
) -> dict[str, object]:
    """Write all texts in one style at one temperature, and read them."""
    inks: list[list[Ink]] = []
    redrawn, faults = Counter[str](), Counter[str]()
    for number, start in enumerate(range(0, len(texts), LETTER)):
        part = texts[start : start + LETTER]
        written, result = write(part, model, style, temperature, seed + number)
        inks += written
        for letter in result.letters:
            redrawn.update(letter.redrawn)
            faults.update(letter.faults)
    lines = iter(read(reader, [normalised(ink) for parts in inks for ink in parts]))
    found = [" ".join(islice(lines, len(parts))) for parts in inks]
    return {
        "style": result.style,
        "temperature": result.temperature,
        **asdict(errors_of(found, texts)),
        "redrawn": redrawn.total(),
        "faults": faults.total(),
        "read": found,
    }


def people(reader: Reader, lines: Sequence[Line]) -> dict[str, object]:
    """Read what people wrote."""
    examples = examples_of(lines)
    found = read(reader, [one.trace for one in examples])
    errors = errors_of(found, [one.text for one in examples])
    return {"style": "people", "temperature": None, **asdict(errors), "read": found}


def show(row: dict[str, object]) -> None:
    """Print a row of the table."""
    temperature = "-" if row["temperature"] is None else f"{row['temperature']:g}"
    print(
        f"{row['style']:24} {temperature:>11} {row['cer']:7.2%} +-{row['deviation']:6.2%} "
        f"{row['caseless']:8.2%} {row['runaways']:5} of {row['lines']:<5} "
        f"{row.get('redrawn', '-'):>7} {row.get('faults', '-'):>6}",
        flush=True,
    )


def compare(args: argparse.Namespace, lines: Sequence[Line]) -> None:
    """Print how well people, and every style at every temperature, can be read."""
    reader = load_reader(args.reader)
    plain = [line for line in lines if _WRITTEN.fullmatch(closed_up(line.text))]
    chosen = evenly(plain, args.texts)
    texts = [closed_up(line.text) for line in chosen]
    rows = [people(reader, chosen)]
    if not args.json:
        print(
            f"{'style':24} {'temperature':>11} {'CER':>7} {'':8} {'caseless':>8} "
            f"{f'over {RUNAWAY:.0%}':>14} {'redrawn':>7} {'faults':>6}"
        )
        show(rows[0])
    for style, temperature in product(args.style, args.temperature):
        rows.append(judged(reader, texts, args.model, style, temperature, args.seed))
        if not args.json:
            show(rows[-1])
    if args.json:
        told = {"model": args.model, "reader": str(args.reader), "seed": args.seed}
        print(json.dumps(told | {"texts": texts, "rows": rows}))


def main() -> None:
    """Train a reader, let it read what people and a model wrote, or both."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the archive or folder of IAM-OnDB")
    parser.add_argument("--reader", type=Path, required=True, help="the weights of the reader")
    parser.add_argument(
        "--train", type=float, metavar="MINUTES", help="train --reader first, from where it is"
    )
    parser.add_argument("--model", help="whose lines are read")
    parser.add_argument("--style", nargs="+", default=[None])
    parser.add_argument("--temperature", nargs="+", type=float, default=[None])
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    torch.set_flush_denormal(True)
    splits = load(args.data)
    if args.train:
        told = examples_of(evenly(splits["valid"], TOLD))
        train(examples_of(splits["train"]), told, args.train, args.reader, args.seed)
    if args.model:
        compare(args, splits["valid"])


if __name__ == "__main__":
    main()
