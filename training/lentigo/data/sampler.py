"""The order in which an epoch draws images."""

from __future__ import annotations

import torch
from torch import Tensor

from lentigo.data.class_balance import class_powers, fixed_per_class
from lentigo.data.dataset import Side
from lentigo.recipe import Recipe, Stage


def epoch_order(
    recipe: Recipe, stage: Stage, side: Side, generator: torch.Generator, features: Tensor | None = None
) -> Tensor:
    """Indices of one epoch of a stage, int64: of all that the recipe draws, or of the stage's share of it."""
    if stage.sets:
        weights = torch.tensor([stage.sets.get(name, 1.0) for name, _ in side.rows])
        order = torch.multinomial(weights, len(side), replacement=True, generator=generator)
    else:
        order = by_class(recipe, side.labels, generator, features)
    return order[: max(1, round(len(order) * stage.share))]


def by_class(
    recipe: Recipe, labels: Tensor, generator: torch.Generator, features: Tensor | None = None
) -> Tensor:
    """Segmentation and natural sampling: a permutation; else drawn with replacement."""
    n, classes = len(labels), len(recipe.data.classes)
    sampling = recipe.sampling
    if sampling.per_class:
        chosen = fixed_per_class(labels, sampling.per_class, generator, features)
        return chosen[torch.randperm(len(chosen), generator=generator)]
    if not classes or (sampling.power == 1 and not recipe.weak_classes):
        return torch.randperm(n, generator=generator)
    weights = class_powers(labels, classes, sampling.power)
    for class_id, times in recipe.weak_classes.items():
        weights[labels == list(recipe.data.classes).index(class_id)] *= times
    return torch.multinomial(weights, n, replacement=True, generator=generator)


def drawn_share(recipe: Recipe, labels: Tensor) -> Tensor:
    """Class frequencies that an epoch draws, float64 [classes], sums to 1."""
    classes = len(recipe.data.classes)
    counts = torch.bincount(labels, minlength=classes).double()
    if recipe.sampling.per_class:
        share = (counts > 0).double()
    else:
        share = torch.where(counts > 0, counts**recipe.sampling.power, 0)
        for class_id, times in recipe.weak_classes.items():
            share[list(recipe.data.classes).index(class_id)] *= times
    return share / share.sum()
