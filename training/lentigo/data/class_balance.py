"""Which images an epoch sees, and how often."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor


def class_powers(labels: Tensor, classes: int, power: float) -> Tensor:
    """Weight of each image so that class k is drawn with probability proportional to n_k ** power.

    power 1 is the data as they are, 0 is fully balanced. labels int64 [n] -> float64 [n].
    """
    counts = torch.bincount(labels, minlength=classes).double()
    return (counts.clamp(min=1) ** (power - 1))[labels]


def fixed_per_class(
    labels: Tensor, count: int, generator: torch.Generator, features: Tensor | None = None
) -> Tensor:
    """Indices of `count` images a class (system A's 500): larger classes under-sampled, smaller ones repeated.

    With `features` [n, d], a class that is too large keeps the images nearest its K-means centres (one centre for every
    ten images kept), else random ones. The repeated copies differ by augmentation, which happens later.
    """
    chosen = []
    for label in labels.unique().tolist():
        members = (labels == label).nonzero().flatten()
        if len(members) > count:
            if features is None:
                members = members[torch.randperm(len(members), generator=generator)[:count]]
            else:
                members = members[_nearest_centres(features[members].numpy(), count)]
        else:
            extra = torch.randint(len(members), (count - len(members),), generator=generator)
            members = torch.cat([members, members[extra]])
        chosen.append(members)
    return torch.cat(chosen)


def _nearest_centres(features: np.ndarray, count: int) -> np.ndarray:
    from sklearn.cluster import MiniBatchKMeans

    centres = max(1, count // 10)
    distances = MiniBatchKMeans(centres, random_state=0, n_init=1).fit_transform(features)
    order = np.argsort(distances, axis=0)
    kept: list[int] = []
    seen: set[int] = set()
    # Round robin over the centres, nearest first, until enough are kept.
    for rank in range(len(features)):
        for index in order[rank]:
            if index not in seen:
                seen.add(int(index))
                kept.append(int(index))
                if len(kept) == count:
                    return np.array(kept)
    return np.array(kept)
