"""Networks as after training, whose batch norms have statistics of their own."""

import torch
from torch import Tensor, nn

NORMS = (nn.BatchNorm1d, nn.BatchNorm2d)


@torch.no_grad()
def settle(network: nn.Module, *inputs: Tensor) -> nn.Module:
    """Sets every batch norm's statistics to those of the inputs, so that eval mode computes sensible values.

    With initial statistics (mean 0, variance 1) the activations of a deep random network explode or vanish,
    and comparisons of its outputs mean little.
    """
    for norm in network.modules():
        if isinstance(norm, NORMS):
            norm.momentum = 1.0
    network.train()(*inputs)
    return network.eval()


def furthest(values: Tensor, expected: Tensor) -> float:
    """The largest difference, relative to the largest expected value."""
    return ((values - expected).abs().max() / expected.abs().max()).item()
