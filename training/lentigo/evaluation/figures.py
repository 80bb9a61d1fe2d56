"""The figures of a classifier's calibrated predictions: over a whole split, for subgroups and per class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lentigo import metrics
from lentigo.evaluation import thresholds
from lentigo.evaluation.predictions import Predictions, merged
from lentigo.evaluation.subgroups import Measure

Merge = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Calibrated:
    """Predictions of a split and their calibrated probabilities [n, k]. classes: ids in their order."""

    predictions: Predictions
    probabilities: np.ndarray
    classes: Sequence[str]

    @property
    def labels(self) -> np.ndarray:
        return self.predictions.labels

    def score(self, positive: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The summed probability of some classes, float [n], and whether they hold the truth, bool [n]."""
        indices = [self.classes.index(name) for name in positive]
        return self.probabilities[:, indices].sum(1), np.isin(self.labels, indices)


def all_figures(
    calibrated: Calibrated,
    decision: Mapping[str, Any] | None,
    merge: Merge | None,
    by_group: bool = False,
) -> Measure:
    """Indices -> all figures by name.

    decision: {positive, threshold}, for the figures of the decision. merge: coarse class id -> members, for
    those of the coarse classes. by_group: also the mean of the groups' accuracies.
    """
    coarse = coarse_classes(calibrated, merge) if merge else None
    groups = np.unique(np.asarray(calibrated.predictions.groups), return_inverse=True)[1]
    score, truth = calibrated.score(decision["positive"] if decision else [])

    def measure(index: np.ndarray) -> dict[str, float]:
        labels, p = calibrated.labels[index], calibrated.probabilities[index]
        figures = metrics.headline(labels, p)
        if decision:
            drawn = score[index], truth[index]
            figures |= _decision_figures(*drawn, decision["threshold"])
            figures["sensitivityAt90Specificity"] = thresholds.sensitivity_at_specificity(*drawn)
            figures["specificityAt90Sensitivity"] = thresholds.specificity_at_sensitivity(*drawn)
        if coarse:
            merged_figures = metrics.headline(coarse[0][index], coarse[1][index])
            for name in ("accuracy", "balancedAccuracy", "macroPrecision", "macroF1", "auc"):
                figures[f"merged{name[0].upper()}{name[1:]}"] = merged_figures[name]
        if by_group:
            figures["groupAccuracy"] = metrics.group_accuracy(p.argmax(1) == labels, groups[index], groups)
        return figures

    return measure


def counted_figures(calibrated: Calibrated, decision: Mapping[str, Any] | None) -> dict[str, np.ndarray]:
    """The figures of `all_figures` and `brief_figures` that are shares of images, with these: bool [n]."""
    everything = np.ones(len(calibrated.labels), bool)
    truth = calibrated.score(decision["positive"])[1] if decision else None
    return {"accuracy": everything, "mergedAccuracy": everything} | (
        {} if truth is None else thresholds.rated(truth)
    )


def brief_figures(calibrated: Calibrated, decision: Mapping[str, Any] | None) -> Measure:
    """Indices -> the figures of a subgroup."""
    score, truth = calibrated.score(decision["positive"] if decision else [])

    def measure(index: np.ndarray) -> dict[str, float]:
        everything = metrics.headline(calibrated.labels[index], calibrated.probabilities[index])
        figures = {name: everything[name] for name in ("accuracy", "balancedAccuracy", "auc")}
        if decision:
            figures |= _decision_figures(score[index], truth[index], decision["threshold"])
        return figures

    return measure


def coarse_classes(calibrated: Calibrated, merge: Merge) -> tuple[np.ndarray, np.ndarray]:
    """Labels [n] and probabilities [n, coarse] of the coarse classes.

    Raises ValueError where `merge` does not hold each class exactly once.
    """
    classes = calibrated.classes
    members = [[classes.index(name) for name in names] for names in merge.values()]
    if sorted(index for indices in members for index in indices) != list(range(len(classes))):
        raise ValueError(f"merge must hold each of {', '.join(classes)} exactly once")
    coarse_of = {index: coarse for coarse, indices in enumerate(members) for index in indices}
    labels = np.array([coarse_of[int(label)] for label in calibrated.labels])
    return labels, merged(calibrated.probabilities, members)


def per_class(calibrated: Calibrated) -> list[dict[str, Any]]:
    """The card's `results.perClass`."""
    labels, probabilities = calibrated.labels, calibrated.probabilities
    figures = metrics.per_class(labels, probabilities)
    figures["averagePrecision"] = metrics.class_average_precisions(labels, probabilities)
    keys = ("precision", "recall", "specificity", "f1", "auc", "averagePrecision")
    return [
        {"class": name, "support": int(figures["support"][k])}
        | {key: _number(figures[key][k]) for key in keys}
        for k, name in enumerate(calibrated.classes)
    ]


def confusion(labels: np.ndarray, probabilities: np.ndarray, classes: Sequence[str]) -> dict[str, Any]:
    """The card's `results.confusion`; rows are the truth."""
    matrix = metrics.confusion(labels, probabilities.argmax(1), len(classes))
    return {"labels": list(classes), "matrix": matrix.tolist()}


def roc_curves(calibrated: Calibrated) -> dict[str, Any]:
    """The card's `results.roc`: class -> points [false positive rate, true positive rate]."""
    curves = {}
    for k, name in enumerate(calibrated.classes):
        positive = calibrated.labels == k
        if 0 < positive.sum() < len(positive):
            points, _ = metrics.roc(calibrated.probabilities[:, k], positive)
            curves[name] = points[metrics.thin(points)].round(4).tolist()
    return curves


def _decision_figures(score: np.ndarray, truth: np.ndarray, threshold: float) -> dict[str, float]:
    figures = {"malignantAuc": metrics.auc(score, truth)}
    return figures | thresholds.at_threshold(score, truth, threshold)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 5)
