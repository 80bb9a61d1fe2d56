"""Everything that is measured of a classifier: fitted on the validation split, measured on the test split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lentigo import metrics
from lentigo.evaluation import bootstrap, conformal, ood, thresholds
from lentigo.evaluation.calibration import fit_temperature
from lentigo.evaluation.figures import (
    Calibrated,
    Merge,
    all_figures,
    brief_figures,
    coarse_classes,
    confusion,
    counted_figures,
    per_class,
    roc_curves,
)
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.subgroups import Fields, Measure, by_subgroup

COVERAGE, SENSITIVITY = 0.9, 0.9
# What temperature, sets and thresholds were fitted on: "test" is the very images that are measured.
FittedOn = Literal["validation", "test"]
MELANOMA = "mel"  # has a threshold of its own beside that of all positive classes


@dataclass(frozen=True)
class _Resampling:
    """How the bootstrap draws."""

    resamples: int
    seed: int

    def intervals(
        self, measure: Measure, groups: Sequence[str], counted: bootstrap.Counted | None = None
    ) -> dict[str, bootstrap.Interval]:
        return bootstrap.intervals(measure, groups, self.resamples, self.seed, counted)


def also_positive(positive: Sequence[str]) -> list[list[str]]:
    """The further decisions of a classifier: melanoma alone, where it is one of several positive classes."""
    return [[MELANOMA]] if len(positive) > 1 and MELANOMA in positive else []


def measure_classifier(
    validation: Predictions,
    test: Predictions,
    classes: Sequence[str],
    *,
    group: str,
    kinds: Mapping[str, str] | None = None,
    positive: Sequence[str] = (),
    merge: Merge | None = None,
    ood_scores: Mapping[str, np.ndarray] | None = None,
    fields: Fields | None = None,
    train: Predictions | None = None,
    by_group: bool = False,
    fitted_on: FittedOn = "validation",
    resamples: int = bootstrap.RESAMPLES,
    seed: int = 1,
) -> dict[str, Any]:
    """The measured part of a result file (evaluation/results.py).

    classes: ids in the order of the logits. group: the column that groups images ("lesion_id"). kinds: class
    id -> benign, premalignant or malignant; a class with few images shares a quantile with its kind.
    positive: the classes whose probabilities are added up for the decision. merge: coarse class id ->
    members. ood_scores: scores [m] of images that are not of the model's kind, by name of the set; needs
    `test.ood` and `validation.ood`. fields: subgroups.FIELDS of the data set. train: for the accuracy on the
    training split. by_group: also the mean over groups of each group's accuracy (BreakHis' "patient score",
    Spanhol et al. 2016, equation 2). fitted_on: "test" where `validation` is the test
    images too; their figures then flatter, and the card says so.
    """
    temperature = fit_temperature(validation.labels, validation.logits)
    fitting, testing = (
        Calibrated(part, part.probabilities(temperature), classes) for part in (validation, test)
    )
    resampling = _Resampling(resamples, seed)
    sums = [list(positive), *also_positive(positive)] if positive else []
    decisions = [_decision(ids, fitting, testing, fitted_on, resampling) for ids in sums]
    decision = decisions[0] if decisions else None
    counted = counted_figures(testing, decision)
    result: dict[str, Any] = {
        "calibration": {
            "temperature": temperature,
            "ece": round(metrics.calibration_error(test.labels, testing.probabilities), 5),
            "eceUncalibrated": round(metrics.calibration_error(test.labels, test.probabilities()), 5),
            "fittedOn": fitted_on,
            "conformal": _conformal(fitting, testing, kinds or {}, resampling),
        },
        "decision": decision,
        "operating": decisions[1:],
        "ood": _ood(validation, test, ood_scores or {}),
        "validation": {
            "count": len(validation),
            "metrics": resampling.intervals(
                all_figures(fitting, None, merge), validation.groups, counted_figures(fitting, None)
            ),
        },
        "test": {
            "split": "test",
            "count": len(test),
            "group": group,
            "groups": len(set(test.groups)),
            "metrics": resampling.intervals(
                all_figures(testing, decision, merge, by_group), test.groups, counted
            ),
            "perClass": per_class(testing),
            "confusion": confusion(test.labels, testing.probabilities, classes),
            "roc": roc_curves(testing),
            "reliability": metrics.reliability(test.labels, testing.probabilities),
            "subgroups": by_subgroup(
                test, fields or {}, brief_figures(testing, decision), seed=seed, counted=counted
            ),
        },
    }
    if merge:
        labels, coarse = coarse_classes(testing, merge)
        result["test"]["mergedConfusion"] = confusion(labels, coarse, list(merge))
    if train is not None:
        value = metrics.accuracy(train.labels, train.probabilities(temperature))
        result["train"] = {"count": len(train), "metrics": {"accuracy": {"value": round(value, 5)}}}
    return result


def _conformal(
    fitting: Calibrated, testing: Calibrated, kinds: Mapping[str, str], resampling: _Resampling
) -> dict[str, Any]:
    classes = list(testing.classes)
    quantiles = conformal.fit_quantiles(
        fitting.labels,
        fitting.probabilities,
        [kinds.get(name, conformal.BENIGN) for name in classes],
        COVERAGE,
        groups=fitting.predictions.groups,
    )
    sets = conformal.prediction_sets(testing.probabilities, quantiles)
    labels, groups = testing.labels, testing.predictions.groups

    def of_classes(index: np.ndarray) -> dict[str, float]:
        shares = (conformal.class_coverage(labels[index], sets[index], k) for k in range(len(classes)))
        return dict(zip(classes, shares, strict=True))

    own = {name: labels == k for k, name in enumerate(classes)}
    everything = np.ones(len(labels), bool)
    covered = resampling.intervals(of_classes, groups, own)
    measured = resampling.intervals(
        lambda index: conformal.measure_sets(labels[index], sets[index]),
        groups,
        dict.fromkeys(("coverage", "empty", "single"), everything),
    )
    rows = [
        {"class": name, "count": int((labels == k).sum()), "coverage": covered[name]}
        for k, name in enumerate(classes)
        if name in covered
    ]
    return {
        "method": "class-conditional",
        "coverage": COVERAGE,
        "classes": conformal.as_card(classes, quantiles),
        "test": {**measured, "perClass": rows},
    }


def _decision(
    positive: Sequence[str],
    fitting: Calibrated,
    testing: Calibrated,
    fitted_on: FittedOn,
    resampling: _Resampling,
) -> dict[str, Any]:
    threshold = thresholds.threshold_for_sensitivity(*fitting.score(positive), SENSITIVITY)
    score, truth = testing.score(positive)

    def measure(index: np.ndarray) -> dict[str, float]:
        rates = thresholds.at_threshold(score[index], truth[index], threshold)
        return rates | {"auc": metrics.auc(score[index], truth[index])}

    groups = testing.predictions.groups
    measured = resampling.intervals(measure, groups, thresholds.rated(truth))
    # On the very images that are measured there is nothing but the curve.
    offered = (
        thresholds.offered_thresholds(
            fitting.score(positive),
            (score, truth),
            lambda figures, counted: resampling.intervals(figures, groups, counted),
        )
        if fitted_on == "validation"
        else []
    )
    return {
        "positive": list(positive),
        "targetSensitivity": SENSITIVITY,
        "fittedOn": fitted_on,
        "threshold": threshold,
        "sensitivity": measured["sensitivity"]["value"],
        "specificity": measured["specificity"]["value"],
        "intervals": measured,
        "curve": thresholds.curve(score, truth),
        **({"thresholds": offered} if offered else {}),
    }


def _ood(
    validation: Predictions, test: Predictions, ood_scores: Mapping[str, np.ndarray]
) -> dict[str, Any] | None:
    if validation.ood is None or test.ood is None:
        return None
    flat = {name: np.asarray(scores).reshape(-1) for name, scores in ood_scores.items()}
    return ood.measure_ood(validation.ood, test.ood, flat)
