"""Thresholds on a score, the summed probability of the positive classes, and what they reach."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lentigo.metrics import MAX_POINTS, roc, thin

# Sensitivities that a user of the app may ask for (src/core/decision/threshold.ts).
OFFERED = (0.8, 0.85, 0.9, 0.95, 0.98)
Scores = tuple[np.ndarray, np.ndarray]  # score [n], and whether an image is positive, bool [n]
Measure = Callable[[np.ndarray], dict[str, float]]
Intervals = Callable[[Measure, Mapping[str, np.ndarray]], dict[str, dict[str, float]]]


def threshold_for_sensitivity(scores: np.ndarray, positive: np.ndarray, wanted: float = 0.9) -> float:
    """The highest threshold with score >= threshold for at least `wanted` of the positives.

    scores [n] in 0..1, positive bool [n]. Raises ValueError without a positive image.
    """
    found = np.sort(scores[np.asarray(positive, bool)])
    if not len(found):
        raise ValueError("no positive image to set a threshold on")
    may_miss = math.floor(len(found) * (1 - wanted) + 1e-9)
    # Rounded down, so that the image that sets the threshold is still found.
    return max(0.0, math.floor(found[min(may_miss, len(found) - 1)] * 1e6) / 1e6)


def at_threshold(scores: np.ndarray, positive: np.ndarray, threshold: float) -> dict[str, float]:
    """sensitivity and specificity of "score >= threshold"; NaN without a positive (or negative) image."""
    predicted, truth = scores >= threshold, np.asarray(positive, bool)
    return {
        "sensitivity": float(predicted[truth].mean()) if truth.any() else float("nan"),
        "specificity": float((~predicted[~truth]).mean()) if (~truth).any() else float("nan"),
    }


def rated(positive: np.ndarray) -> dict[str, np.ndarray]:
    """The images, bool [n], that each rate of `at_threshold` is the share of."""
    truth = np.asarray(positive, bool)
    return {"sensitivity": truth, "specificity": ~truth}


def offered_thresholds(fitting: Scores, testing: Scores, intervals: Intervals) -> list[dict[str, Any]]:
    """{targetSensitivity, threshold, sensitivity, specificity} for each of OFFERED, with intervals.

    Chosen on `fitting`, measured on `testing`: a threshold that is read off the curve of the test images
    flatters. intervals: of figures of drawn test images, and the images that each is a share of
    (bootstrap.intervals). Empty where `testing` lacks a side.
    """
    chosen = {wanted: threshold_for_sensitivity(*fitting, wanted) for wanted in OFFERED}
    score, truth = testing

    def measure(index: np.ndarray) -> dict[str, float]:
        rates = {
            wanted: at_threshold(score[index], truth[index], threshold)
            for wanted, threshold in chosen.items()
        }
        return {f"{wanted} {name}": rate for wanted, both in rates.items() for name, rate in both.items()}

    sides = rated(truth)
    found = intervals(
        measure, {f"{wanted} {name}": side for wanted in chosen for name, side in sides.items()}
    )
    if len(found) < 2 * len(OFFERED):
        return []
    return [
        {
            "targetSensitivity": wanted,
            "threshold": threshold,
            "sensitivity": found[f"{wanted} sensitivity"],
            "specificity": found[f"{wanted} specificity"],
        }
        for wanted, threshold in chosen.items()
    ]


def sensitivity_at_specificity(scores: np.ndarray, positive: np.ndarray, wanted: float = 0.9) -> float:
    """The best sensitivity with specificity >= wanted, read off these images' own ROC curve."""
    points, _ = roc(scores, positive)
    if np.isnan(points).any():
        return float("nan")
    return float(points[points[:, 0] <= 1 - wanted + 1e-9, 1].max())


def specificity_at_sensitivity(scores: np.ndarray, positive: np.ndarray, wanted: float = 0.9) -> float:
    """The best specificity with sensitivity >= wanted, read off these images' own ROC curve."""
    points, _ = roc(scores, positive)
    if np.isnan(points).any():
        return float("nan")
    return float(1 - points[points[:, 1] >= wanted - 1e-9, 0].min())


def curve(scores: np.ndarray, positive: np.ndarray, max_points: int = MAX_POINTS) -> list[dict[str, float]]:
    """{threshold, sensitivity, specificity} by rising threshold from 0 to 1, at most `max_points` of them.

    Every point has exactly the values of `at_threshold` for its threshold.
    """
    points, thresholds = roc(scores, positive)
    chosen = sorted(
        {math.floor(t * 1e6) / 1e6 for t in thresholds[thin(points, max_points - 2)] if np.isfinite(t)}
        | {0.0, 1.0}
    )
    rows = [{"threshold": t, **at_threshold(scores, positive, t)} for t in chosen]
    return [
        {name: round(value, 5 if name != "threshold" else 6) for name, value in row.items()} for row in rows
    ]
