"""Losses equal torch's where torch has them."""

import pytest
import torch
import torch.nn.functional as F

from lentigo.train.losses import classification_loss, distillation_loss, lesion_loss, mixup


def test_losses_match_torch_where_torch_has_them() -> None:
    logits = torch.randn(5, 3, generator=torch.Generator().manual_seed(0))
    labels = torch.tensor([0, 1, 2, 1, 0])
    targets = F.one_hot(labels, 3).float()
    assert torch.allclose(classification_loss(logits, targets), F.cross_entropy(logits, labels))
    smooth = F.cross_entropy(logits, labels, label_smoothing=0.1)
    assert torch.allclose(classification_loss(logits, targets, smoothing=0.1), smooth)
    assert classification_loss(logits, targets, focal=2.0) < classification_loss(logits, targets)
    assert distillation_loss(logits, logits, 2.0) == pytest.approx(0, abs=1e-6)


def test_lesion_loss_falls_with_a_better_mask() -> None:
    mask = torch.zeros(1, 1, 8, 8)
    mask[..., 2:6, 2:6] = 1
    assert lesion_loss(mask * 20 - 10, mask) < 0.01 < lesion_loss(10 - mask * 20, mask)


def test_mixup_keeps_the_targets_a_distribution() -> None:
    images, targets = torch.rand(6, 3, 4, 4), F.one_hot(torch.arange(6) % 3, 3).float()
    _, mixed = mixup(images, targets, 0.4, torch.Generator().manual_seed(0))
    assert torch.allclose(mixed.sum(1), torch.ones(6)) and (mixed.max(1).values >= 0.5).all()
