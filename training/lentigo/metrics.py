"""Metrics of a classifier, from labels int [n] and probabilities float [n, k].

Means over classes leave out a class without images. A figure is NaN where nothing is left.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import binomtest, rankdata

RELIABILITY_BINS = 15
MAX_POINTS = 60


def confusion(labels: np.ndarray, predicted: np.ndarray, classes: int) -> np.ndarray:
    """int [k, k]: rows are the true class, columns the predicted class."""
    return np.bincount(labels * classes + predicted, minlength=classes**2).reshape(classes, classes)


def per_class(labels: np.ndarray, probabilities: np.ndarray) -> dict[str, np.ndarray]:
    """precision, recall, specificity, f1, auc (against the rest) and support of every class, each [k].

    Precision is 0 for a class that is never predicted (as in scikit-learn), recall NaN for one that never
    occurs.
    """
    matrix = confusion(labels, probabilities.argmax(1), probabilities.shape[1])
    hits, truth, predicted = np.diag(matrix), matrix.sum(1), matrix.sum(0)
    n = matrix.sum()
    precision = np.divide(hits, predicted, out=np.zeros(len(hits)), where=predicted > 0)
    recall = _ratio(hits, truth)
    total = precision + np.nan_to_num(recall)
    f1 = np.divide(2 * precision * np.nan_to_num(recall), total, out=np.zeros(len(hits)), where=total > 0)
    return {
        "precision": precision,
        "recall": recall,
        "specificity": _ratio(n - truth - predicted + hits, n - truth),
        "f1": np.where(truth > 0, f1, np.nan),
        "auc": class_aucs(labels, probabilities),
        "support": truth,
    }


def headline(labels: np.ndarray, probabilities: np.ndarray) -> dict[str, float]:
    """The figures that every classifier reports. Means over classes are unweighted.

    The macro recall is the balanced accuracy.
    """
    each = per_class(labels, probabilities)
    present = each["support"] > 0
    return {
        "accuracy": accuracy(labels, probabilities),
        "balancedAccuracy": _mean(each["recall"]),
        "macroPrecision": _mean(each["precision"][present]),
        "macroF1": _mean(each["f1"]),
        "auc": _mean(each["auc"]),
        "logLoss": log_loss(labels, probabilities),
        "ece": calibration_error(labels, probabilities),
        "brier": brier(labels, probabilities),
    }


def accuracy(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """The fraction of images whose most probable class is the true class."""
    return float((probabilities.argmax(1) == labels).mean()) if len(labels) else float("nan")


def balanced_accuracy(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """The mean recall of the classes that occur."""
    matrix = confusion(labels, probabilities.argmax(1), probabilities.shape[1])
    return _mean(_ratio(np.diag(matrix), matrix.sum(1)))


def group_accuracy(right: np.ndarray, drawn_groups: np.ndarray, groups: np.ndarray) -> float:
    """The mean of each drawn group's accuracy. A group that is drawn twice counts twice.

    right: bool [m]. drawn_groups: int [m], the group of each drawn image. groups: int [n], of all images.
    """
    counts = np.bincount(drawn_groups)
    drawn = counts > 0
    accuracies = np.bincount(drawn_groups, right.astype(float))[drawn] / counts[drawn]
    times = counts[drawn] / np.bincount(groups)[np.flatnonzero(drawn)]
    return float(np.average(accuracies, weights=times))


def class_aucs(labels: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """Area under the ROC curve of each class against the rest, [k], by ranks (Hanley and McNeil 1982).

    Ties count half.
    """
    truth = labels[:, None] == np.arange(probabilities.shape[1])
    return (
        _rank_auc(rankdata(probabilities, axis=0), truth) if len(labels) else np.full(truth.shape[1], np.nan)
    )


def macro_auc(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """The mean of the classes' areas under the ROC curve."""
    return _mean(class_aucs(labels, probabilities))


def auc(scores: np.ndarray, positive: np.ndarray) -> float:
    """Area under the ROC curve of scores [n] for positive bool [n]; NaN without positives or negatives."""
    return float(_rank_auc(rankdata(scores)[:, None], np.asarray(positive, bool)[:, None])[0])


def class_average_precisions(labels: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """Average precision of each class against the rest, [k]."""
    return np.array([average_precision(p, labels == c) for c, p in enumerate(probabilities.T)])


def average_precision(scores: np.ndarray, positive: np.ndarray) -> float:
    """Precision at each threshold, weighted by the rise in recall, without interpolation, or NaN."""
    order = np.argsort(-scores, kind="stable")
    truth = np.asarray(positive, bool)[order]
    ends = (
        np.r_[np.flatnonzero(np.diff(scores[order])), len(scores) - 1] if len(scores) else np.array([], int)
    )
    found = np.cumsum(truth)[ends]
    rise = np.diff(np.r_[0, found])
    return float((rise * found / (ends + 1)).sum() / truth.sum()) if truth.any() else float("nan")


def log_loss(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """The mean of -log(probability of the true class), natural logarithm; probabilities of at least 1e-12."""
    return _mean(-np.log(np.maximum(probabilities[np.arange(len(labels)), labels], 1e-12)))


def brier(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Brier's original score (1950), 0..2: the mean over images of the squared differences of all classes."""
    truth = labels[:, None] == np.arange(probabilities.shape[1])
    return _mean(((probabilities - truth) ** 2).sum(1))


def calibration_error(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Expected calibration error of the top class, 15 equal-width bins (Guo et al. 2017, equation 3)."""
    confidence, right, bins = _binned(labels, probabilities)
    gaps = np.bincount(bins, right, RELIABILITY_BINS) - np.bincount(bins, confidence, RELIABILITY_BINS)
    return float(np.abs(gaps).sum() / len(labels)) if len(labels) else float("nan")


def reliability(labels: np.ndarray, probabilities: np.ndarray) -> list[dict[str, float]]:
    """The bins of `calibration_error` that hold images: low, high, mean confidence, accuracy, count."""
    confidence, right, bins = _binned(labels, probabilities)
    return [
        {
            "low": round(b / RELIABILITY_BINS, 4),
            "high": round((b + 1) / RELIABILITY_BINS, 4),
            "confidence": round(float(confidence[bins == b].mean()), 4),
            "accuracy": round(float(right[bins == b].mean()), 4),
            "count": int((bins == b).sum()),
        }
        for b in np.unique(bins).tolist()
    ]


def roc(scores: np.ndarray, positive: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points [m, 2] of (false, true) positive rate from (0, 0) to (1, 1), and their falling thresholds [m].

    A score is positive where score >= threshold; the first threshold is infinite. Rates of no images are NaN.
    """
    order = np.argsort(-scores, kind="stable")
    sorted_scores, truth = scores[order], np.asarray(positive, bool)[order]
    ends = np.r_[np.flatnonzero(np.diff(sorted_scores)), len(scores) - 1]
    found = np.cumsum(truth)[ends]
    true_rate, false_rate = _ratio(found, truth.sum()), _ratio(ends + 1 - found, (~truth).sum())
    points = np.vstack([[0, 0], np.stack([false_rate, true_rate], 1)])
    return points, np.r_[np.inf, sorted_scores[ends]]


def thin(points: np.ndarray, max_points: int = MAX_POINTS) -> np.ndarray:
    """Rising indices of at most `max_points` of the points [m, 2] that draw nearly the same line.

    It starts from the two ends and repeatedly adds the point farthest from the line so far (Douglas and
    Peucker 1973, with a limit on the number of points).
    """
    last = len(points) - 1
    chosen = [0, last]
    gaps = [_farthest(points, 0, last)]
    while len(chosen) < max_points and gaps:
        best = max(range(len(gaps)), key=lambda g: gaps[g][0])
        distance, middle, start, end = gaps.pop(best)
        if distance < 1e-9:
            break
        chosen.append(middle)
        gaps += [_farthest(points, a, b) for a, b in ((start, middle), (middle, end)) if b - a > 1]
    return np.unique(chosen)


def _farthest(points: np.ndarray, start: int, end: int) -> tuple[float, int, int, int]:
    if end - start < 2:
        return 0.0, start, start, end
    line, inner = points[end] - points[start], points[start + 1 : end] - points[start]
    length = float(np.hypot(*line))
    distances = (
        np.abs(line[0] * inner[:, 1] - line[1] * inner[:, 0]) / length if length else np.hypot(*inner.T)
    )
    farthest = int(distances.argmax())
    return float(distances[farthest]), start + 1 + farthest, start, end


def _binned(labels: np.ndarray, probabilities: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    confidence = probabilities.max(1)
    bins = np.minimum((confidence * RELIABILITY_BINS).astype(int), RELIABILITY_BINS - 1)
    return confidence, (probabilities.argmax(1) == labels).astype(float), bins


def _rank_auc(ranks: np.ndarray, truth: np.ndarray) -> np.ndarray:
    positives = truth.sum(0)
    pairs = positives * (len(truth) - positives)
    return _ratio((ranks * truth).sum(0) - positives * (positives + 1) / 2, pairs)


def _ratio(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """The quotient, NaN where the denominator is 0."""
    numerator, denominator = np.broadcast_arrays(np.asarray(numerator, float), np.asarray(denominator, float))
    return np.divide(numerator, denominator, out=np.full(numerator.shape, np.nan), where=denominator > 0)


def _mean(values: np.ndarray) -> float:
    """The mean of the values that are not NaN; NaN where nothing is left."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a fraction `hits` / `count` (Wilson 1927)."""
    interval = binomtest(hits, count).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)
