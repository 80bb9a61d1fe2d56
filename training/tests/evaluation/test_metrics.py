"""Our figures against scikit-learn's, on made-up predictions with ties and an absent class."""

import itertools

import numpy as np
import pytest
from sklearn import metrics as reference

from lentigo.evaluation import metrics
from lentigo.evaluation.thresholds import (
    at_threshold,
    curve,
    sensitivity_at_specificity,
    specificity_at_sensitivity,
    threshold_for_sensitivity,
)


def made_up(seed: int, n: int = 400, k: int = 4) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    labels = random.choice(k, n, p=[0.5, 0.3, 0.15, 0.05])
    logits = random.normal(0, 1, (n, k)) + 1.5 * np.eye(k)[labels]
    raised = np.exp(logits.round(1))  # rounded, so that scores tie
    return labels, raised / raised.sum(1, keepdims=True)


@pytest.mark.parametrize("seed", range(4))
def test_headline_and_per_class_equal_scikit_learn(seed: int) -> None:
    labels, p = made_up(seed)
    said = p.argmax(1)
    ours, each = metrics.headline(labels, p), metrics.per_class(labels, p)
    precision, recall, f1, support = reference.precision_recall_fscore_support(labels, said, zero_division=0)
    assert ours["accuracy"] == pytest.approx(reference.accuracy_score(labels, said))
    assert ours["balancedAccuracy"] == pytest.approx(reference.balanced_accuracy_score(labels, said))
    assert ours["macroPrecision"] == pytest.approx(precision.mean())
    assert ours["macroF1"] == pytest.approx(f1.mean())
    assert ours["auc"] == pytest.approx(reference.roc_auc_score(labels, p, multi_class="ovr"))
    assert ours["logLoss"] == pytest.approx(reference.log_loss(labels, p))
    assert ours["brier"] == pytest.approx(((p - np.eye(4)[labels]) ** 2).sum(1).mean())
    for name, theirs in {"precision": precision, "recall": recall, "f1": f1, "support": support}.items():
        np.testing.assert_allclose(each[name], theirs)
    specificity = [reference.recall_score(labels != c, said != c) for c in range(4)]
    np.testing.assert_allclose(each["specificity"], specificity)
    areas = [reference.average_precision_score(labels == c, p[:, c]) for c in range(4)]
    np.testing.assert_allclose(metrics.class_average_precisions(labels, p), areas)
    expected = reference.confusion_matrix(labels, said)
    np.testing.assert_array_equal(metrics.confusion(labels, said, 4), expected)


def test_absent_class_takes_no_part() -> None:
    labels, p = made_up(0)
    kept = labels != 3
    ours = metrics.headline(labels[kept], p[kept])
    said = p[kept].argmax(1)
    expected = reference.recall_score(labels[kept], said, labels=[0, 1, 2], average=None).mean()
    assert ours["balancedAccuracy"] == pytest.approx(expected)
    assert np.isnan(metrics.class_aucs(labels[kept], p[kept])[3])
    assert not np.isnan(ours["auc"])


def test_roc_is_scikit_learns_and_thinning_keeps_its_area() -> None:
    random = np.random.default_rng(3)
    positive = random.random(3000) < 0.2
    scores = random.normal(positive * 1.2, 1)
    points, thresholds = metrics.roc(scores, positive)
    false_rate, true_rate, theirs = reference.roc_curve(positive, scores, drop_intermediate=False)
    np.testing.assert_allclose(points, np.stack([false_rate, true_rate], 1))
    np.testing.assert_allclose(thresholds, theirs)
    thinned = points[metrics.thin(points)]
    assert len(thinned) <= 60
    assert np.trapezoid(thinned[:, 1], thinned[:, 0]) == pytest.approx(
        metrics.auc(scores, positive), abs=2e-3
    )
    highest_gap = np.abs(np.interp(points[:, 0], thinned[:, 0], thinned[:, 1]) - points[:, 1])
    assert np.median(highest_gap) < 0.005


def test_calibration_error_and_reliability_by_hand() -> None:
    p = np.array([[0.95, 0.05]] * 10 + [[0.55, 0.45]] * 10)
    labels = np.array([0] * 8 + [1] * 2 + [0] * 5 + [1] * 5)
    assert metrics.calibration_error(labels, p) == pytest.approx((0.15 + 0.05) / 2)
    bins = metrics.reliability(labels, p)
    assert [(b["count"], b["accuracy"], b["confidence"]) for b in bins] == [(10, 0.5, 0.55), (10, 0.8, 0.95)]
    assert all(b["low"] <= b["confidence"] <= b["high"] for b in bins)


def test_threshold_reaches_the_wanted_sensitivity_and_is_the_highest_that_does() -> None:
    labels, p = made_up(1)
    positive, score = labels == 1, p[:, 1]
    threshold = threshold_for_sensitivity(score, positive, 0.9)
    assert at_threshold(score, positive, threshold)["sensitivity"] >= 0.9
    higher = np.sort(score[score > threshold + 1e-6])[0] + 1e-9
    higher = max(higher, np.sort(score[positive & (score > threshold)])[0] + 1e-9)
    assert at_threshold(score, positive, higher)["sensitivity"] < 0.9
    with pytest.raises(ValueError, match="no positive"):
        threshold_for_sensitivity(score, np.zeros(len(score), bool))


def test_best_rates_are_those_of_the_whole_roc() -> None:
    labels, p = made_up(2)
    positive, score = labels == 0, p[:, 0]
    rates = [at_threshold(score, positive, t) for t in [*np.unique(score), 2.0]]
    best = max(r["sensitivity"] for r in rates if r["specificity"] >= 0.9)
    assert sensitivity_at_specificity(score, positive) == pytest.approx(best)
    best = max(r["specificity"] for r in rates if r["sensitivity"] >= 0.9)
    assert specificity_at_sensitivity(score, positive) == pytest.approx(best)


def test_curve_is_true_at_each_of_its_thresholds() -> None:
    labels, p = made_up(2, n=2000)
    rows = curve(p[:, 1], labels == 1)
    assert len(rows) <= 60
    assert rows[0] == {"threshold": 0.0, "sensitivity": 1.0, "specificity": 0.0}
    assert rows[-1]["threshold"] == 1.0 and rows[-1]["specificity"] == 1.0
    for row in rows:
        truth = at_threshold(p[:, 1], labels == 1, row["threshold"])
        assert truth["sensitivity"] == pytest.approx(row["sensitivity"], abs=1e-5)
        assert truth["specificity"] == pytest.approx(row["specificity"], abs=1e-5)
    assert all(a["sensitivity"] >= b["sensitivity"] for a, b in itertools.pairwise(rows))


def test_wilson_interval() -> None:
    # Wilson (1927), as tabled for 10 of 100 and none of 50.
    assert metrics.wilson(10, 100) == pytest.approx((0.0552, 0.1744), abs=1e-4)
    assert metrics.wilson(0, 50) == pytest.approx((0, 0.0713), abs=1e-4)
