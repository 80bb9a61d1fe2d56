"""The optimiser's groups and the rate at each step."""

from __future__ import annotations

import math

import torch
from torch import nn

from lentigo.recipe import Stage


def parameter_groups(network: nn.Module, decay: float) -> list[dict]:
    """Weight decay on matrices and kernels only, not on biases and norms."""
    kernels = [p for p in network.parameters() if p.requires_grad and p.ndim > 1]
    others = [p for p in network.parameters() if p.requires_grad and p.ndim <= 1]
    return [{"params": kernels, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}]


def set_rate(optimizer: torch.optim.Optimizer, stage: Stage, done: float) -> None:
    """Linear warm-up over the first 5 % of a stage, then a cosine to 1 % of the rate."""
    warm = min(1.0, done / 0.05 + 0.02)
    cosine = 0.01 + 0.99 * (1 + math.cos(math.pi * done)) / 2
    for group in optimizer.param_groups:
        group["lr"] = stage.rate * warm * cosine
