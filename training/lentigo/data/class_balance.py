"""Weights and selections that balance the classes of an epoch."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor


def sampling_weights(labels: Tensor, classes: int, power: float) -> Tensor:
    """A weight for each image, so that class k is drawn with probability proportional to n_k ** power.

    Power 1 keeps the natural frequencies, 0 balances them fully. labels int64 [n] -> float64 [n].
    """
    counts = torch.bincount(labels, minlength=classes).double()
    return (counts.clamp(min=1) ** (power - 1))[labels]


def fixed_per_class(
    labels: Tensor, count: int, generator: torch.Generator, features: Tensor | None = None
) -> Tensor:
    """Indices of `count` images of each class: larger classes are under-sampled, smaller ones repeated.

    A class that is too large keeps random images, or, with `features` [n, d], the images nearest its K-means
    centres (one centre for every ten images). Repeated images differ by their augmentation, which comes
    later.
    """
    chosen = []
    for label in labels.unique().tolist():
        members = (labels == label).nonzero().flatten()
        if len(members) > count:
            if features is None:
                members = members[torch.randperm(len(members), generator=generator)[:count]]
            else:
                members = members[torch.from_numpy(_nearest_centres(features[members].numpy(), count))]
        else:
            extra = torch.randint(len(members), (count - len(members),), generator=generator)
            members = torch.cat([members, members[extra]])
        chosen.append(members)
    return torch.cat(chosen)


def _nearest_centres(features: np.ndarray, count: int) -> np.ndarray:
    from sklearn.cluster import MiniBatchKMeans

    centres = max(1, count // 10)
    distances = MiniBatchKMeans(centres, random_state=0, n_init=1).fit_transform(features)
    ranking = np.argsort(distances, axis=0)
    chosen: dict[int, None] = {}  # an ordered set
    # Round robin over the centres, nearest first, until there are enough.
    for rank in range(len(features)):
        for index in ranking[rank].tolist():
            chosen.setdefault(index)
            if len(chosen) == count:
                return np.array(list(chosen))
    return np.array(list(chosen))
