"""Everything that is measured of a classifier: fitted on the validation split, measured on the test split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lentigo import metrics
from lentigo.evaluation import bootstrap, ood, thresholds
from lentigo.evaluation.calibration import fit_temperature
from lentigo.evaluation.conformal import fit_quantile, measure_sets, prediction_sets
from lentigo.evaluation.predictions import Predictions, merged
from lentigo.evaluation.subgroups import Fields, Measure, by_subgroup

COVERAGE, SENSITIVITY = 0.9, 0.9
Merge = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class _Calibrated:
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


@dataclass(frozen=True)
class _Resampling:
    """How the bootstrap draws."""

    resamples: int
    seed: int

    def intervals(self, measure: Measure, groups: Sequence[str]) -> dict[str, bootstrap.Interval]:
        return bootstrap.intervals(measure, groups, self.resamples, self.seed)


def measure_classifier(
    validation: Predictions,
    test: Predictions,
    classes: Sequence[str],
    *,
    group: str,
    positive: Sequence[str] = (),
    also_positive: Sequence[Sequence[str]] = (),
    merge: Merge | None = None,
    ood_scores: Mapping[str, np.ndarray] | None = None,
    fields: Fields | None = None,
    train: Predictions | None = None,
    by_group: bool = False,
    fitted_on: str = "validation",
    resamples: int = bootstrap.RESAMPLES,
    seed: int = 1,
) -> dict[str, Any]:
    """The measured part of a result file (evaluation/results.py).

    classes: ids in the order of the logits. group: the column that groups images ("lesion_id"). positive: the
    classes whose probabilities are added up for the decision. also_positive: further sums, each with its own
    threshold (melanoma alone). merge: coarse class id -> members. ood_scores: scores [m] of images that are
    not of the model's kind, by name of the set; needs `test.ood` and `validation.ood`. fields:
    subgroups.FIELDS of the data set. train: for the accuracy on the training split. by_group: also the mean
    over groups of each group's accuracy (BreakHis' "patient score", Spanhol et al. 2016, equation 2).
    fitted_on: what `validation` is, if not the validation split.
    """
    temperature = fit_temperature(validation.labels, validation.logits)
    fitting, testing = (
        _Calibrated(part, part.probabilities(temperature), classes) for part in (validation, test)
    )
    resampling = _Resampling(resamples, seed)
    sums = [list(positive), *map(list, also_positive)] if positive else []
    decisions = [_decision(ids, fitting, testing, resampling) for ids in sums]
    decision = decisions[0] if decisions else None
    result: dict[str, Any] = {
        "calibration": {
            "temperature": temperature,
            "ece": round(metrics.calibration_error(test.labels, testing.probabilities), 5),
            "eceUncalibrated": round(metrics.calibration_error(test.labels, test.probabilities()), 5),
            "fittedOn": fitted_on,
            "conformal": _conformal(fitting, testing, resampling),
        },
        "decision": decision,
        "operating": decisions[1:],
        "ood": _ood(validation, test, ood_scores or {}),
        "validation": {
            "count": len(validation),
            "metrics": resampling.intervals(_figures(fitting, None, merge), validation.groups),
        },
        "test": {
            "split": "test",
            "count": len(test),
            "group": group,
            "groups": len(set(test.groups)),
            "metrics": resampling.intervals(_figures(testing, decision, merge, by_group), test.groups),
            "perClass": _per_class(testing),
            "confusion": _confusion(test.labels, testing.probabilities, classes),
            "roc": _roc_curves(testing),
            "reliability": metrics.reliability(test.labels, testing.probabilities),
            "subgroups": by_subgroup(test, fields or {}, _brief_figures(testing, decision), seed=seed),
        },
    }
    if merge:
        labels, coarse = _coarse(testing, merge)
        result["test"]["mergedConfusion"] = _confusion(labels, coarse, list(merge))
    if train is not None:
        value = metrics.accuracy(train.labels, train.probabilities(temperature))
        result["train"] = {"count": len(train), "metrics": {"accuracy": {"value": round(value, 5)}}}
    return result


def _figures(
    calibrated: _Calibrated,
    decision: Mapping[str, Any] | None,
    merge: Merge | None,
    by_group: bool = False,
) -> Measure:
    """Indices -> all figures by name."""
    coarse = _coarse(calibrated, merge) if merge else None
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


def _brief_figures(calibrated: _Calibrated, decision: Mapping[str, Any] | None) -> Measure:
    """Indices -> the figures of a subgroup."""
    score, truth = calibrated.score(decision["positive"] if decision else [])

    def measure(index: np.ndarray) -> dict[str, float]:
        everything = metrics.headline(calibrated.labels[index], calibrated.probabilities[index])
        figures = {name: everything[name] for name in ("accuracy", "balancedAccuracy", "auc")}
        if decision:
            figures |= _decision_figures(score[index], truth[index], decision["threshold"])
        return figures

    return measure


def _decision_figures(score: np.ndarray, truth: np.ndarray, threshold: float) -> dict[str, float]:
    figures = {"malignantAuc": metrics.auc(score, truth)}
    return figures | thresholds.at_threshold(score, truth, threshold)


def _conformal(fitting: _Calibrated, testing: _Calibrated, resampling: _Resampling) -> dict[str, Any]:
    quantile = fit_quantile(fitting.labels, fitting.probabilities, COVERAGE)
    sets = prediction_sets(testing.probabilities, quantile)
    measured = resampling.intervals(
        lambda index: measure_sets(testing.labels[index], sets[index]), testing.predictions.groups
    )
    return {"coverage": COVERAGE, "quantile": quantile, "method": "lac", "test": measured}


def _decision(
    positive: Sequence[str], fitting: _Calibrated, testing: _Calibrated, resampling: _Resampling
) -> dict[str, Any]:
    threshold = thresholds.threshold_for_sensitivity(*fitting.score(positive), SENSITIVITY)
    score, truth = testing.score(positive)

    def measure(index: np.ndarray) -> dict[str, float]:
        rates = thresholds.at_threshold(score[index], truth[index], threshold)
        return rates | {"auc": metrics.auc(score[index], truth[index])}

    measured = resampling.intervals(measure, testing.predictions.groups)
    return {
        "positive": list(positive),
        "threshold": threshold,
        "sensitivity": measured["sensitivity"]["value"],
        "specificity": measured["specificity"]["value"],
        "rule": f"sensitivity {SENSITIVITY:.2f} on validation",
        "intervals": measured,
        "curve": thresholds.curve(score, truth),
    }


def _ood(
    validation: Predictions, test: Predictions, ood_scores: Mapping[str, np.ndarray]
) -> dict[str, Any] | None:
    if validation.ood is None or test.ood is None:
        return None
    flat = {name: np.asarray(scores).reshape(-1) for name, scores in ood_scores.items()}
    return ood.measure_ood(validation.ood, test.ood, flat)


def _coarse(calibrated: _Calibrated, merge: Merge) -> tuple[np.ndarray, np.ndarray]:
    """Labels [n] and probabilities [n, coarse] of the coarse classes."""
    classes = calibrated.classes
    members = [[classes.index(name) for name in names] for names in merge.values()]
    if sorted(index for indices in members for index in indices) != list(range(len(classes))):
        raise ValueError(f"merge must hold each of {', '.join(classes)} exactly once")
    coarse_of = {index: coarse for coarse, indices in enumerate(members) for index in indices}
    labels = np.array([coarse_of[int(label)] for label in calibrated.labels])
    return labels, merged(calibrated.probabilities, members)


def _per_class(calibrated: _Calibrated) -> list[dict[str, Any]]:
    labels, probabilities = calibrated.labels, calibrated.probabilities
    figures = metrics.per_class(labels, probabilities)
    figures["averagePrecision"] = metrics.class_average_precisions(labels, probabilities)
    keys = ("precision", "recall", "specificity", "f1", "auc", "averagePrecision")
    return [
        {"class": name, "support": int(figures["support"][k])}
        | {key: _number(figures[key][k]) for key in keys}
        for k, name in enumerate(calibrated.classes)
    ]


def _confusion(labels: np.ndarray, probabilities: np.ndarray, classes: Sequence[str]) -> dict[str, Any]:
    matrix = metrics.confusion(labels, probabilities.argmax(1), len(classes))
    return {"labels": list(classes), "matrix": matrix.tolist()}


def _roc_curves(calibrated: _Calibrated) -> dict[str, Any]:
    curves = {}
    for k, name in enumerate(calibrated.classes):
        positive = calibrated.labels == k
        if 0 < positive.sum() < len(positive):
            points, _ = metrics.roc(calibrated.probabilities[:, k], positive)
            curves[name] = points[metrics.thin(points)].round(4).tolist()
    return curves


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 5)
