"""Which images an epoch draws, and in which order."""

from __future__ import annotations

import torch
from torch import Tensor

from lentigo.data.class_balance import fixed_per_class, sampling_weights
from lentigo.data.dataset import Split
from lentigo.recipe import Recipe, Stage


def sample_epoch(
    recipe: Recipe, stage: Stage, split: Split, generator: torch.Generator, features: Tensor | None = None
) -> Tensor:
    """Indices of one epoch, int64: the stage's fraction of what the recipe draws.

    `features` [n, d]: for a recipe that keeps the images nearest the centres of a class.
    """
    if stage.set_weights:
        weights = torch.tensor([stage.set_weights.get(name, 1.0) for name, _ in split.rows])
        indices = torch.multinomial(weights, len(split), replacement=True, generator=generator)
    else:
        indices = sample_by_class(recipe, split.labels, generator, features)
    return indices[: max(1, round(len(indices) * stage.fraction))]


def sample_by_class(
    recipe: Recipe, labels: Tensor, generator: torch.Generator, features: Tensor | None = None
) -> Tensor:
    """Indices int64 [n]: a permutation for segmentation and natural sampling, else drawn with replacement."""
    n, classes = len(labels), len(recipe.data.classes)
    sampling = recipe.sampling
    if sampling.per_class:
        chosen = fixed_per_class(labels, sampling.per_class, generator, features)
        return chosen[torch.randperm(len(chosen), generator=generator)]
    if not classes or (sampling.power == 1 and not recipe.weak_classes):
        return torch.randperm(n, generator=generator)
    weights = sampling_weights(labels, classes, sampling.power)
    for class_id, times in recipe.weak_classes.items():
        weights[labels == list(recipe.data.classes).index(class_id)] *= times
    return torch.multinomial(weights, n, replacement=True, generator=generator)


def sampled_frequencies(recipe: Recipe, labels: Tensor) -> Tensor:
    """The class frequencies that an epoch draws, float64 [classes], adding up to 1."""
    classes = len(recipe.data.classes)
    counts = torch.bincount(labels, minlength=classes).double()
    if recipe.sampling.per_class:
        frequencies = (counts > 0).double()
    else:
        frequencies = torch.where(counts > 0, counts**recipe.sampling.power, 0)
        for class_id, times in recipe.weak_classes.items():
            frequencies[list(recipe.data.classes).index(class_id)] *= times
    return frequencies / frequencies.sum()
