"""Everything that is measured of a classifier: fitted on the validation side, judged on the test side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lentigo.evaluation import bootstrap, metrics, ood, thresholds
from lentigo.evaluation.calibration import fit_temperature
from lentigo.evaluation.conformal import fit_quantile, judge_sets, prediction_sets
from lentigo.evaluation.predictions import Predictions, merged
from lentigo.evaluation.subgroups import Fields, by_subgroup

COVERAGE, SENSITIVITY = 0.9, 0.9


def measure_classifier(
    validation: Predictions,
    test: Predictions,
    classes: Sequence[str],
    *,
    group: str,
    positive: Sequence[str] = (),
    also_positive: Sequence[Sequence[str]] = (),
    merge: Mapping[str, Sequence[str]] | None = None,
    outside: Mapping[str, np.ndarray] | None = None,
    fields: Fields | None = None,
    train: Predictions | None = None,
    by_group: bool = False,
    fitted_on: str = "validation",
    resamples: int = bootstrap.RESAMPLES,
    seed: int = 1,
) -> dict:
    """The measured part of a result file (measure/results.py).

    classes: ids in the order of the logits. group: what `groups` are ("lesion_id"). positive: the malignant
    classes, whose probabilities are added up for the decision; also_positive: further such sums, each with
    its own operating point (melanoma alone). merge: coarse class id -> members. outside: scores [m] of
    pictures that are not of the model's kind, by name of the set; needs `test.ood` and `validation.ood`.
    fields: subgroups.FIELDS of the data set. train: for the accuracy on the training side. by_group: also the
    mean over groups of each group's share of right answers (BreakHis' "patient score", Spanhol et al. 2016,
    equation 2). fitted_on: how `validation` came about, if not by the split.
    """
    temperature = fit_temperature(validation.labels, validation.logits)
    shown, held_back = validation.probabilities(temperature), test.probabilities(temperature)
    sums = [list(positive), *map(list, also_positive)] if positive else []
    operating = [_operate(classes, ids, validation, shown, test, held_back, resamples, seed) for ids in sums]
    decision = operating[0] if operating else None
    measure = _figures(test, held_back, classes, decision, merge, by_group)
    result = {
        "calibration": _calibrate(
            validation, shown, test, held_back, temperature, fitted_on, resamples, seed
        ),
        "decision": decision,
        "operating": operating[1:],
        "ood": _strangeness(validation, test, outside),
        "validation": _side(validation, shown, classes, merge, resamples, seed),
        "test": {
            "split": "test",
            "count": len(test),
            "group": group,
            "groups": len(set(test.groups)),
            "metrics": bootstrap.intervals(measure, test.groups, resamples, seed),
            "perClass": _each_class(test.labels, held_back, classes),
            "confusion": _confusion(test.labels, held_back, classes),
            "roc": _curves(test.labels, held_back, classes),
            "reliability": metrics.reliability(test.labels, held_back),
            "subgroups": by_subgroup(
                test, fields or {}, _figures(test, held_back, classes, decision, brief=True), seed=seed
            ),
        },
    }
    if merge:
        labels, coarse = _coarse(test.labels, held_back, classes, merge)
        result["test"]["mergedConfusion"] = _confusion(labels, coarse, list(merge))
    if train is not None:
        value = metrics.accuracy(train.labels, train.probabilities(temperature))
        result["train"] = {"count": len(train), "metrics": {"accuracy": {"value": round(value, 5)}}}
    return result


def _figures(test, probabilities, classes, decision, merge=None, by_group=False, brief=False):
    """indices -> figures by name. Brief: what a subgroup shows."""
    indices = [classes.index(c) for c in decision["positive"]] if decision else []
    malignant, score = np.isin(test.labels, indices), probabilities[:, indices].sum(1)
    coarse = _coarse(test.labels, probabilities, classes, merge) if merge else None
    groups = np.unique(np.asarray(test.groups), return_inverse=True)[1] if by_group else None

    def measure(index: np.ndarray) -> dict[str, float]:
        labels, p = test.labels[index], probabilities[index]
        out = metrics.headline(labels, p)
        if brief:
            out = {name: out[name] for name in ("accuracy", "balancedAccuracy", "auc")}
        if decision:
            out["malignantAuc"] = metrics.auc(score[index], malignant[index])
            out |= thresholds.at_threshold(score[index], malignant[index], decision["threshold"])
            if not brief:
                pair = score[index], malignant[index]
                out["sensitivityAt90Specificity"] = thresholds.sensitivity_at_specificity(*pair)
                out["specificityAt90Sensitivity"] = thresholds.specificity_at_sensitivity(*pair)
        if coarse:
            named = metrics.headline(coarse[0][index], coarse[1][index])
            for name in ("accuracy", "balancedAccuracy", "macroPrecision", "macroF1", "auc"):
                out[f"merged{name[0].upper()}{name[1:]}"] = named[name]
        if groups is not None:
            right, owner = (p.argmax(1) == labels).astype(float), groups[index]
            counts = np.bincount(owner)
            drawn = counts > 0
            # A group drawn twice counts twice: its images stand twice in `index`, and its size tells how often.
            times = counts[drawn] / np.bincount(groups)[np.flatnonzero(drawn)]
            out["groupAccuracy"] = float(
                np.average(np.bincount(owner, right)[drawn] / counts[drawn], weights=times)
            )
        return out

    return measure


def _calibrate(validation, shown, test, held_back, temperature, fitted_on, resamples, seed) -> dict:
    quantile = fit_quantile(validation.labels, shown, COVERAGE)
    sets = prediction_sets(held_back, quantile)
    judged = bootstrap.intervals(lambda i: judge_sets(test.labels[i], sets[i]), test.groups, resamples, seed)
    return {
        "temperature": temperature,
        "ece": round(metrics.calibration_error(test.labels, held_back), 5),
        "eceUncalibrated": round(metrics.calibration_error(test.labels, test.probabilities()), 5),
        "fittedOn": fitted_on,
        "conformal": {
            "coverage": COVERAGE,
            "quantile": quantile,
            "method": "lac",
            "test": judged,
        },
    }


def _operate(classes, ids, validation, shown, test, held_back, resamples, seed) -> dict:
    indices = [classes.index(c) for c in ids]
    threshold = thresholds.threshold_for_sensitivity(
        shown[:, indices].sum(1), np.isin(validation.labels, indices), SENSITIVITY
    )
    score, truth = held_back[:, indices].sum(1), np.isin(test.labels, indices)
    judged = bootstrap.intervals(
        lambda i: (
            thresholds.at_threshold(score[i], truth[i], threshold)
            | {"auc": metrics.auc(score[i], truth[i])}
        ),
        test.groups,
        resamples,
        seed,
    )
    return {
        "positive": list(ids),
        "threshold": threshold,
        "sensitivity": judged["sensitivity"]["value"],
        "specificity": judged["specificity"]["value"],
        "rule": f"sensitivity {SENSITIVITY:.2f} on validation",
        "intervals": judged,
        "curve": thresholds.curve(score, truth),
    }


def _strangeness(validation: Predictions, test: Predictions, outside) -> dict | None:
    if validation.ood is None or test.ood is None:
        return None
    outside = {name: np.asarray(scores).reshape(-1) for name, scores in (outside or {}).items()}
    return ood.judge(validation.ood, test.ood, outside)


def _side(side: Predictions, probabilities, classes, merge, resamples, seed) -> dict:
    measure = _figures(side, probabilities, classes, None, merge)
    return {"count": len(side), "metrics": bootstrap.intervals(measure, side.groups, resamples, seed)}


def _coarse(labels, probabilities, classes, merge) -> tuple[np.ndarray, np.ndarray]:
    members = [[classes.index(c) for c in ids] for ids in merge.values()]
    if sorted(i for indices in members for i in indices) != list(range(len(classes))):
        raise ValueError(f"merge must hold each of {', '.join(classes)} exactly once")
    owner = {fine: coarse for coarse, indices in enumerate(members) for fine in indices}
    return np.array([owner[int(label)] for label in labels]), merged(probabilities, members)


def _each_class(labels, probabilities, classes) -> list[dict]:
    each = metrics.per_class(labels, probabilities)
    each["averagePrecision"] = metrics.class_average_precisions(labels, probabilities)
    keys = ("precision", "recall", "specificity", "f1", "auc", "averagePrecision")
    return [
        {"class": name, "support": int(each["support"][k])} | {key: _number(each[key][k]) for key in keys}
        for k, name in enumerate(classes)
    ]


def _confusion(labels, probabilities, classes) -> dict:
    matrix = metrics.confusion(labels, probabilities.argmax(1), len(classes))
    return {"labels": list(classes), "matrix": matrix.tolist()}


def _curves(labels, probabilities, classes) -> dict[str, list]:
    out = {}
    for k, name in enumerate(classes):
        if 0 < (labels == k).sum() < len(labels):
            points, _ = metrics.roc(probabilities[:, k], labels == k)
            out[name] = points[metrics.thin(points)].round(4).tolist()
    return out


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 5)
