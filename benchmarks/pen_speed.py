"""Points per second of written lines: the numpy engine against eager torch.

    python -m benchmarks.pen_speed [--layers 3] [--hidden 400] [--lanes 1 8] [--threads 1 2]

Whole steps: window, layers, mixture and draw, of a random network with text and style. Both
engines take turns in one process, a process for each number of threads; ratios are of one turn.
"""

from __future__ import annotations

import argparse
import os
import time
from itertools import islice
from statistics import median
from typing import Any

from benchmarks.threads import is_set, run_each


def main() -> None:
    """Run a process for each number of threads, or measure where that is set."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--hidden", type=int, default=400)
    parser.add_argument("--lanes", type=int, nargs="+", default=[1, 8])
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--steps", type=int, default=200, help="steps a turn")
    args = parser.parse_args()
    if is_set(args.threads):
        measure(args)
        return
    options: list[str] = []
    for name in ("layers", "hidden", "rounds", "steps"):
        options += [f"--{name}", str(getattr(args, name))]
    options += ["--lanes", *map(str, args.lanes)]
    run_each("benchmarks.pen_speed", args.threads, options)


def measure(args: argparse.Namespace) -> None:
    """Print the rates of both engines for each number of lanes."""
    import numpy as np
    import torch

    from seqgen.core.engines.pen_numpy_engine import PenNumpyEngine
    from seqgen.core.engines.pen_torch_engine import PenTorchEngine
    from seqgen.core.pen_engine import PenEngine
    from seqgen.core.pen_network import PenModel
    from seqgen.core.pen_sampler import write
    from seqgen.core.sampler import Settings
    from seqgen.core.steps import PenNetwork, PenSpec

    torch.manual_seed(0)
    torch.set_num_threads(args.threads[0])
    spec, config = (
        PenSpec(characters=74, styles=9),
        PenNetwork(layers=args.layers, hidden=args.hidden),
    )
    model = PenModel(spec, config)
    weights = {name: value.detach().numpy() for name, value in model.named_parameters()}
    engines: dict[str, PenEngine[Any]] = {
        "numpy": PenNumpyEngine(spec, config, weights),
        "torch": PenTorchEngine(spec, config, weights),
    }
    text = np.full(10_000, 5)  # so long that no line ends
    load = os.getloadavg()[0]
    print(f"{args.layers}x{args.hidden}, threads {args.threads[0]}, load {load:.1f}")
    for lanes in args.lanes:
        rates: dict[str, list[float]] = {name: [] for name in engines}
        for _ in range(args.rounds):
            for name, engine in engines.items():
                rngs = [np.random.default_rng(k) for k in range(lanes)]
                styles = np.stack([engine.style(1)] * lanes)
                texts = [text[:200]] * lanes
                work = write(engine, texts, styles, Settings(0.5), rngs, [10**6] * lanes)
                list(islice(work, 5))
                began = time.perf_counter()
                drawn = sum(len(step.lines) for step in islice(work, args.steps))
                rates[name].append(drawn / (time.perf_counter() - began))
        pairs = zip(rates["numpy"], rates["torch"], strict=True)
        ratios = sorted(ours / theirs for ours, theirs in pairs)
        print(
            f"  {lanes} lanes: numpy {median(rates['numpy']):6.0f} points/s, torch "
            f"{median(rates['torch']):6.0f}, ratio {median(ratios):.2f} "
            f"({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )


if __name__ == "__main__":
    main()
