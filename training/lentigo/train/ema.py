"""Moving average of weights: what is validated, saved and exported."""

from __future__ import annotations

import copy

import torch
from torch import nn


class MovingAverage:
    """Exponential moving average of parameters and batch-norm statistics.

    The decay warms up as (1 + step) / (10 + step), so that the first steps of a stage are not tied to what was before.
    """

    def __init__(self, network: nn.Module, decay: float):
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self.decay, self.step = decay, 0

    def warm_up(self) -> None:
        """A stage begins: a short one, at another image size, would else end as an average of mostly the stage before."""
        self.step = 0

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        self.step += 1
        weight = 1 - min(self.decay, (1 + self.step) / (10 + self.step))
        ours, theirs = [], []
        for mine, new in zip(self.network.state_dict().values(), network.state_dict().values(), strict=True):
            if mine.is_floating_point():
                ours.append(mine)
                theirs.append(new.detach())
            else:
                mine.copy_(new)
        torch._foreach_lerp_(ours, theirs, weight)
