"""A fixed number of images per class under-samples large classes and repeats small ones."""

import torch

from lentigo.data.class_balance import fixed_per_class

LABELS = torch.tensor([0] * 300 + [1] * 60)


def test_a_fixed_number_per_class_under_and_over_samples() -> None:
    chosen = fixed_per_class(LABELS, 100, torch.Generator().manual_seed(0))
    assert torch.bincount(LABELS[chosen]).tolist() == [100, 100]
    assert chosen[LABELS[chosen] == 0].unique().numel() == 100


def test_kmeans_keeps_central_images_rather_than_outliers() -> None:
    generator = torch.Generator().manual_seed(0)
    features = torch.randn(300, 4, generator=generator) * 0.1
    features[:20] = 20 + 10 * torch.randn(20, 4, generator=generator)  # scattered outliers
    chosen = fixed_per_class(torch.zeros(300, dtype=torch.int64), 200, generator, features)
    assert len(set(chosen.tolist())) == 200
    assert sum(index < 20 for index in chosen.tolist()) < 20
