"""Temperature scaling. Guo et al., "On calibration of modern neural networks" (2017), section 4.2."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar

from lentigo.evaluation.predictions import softmax
from lentigo.metrics import log_loss

MIN_TEMPERATURE, MAX_TEMPERATURE = 0.05, 20.0


def fit_temperature(labels: np.ndarray, logits: np.ndarray) -> float:
    """The temperature in 0.05..20 with the lowest log loss of softmax(logits / temperature).

    labels: int [n], logits: [n, k], of the validation split. The loss is convex in 1 / temperature, so a
    scalar search finds its minimum.
    """
    best = minimize_scalar(
        lambda inverse: log_loss(labels, softmax(logits * inverse)),
        bounds=(1 / MAX_TEMPERATURE, 1 / MIN_TEMPERATURE),
        method="bounded",
        options={"xatol": 1e-6},
    )
    return round(float(1 / best.x), 4)
