"""Losses on logits."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from lentigo.seeds import numpy_generator


def classification_loss(
    logits: Tensor,
    targets: Tensor,
    *,
    focal: float = 0.0,
    smoothing: float = 0.0,
    class_weights: Tensor | None = None,
) -> Tensor:
    """Cross-entropy against soft targets [n, k], with label smoothing and optional class weights [k].

    focal: exponent of the focal loss (Lin et al. 2017); 0 is plain cross-entropy.
    """
    k = logits.shape[1]
    targets = targets * (1 - smoothing) + smoothing / k
    log_p = F.log_softmax(logits.float(), 1)
    losses = targets * log_p
    if focal:
        losses = losses * (1 - log_p.exp()) ** focal
    if class_weights is not None:
        losses = losses * class_weights.to(logits.device)
    return -losses.sum(1).mean()


def distillation_loss(logits: Tensor, teacher_logits: Tensor, temperature: float) -> Tensor:
    """KL(teacher || student) at a temperature, scaled by its square (Hinton et al. 2015)."""
    student = F.log_softmax(logits.float() / temperature, 1)
    teacher = F.log_softmax(teacher_logits.float() / temperature, 1)
    return F.kl_div(student, teacher, reduction="batchmean", log_target=True) * temperature**2


def lesion_loss(logits: Tensor, masks: Tensor) -> Tensor:
    """Soft Dice of each image plus binary cross-entropy. logits, masks [n, 1, h, w], masks in 0..1."""
    logits = logits.float()
    p = torch.sigmoid(logits)
    overlap = 2 * (p * masks).sum((1, 2, 3)) + 1
    dice = overlap / (p.sum((1, 2, 3)) + masks.sum((1, 2, 3)) + 1)
    return (1 - dice).mean() + F.binary_cross_entropy_with_logits(logits, masks)


def mixup(images: Tensor, targets: Tensor, alpha: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Mixes each image, and its soft target, with another image of the batch (Zhang et al. 2018).

    A batch has a single mixing weight, drawn from Beta(alpha, alpha) and folded to at least 1/2.
    """
    seed = int(torch.randint(2**31, (1,), generator=generator))
    weight = float(numpy_generator(seed).beta(alpha, alpha))
    weight = max(weight, 1 - weight)
    other = torch.randperm(images.shape[0], generator=generator).to(images.device)
    return images * weight + images[other] * (1 - weight), targets * weight + targets[other] * (1 - weight)
