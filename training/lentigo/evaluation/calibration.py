"""Temperature scaling. Guo et al., "On calibration of modern neural networks" (2017), section 4.2."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar

from lentigo.evaluation.metrics import log_loss
from lentigo.evaluation.predictions import softmax

COLDEST, HOTTEST = 0.05, 20.0


def fit_temperature(labels: np.ndarray, logits: np.ndarray) -> float:
    """The temperature in 0.05..20 that makes softmax(logits / temperature) likeliest on these images (the
    validation side).

    labels: int [n], logits: [n, k]. The loss is convex in 1 / temperature, so a scalar search finds the one
    minimum.
    """
    best = minimize_scalar(
        lambda inverse: log_loss(labels, softmax(logits * inverse)),
        bounds=(1 / HOTTEST, 1 / COLDEST),
        method="bounded",
        options={"xatol": 1e-6},
    )
    return round(float(1 / best.x), 4)
