"""Embeddings: pooled features on their principal components, of unit length, to find similar images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

DIMENSIONS = 128
VARIANCE = 0.98  # of the features; fewer dimensions do where they hold it


@dataclass(frozen=True)
class Embedding:
    """embed(x) = projection (x - mean) / |projection (x - mean)|.

    projection: float32 [d, c]; mean: float32 [c]; variance: the fraction of the training split's variance
    that the d directions hold.
    """

    projection: np.ndarray
    mean: np.ndarray
    variance: float

    def __call__(self, features: np.ndarray) -> np.ndarray:
        """features [n, c] -> [n, d]; zero for an image that is the mean itself."""
        projected = (features - self.mean) @ self.projection.T
        return projected / np.maximum(np.linalg.norm(projected, axis=1, keepdims=True), 1e-12)

    def card(self) -> dict[str, Any]:
        """The card's `embedding`."""
        return {"dimensions": len(self.projection), "variance": self.variance}


def fit_embedding(features: np.ndarray, most: int = DIMENSIONS, variance: float = VARIANCE) -> Embedding:
    """Principal components of features [n, c]: as few as hold `variance`, at most `most`.

    The sign of a component is chance. Each is turned so that its largest entry is positive: the same features
    give the same embedding everywhere. Raises ValueError with fewer than two images.
    """
    if len(features) < 2:
        raise ValueError("an embedding needs at least two images to be fitted on")
    features = np.asarray(features, np.float64)
    mean = features.mean(0)
    _, values, directions = np.linalg.svd(features - mean, full_matrices=False)
    held = np.cumsum(values**2) / max(float((values**2).sum()), 1e-30)
    count = min(most, len(values), int(np.searchsorted(held, variance)) + 1)
    kept = directions[:count]
    largest = np.take_along_axis(kept, np.abs(kept).argmax(1, keepdims=True), 1)
    return Embedding(
        (kept * np.sign(largest)).astype(np.float32),
        mean.astype(np.float32),
        round(float(held[count - 1]), 5),
    )
