"""Losses on logits."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor


def classification_loss(
    logits: Tensor,
    targets: Tensor,
    *,
    focal: float = 0.0,
    smoothing: float = 0.0,
    class_weights: Tensor | None = None,
) -> Tensor:
    """Cross-entropy against soft targets [n, k], label-smoothed by `smoothing`, weighted a class, focal with exponent
    `focal` (Lin et al. 2017; 0 = plain cross-entropy)."""
    k = logits.shape[1]
    targets = targets * (1 - smoothing) + smoothing / k
    log_p = F.log_softmax(logits.float(), 1)
    weight = (1 - log_p.exp()) ** focal if focal else 1.0
    if class_weights is not None:
        weight = weight * class_weights.to(logits.device)
    return -(targets * log_p * weight).sum(1).mean()


def distillation_loss(logits: Tensor, teacher_logits: Tensor, temperature: float) -> Tensor:
    """KL(teacher || student) at a temperature, scaled by its square (Hinton et al. 2015)."""
    student = F.log_softmax(logits.float() / temperature, 1)
    teacher = F.log_softmax(teacher_logits.float() / temperature, 1)
    return F.kl_div(student, teacher, reduction="batchmean", log_target=True) * temperature**2


def lesion_loss(logits: Tensor, masks: Tensor) -> Tensor:
    """Soft Dice over each picture plus binary cross-entropy. logits, masks [n, 1, h, w], masks 0..1."""
    logits = logits.float()
    p = torch.sigmoid(logits)
    overlap = 2 * (p * masks).sum((1, 2, 3)) + 1
    dice = overlap / (p.sum((1, 2, 3)) + masks.sum((1, 2, 3)) + 1)
    return (1 - dice).mean() + F.binary_cross_entropy_with_logits(logits, masks)


def mixup(images: Tensor, targets: Tensor, alpha: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Mixes each picture with another of the batch, and their soft targets alike (Zhang et al. 2018). One share a batch,
    from Beta(alpha, alpha) folded to at least 1/2."""
    seed = int(torch.randint(2**31, (1,), generator=generator))
    share = float(np.random.default_rng(seed).beta(alpha, alpha))
    share = max(share, 1 - share)
    other = torch.randperm(images.shape[0], generator=generator).to(images.device)
    return images * share + images[other] * (1 - share), targets * share + targets[other] * (1 - share)
