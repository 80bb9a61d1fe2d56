"""Prediction sets that hold the true class as often as promised.

LAC, "least ambiguous set-valued classifiers": Sadinle, Lei and Wasserman, JASA 114 (2019). The
split-conformal quantile with its finite-sample correction: Angelopoulos and Bates, "A gentle introduction to
conformal prediction" (2021), section 1.
"""

from __future__ import annotations

import math

import numpy as np


def fit_quantile(labels: np.ndarray, probabilities: np.ndarray, coverage: float = 0.9) -> float:
    """The quantile q, 0..1: the set of an image is every class with probability >= 1 - q.

    It is the ceil((n + 1) coverage)-th smallest 1 - p(true class) of n images of the validation split, and 1
    (every class) where n is too small.
    """
    scores = np.sort(1 - probabilities[np.arange(len(labels)), labels])
    rank = math.ceil((len(scores) + 1) * coverage - 1e-9)
    if rank > len(scores):
        return 1.0
    # Rounded up, so that the coverage is never less than promised.
    return min(1.0, math.ceil(scores[rank - 1] * 1e6) / 1e6)


def prediction_sets(probabilities: np.ndarray, quantile: float) -> np.ndarray:
    """bool [n, k]: the classes of each image's set. A set is empty where no class is likely enough."""
    return probabilities >= 1 - quantile


def measure_sets(labels: np.ndarray, sets: np.ndarray) -> dict[str, float]:
    """Of sets bool [n, k]: `coverage` (fraction with the true class), `meanSize`, and `empty` and `single`.

    The last two are the fractions of sets with 0 and 1 classes.
    """
    sizes = sets.sum(1)
    return {
        "coverage": float(sets[np.arange(len(labels)), labels].mean()),
        "meanSize": float(sizes.mean()),
        "empty": float((sizes == 0).mean()),
        "single": float((sizes == 1).mean()),
    }
