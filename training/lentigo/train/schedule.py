"""The optimiser's parameter groups and the learning rate at each step."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import nn

from lentigo.recipe import Stage


def parameter_groups(network: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    """Weight decay for matrices and kernels only, not for biases and norms."""
    kernels = [p for p in network.parameters() if p.requires_grad and p.ndim > 1]
    others = [p for p in network.parameters() if p.requires_grad and p.ndim <= 1]
    return [{"params": kernels, "weight_decay": weight_decay}, {"params": others, "weight_decay": 0.0}]


def set_lr(optimizer: torch.optim.Optimizer, stage: Stage, progress: float) -> None:
    """Linear warm-up over the first 5 % of a stage, then a cosine to 1 % of its learning rate.

    progress: the part of the stage that is done, 0..1.
    """
    warm_up = min(1.0, progress / 0.05 + 0.02)
    cosine = 0.01 + 0.99 * (1 + math.cos(math.pi * progress)) / 2
    for group in optimizer.param_groups:
        group["lr"] = stage.lr * warm_up * cosine
