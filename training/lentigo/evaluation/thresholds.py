"""Where to draw the line: thresholds on a score (the summed probability of the malignant classes), and what
they cost.
"""

from __future__ import annotations

import math

import numpy as np

from lentigo.evaluation.metrics import MOST_POINTS, roc, thin


def threshold_for_sensitivity(scores: np.ndarray, positive: np.ndarray, wanted: float = 0.9) -> float:
    """The highest threshold at which at least `wanted` of the positives have score >= threshold. scores [n]
    0..1, positive bool [n].

    Raises ValueError without a positive image.
    """
    found = np.sort(scores[np.asarray(positive, bool)])
    if not len(found):
        raise ValueError("no positive image to set a threshold on")
    may_miss = math.floor(len(found) * (1 - wanted) + 1e-9)
    # Rounded downwards, so that the image that sets the threshold stays found.
    return max(0.0, math.floor(found[min(may_miss, len(found) - 1)] * 1e6) / 1e6)


def at_threshold(scores: np.ndarray, positive: np.ndarray, threshold: float) -> dict[str, float]:
    """sensitivity and specificity of "score >= threshold"; NaN where there is no positive (or negative) image."""
    said, truth = scores >= threshold, np.asarray(positive, bool)
    return {
        "sensitivity": float(said[truth].mean()) if truth.any() else float("nan"),
        "specificity": float((~said[~truth]).mean()) if (~truth).any() else float("nan"),
    }


def sensitivity_at_specificity(scores: np.ndarray, positive: np.ndarray, wanted: float = 0.9) -> float:
    """The best sensitivity of all thresholds with specificity >= wanted, read off this side's own ROC curve."""
    points, _ = roc(scores, positive)
    return (
        float(points[points[:, 0] <= 1 - wanted + 1e-9, 1].max())
        if not np.isnan(points).any()
        else float("nan")
    )


def specificity_at_sensitivity(scores: np.ndarray, positive: np.ndarray, wanted: float = 0.9) -> float:
    """The best specificity of all thresholds with sensitivity >= wanted, read off this side's own ROC curve."""
    points, _ = roc(scores, positive)
    return (
        float(1 - points[points[:, 1] >= wanted - 1e-9, 0].min())
        if not np.isnan(points).any()
        else float("nan")
    )


def curve(scores: np.ndarray, positive: np.ndarray, most: int = MOST_POINTS) -> list[dict[str, float]]:
    """{threshold, sensitivity, specificity} by rising threshold from 0 to 1, thinned to at most `most` points.

    Every point is true of the threshold that it names, as `at_threshold` says.
    """
    points, thresholds = roc(scores, positive)
    chosen = sorted(
        {math.floor(t * 1e6) / 1e6 for t in thresholds[thin(points, most - 2)] if np.isfinite(t)} | {0.0, 1.0}
    )
    rows = [{"threshold": t, **at_threshold(scores, positive, t)} for t in chosen]
    return [
        {name: round(value, 5 if name != "threshold" else 6) for name, value in row.items()} for row in rows
    ]
