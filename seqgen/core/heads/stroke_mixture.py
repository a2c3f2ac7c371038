"""StrokeMixture: bivariate Gaussians over the next offset of a pen, and a Bernoulli pen lift."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, log_softmax

from seqgen.core.heads.mixture_bounds import LOG_SIGMA_MOST, RHO_BOUND


class StrokeMixture(nn.Module):
    """p(dx, dy, lift | features) of Graves 2013, section 4.1, eqs. 15 to 26, in log space.

    With M components: log pi = log_softmax, mu is linear, sigma = floor + exp (so that no
    density grows without bound), rho = 0.99 tanh. ``floor`` is in the unit of the offsets.
    """

    def __init__(self, *, features: int, components: int, floor: float) -> None:
        super().__init__()
        self.components, self.floor = components, floor
        self.project = nn.Linear(features, 6 * components + 1)
        with torch.no_grad():
            self.project.weight.mul_(0.5)
            self.project.bias.zero_()
            self.project.bias[components : 3 * components].normal_(std=0.5)

    def score(self, features: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
        """NLL in nats (N, 2) of offset and lift, and hits (N, 2); ``targets`` are (N, 3).

        A lift is hit when it is likelier than not as it was. An offset is hit when it lies
        within the one-sigma ellipse of the likeliest component.
        """
        pi, mu, log_sigma, rho, pen = self._split(self.project(features))
        apart = (targets[:, None, :2] - mu) * torch.exp(-log_sigma)  # (N, M, 2)
        x, y = apart.unbind(-1)
        free = 1 - rho * rho
        z = (x * x + y * y - 2 * rho * x * y) / free
        log_density = -z / 2 - math.log(2 * math.pi) - log_sigma.sum(-1) - torch.log(free) / 2
        offset = -torch.logsumexp(log_softmax(pi, -1) + log_density, -1)
        lift = binary_cross_entropy_with_logits(pen, targets[:, 2], reduction="none")
        best = pi.detach().argmax(-1, keepdim=True)
        inside = z.detach().gather(1, best)[:, 0] <= 1
        return torch.stack([offset, lift], -1), torch.stack(
            [inside, (pen > 0) == (targets[:, 2] > 0.5)], -1
        )

    def _split(self, found: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Logits of pi (N, M), mu and log sigma (N, M, 2), rho (N, M), logit of lift (N,)."""
        count = self.components
        pi, mu, sigma, rho, pen = found.split([count, 2 * count, 2 * count, count, 1], -1)
        pairs = (len(found), count, 2)
        sigma = torch.logaddexp(
            sigma.clamp(max=LOG_SIGMA_MOST), sigma.new_tensor(math.log(self.floor))
        )
        return pi, mu.reshape(pairs), sigma.reshape(pairs), RHO_BOUND * torch.tanh(rho), pen[:, 0]
