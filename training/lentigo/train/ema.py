"""Moving average of weights: what is validated, saved and exported."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

Tensors = list[Tensor] | tuple[Tensor, ...]


class ModelEma:
    """Exponential moving average of a network's parameters and buffers, in `network` (a copy in eval mode).

    The decay warms up as (1 + update) / (10 + update), so that the first updates of a stage do not tie the
    average to the weights before it.
    """

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay, self.updates = decay, 0
        self._averaged = AveragedModel(network, multi_avg_fn=self._average, use_buffers=True)
        # At 0 the first update would copy the network instead of averaging.
        self._averaged.n_averaged.fill_(1)
        self.network: nn.Module = self._averaged.module.eval().requires_grad_(False)

    def restart_warm_up(self) -> None:
        """For a new stage. A short stage would otherwise end mostly as an average of the stage before."""
        self.updates = 0

    def update(self, network: nn.Module) -> None:
        """Moves the average towards the network's weights. Whole numbers (counts of batches) are copied."""
        self.updates += 1
        self._averaged.update_parameters(network)

    def _average(self, averages: Tensors, values: Tensors, _: Tensor | int) -> None:
        weight = 1 - min(self.decay, (1 + self.updates) / (10 + self.updates))
        if averages[0].is_floating_point():
            torch._foreach_lerp_(averages, values, weight)
        else:
            torch._foreach_copy_(averages, values)
