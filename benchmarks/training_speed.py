"""Training speed: updates and steps per second, chunks fused against a step at a time.

    python -m benchmarks.training_speed [--recipe pop chorale] [--updates N] [--threads N]

The data are random classes, the batch and the network those of the recipe. An update is forward,
backward, clipping and AdamW on one chunk with carried state; `fused` hands `nn.LSTM` the
chunk whole, as the trainer does, `stepwise` calls it a step at a time.
"""

from __future__ import annotations

import argparse
import os
import time

import torch
from torch import Tensor

from seqgen.api.recipe import MusicRecipe, read_recipe
from seqgen.core.network import SequenceModel
from seqgen.core.stack import State
from seqgen.frontends.music.codecs.encoding import spec_of


def main() -> None:
    """Print a line for each recipe and way."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--recipe", nargs="+", default=["pop", "chorale"])
    parser.add_argument("--updates", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    print(f"threads {args.threads}, load {os.getloadavg()[0]:.1f}")
    for name in args.recipe:
        recipe = read_recipe("music", name)
        assert isinstance(recipe, MusicRecipe)
        steps = recipe.trainer.batch * recipe.trainer.chunk
        for way, cut in (("fused", recipe.trainer.chunk), ("stepwise", 1)):
            rate = updates_per_second(recipe, args.updates, cut)
            print(f"  {name:8} {way:8} {rate:6.2f} updates/s {rate * steps:8.0f} steps/s")


def updates_per_second(recipe: MusicRecipe, updates: int, cut: int) -> float:
    """How fast chunks are learned when the LSTM gets ``cut`` steps at once."""
    spec, config = spec_of(recipe.codec), recipe.trainer
    torch.manual_seed(0)
    model = SequenceModel(spec, recipe.network).train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=config.learning_rate)
    shape = config.batch, config.chunk

    def draw(columns: tuple[int, ...]) -> Tensor:
        return torch.stack([torch.randint(size, shape) for size in columns], dim=-1)

    fields, sides = (draw(tuple(f.size for f in each)) for each in (spec.fields, spec.sides))
    state: State | None = None
    began = 0.0
    for update in range(updates + 1):
        if update == 1:  # the first one warms up
            began = time.perf_counter()
        features = []
        for start in range(0, config.chunk, cut):
            now = slice(start, start + cut)
            found, state = model.features(fields[:, now], sides[:, now], state)
            features.append(found)
        nll, _ = model.head.score(torch.cat(features, 1).flatten(0, 1), fields.flatten(0, 1))
        optimiser.zero_grad()
        nll.sum(-1).mean().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), config.clip)
        optimiser.step()
        state = [tuple(part.detach() for part in layer) for layer in state or []]
    return updates / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
