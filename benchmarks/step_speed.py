"""Steps per second at batch 1: the numpy engine against per-step loops in eager torch.

    python -m benchmarks.step_speed [--hidden 512] [--layers 3] [--threads 1 2] [--rounds N]

`lstm` is a bare eager `nn.LSTM` of the same size, called a step at a time; `torch` our own
network so called, skips and all. The engine's rates are of `advance` alone, as the loops, and of
`draw`, a whole step with head and sampling. All take turns in one process, a process for each
number of threads; ratios are of one turn, and their median is what counts.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.threads import is_set, run_each


def main() -> None:
    """Run a process for each number of threads, or measure where that is set."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--hidden", type=int, default=512)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--steps", type=int, default=100, help="steps a turn")
    args = parser.parse_args()
    if is_set(args.threads):
        measure(args)
        return
    names = ("hidden", "layers", "rounds", "steps")
    options = [f"--{name}={getattr(args, name)}" for name in names]
    run_each("benchmarks.step_speed", args.threads, options)


def measure(args: argparse.Namespace) -> None:
    """Take turns, and print rates and ratios."""
    import torch

    torch.set_num_threads(args.threads[0])
    loops = _loops(args)
    for loop in loops.values():
        loop(20)
    rates: dict[str, list[float]] = {name: [] for name in loops}
    for _ in range(args.rounds):
        for name, loop in loops.items():
            began = time.perf_counter()
            loop(args.steps)
            rates[name].append(args.steps / (time.perf_counter() - began))
    print(f"{args.layers}x{args.hidden}, threads {args.threads[0]}, load {os.getloadavg()[0]:.1f}")
    for name, found in rates.items():
        print(f"  {name:8} {median(found):8.0f} steps/s")
    for name in ("lstm", "torch"):
        ratios = sorted(a / b for a, b in zip(rates["advance"], rates[name], strict=True))
        spread = f"({ratios[0]:.1f} to {ratios[-1]:.1f})"
        print(f"  advance / {name}: {median(ratios):.1f} {spread}")


def _loops(args: argparse.Namespace) -> dict[str, Callable[[int], None]]:
    import numpy as np
    import torch

    from seqgen.core.checkpoint import read_bundle
    from seqgen.core.engines import make_engine
    from seqgen.core.steps import NetworkConfig
    from tests.tiny_models import tiny_bundle

    network = NetworkConfig(layers=args.layers, hidden=args.hidden, embed=128, chain=128)
    with tempfile.TemporaryDirectory() as name:
        path = tiny_bundle("events", Path(name) / "model.safetensors", network=network)
        engines = {kind: make_engine(kind, *read_bundle(path)) for kind in ("numpy", "torch")}
    spec = engines["numpy"].spec
    previous, sides = np.zeros((1, len(spec.fields)), int), np.zeros((1, len(spec.sides)), int)
    rng = np.random.default_rng(0)

    def advance(kind: str) -> Callable[[int], None]:
        engine = engines[kind]
        state = engine.start()

        def run(steps: int) -> None:
            for _ in range(steps):
                engine.advance(state, previous, sides)

        return run

    def draw(steps: int) -> None:
        engine = engines["numpy"]
        state, fields = engine.start(), previous
        for _ in range(steps):
            units = engine.units(engine.advance(state, fields, sides))
            drawn: list[int] = []
            for field in range(len(spec.fields)):
                logits = engine.logits(units, field, np.array([drawn], int))[0]
                chances = np.exp(logits - logits.max()).cumsum()
                drawn.append(int(np.searchsorted(chances, rng.random() * chances[-1])))
            fields = np.array([drawn])

    lstm = torch.nn.LSTM(network.embed, args.hidden, args.layers, batch_first=True).eval()
    inputs = torch.zeros(1, 1, network.embed)

    def bare(steps: int) -> None:
        state = None
        with torch.inference_mode():
            for _ in range(steps):
                _, state = lstm(inputs, state)

    return {"lstm": bare, "torch": advance("torch"), "advance": advance("numpy"), "draw": draw}


if __name__ == "__main__":
    main()
