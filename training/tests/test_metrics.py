"""Our figures against scikit-learn's, on drawn predictions with ties and an absent class."""

import numpy as np
import pytest
from drawn import labels_and_probabilities
from sklearn import metrics as reference

from lentigo import metrics


@pytest.mark.parametrize("seed", range(4))
def test_headline_and_per_class_equal_scikit_learn(seed: int) -> None:
    labels, p = labels_and_probabilities(seed)
    predicted = p.argmax(1)
    ours, each = metrics.headline(labels, p), metrics.per_class(labels, p)
    precision, recall, f1, support = reference.precision_recall_fscore_support(
        labels, predicted, zero_division=0
    )
    assert ours["accuracy"] == pytest.approx(reference.accuracy_score(labels, predicted))
    assert ours["balancedAccuracy"] == pytest.approx(reference.balanced_accuracy_score(labels, predicted))
    assert ours["macroPrecision"] == pytest.approx(precision.mean())
    assert ours["macroF1"] == pytest.approx(f1.mean())
    assert ours["auc"] == pytest.approx(reference.roc_auc_score(labels, p, multi_class="ovr"))
    assert ours["logLoss"] == pytest.approx(reference.log_loss(labels, p))
    assert ours["brier"] == pytest.approx(((p - np.eye(4)[labels]) ** 2).sum(1).mean())
    for name, theirs in {"precision": precision, "recall": recall, "f1": f1, "support": support}.items():
        np.testing.assert_allclose(each[name], theirs)
    specificity = [reference.recall_score(labels != c, predicted != c) for c in range(4)]
    np.testing.assert_allclose(each["specificity"], specificity)
    areas = [reference.average_precision_score(labels == c, p[:, c]) for c in range(4)]
    np.testing.assert_allclose(metrics.class_average_precisions(labels, p), areas)
    expected = reference.confusion_matrix(labels, predicted)
    np.testing.assert_array_equal(metrics.confusion(labels, predicted, 4), expected)


def test_absent_class_takes_no_part() -> None:
    labels, p = labels_and_probabilities(0)
    present = labels != 3
    ours = metrics.headline(labels[present], p[present])
    predicted = p[present].argmax(1)
    expected = reference.recall_score(labels[present], predicted, labels=[0, 1, 2], average=None).mean()
    assert ours["balancedAccuracy"] == pytest.approx(expected)
    assert np.isnan(metrics.class_aucs(labels[present], p[present])[3])
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


def test_wilson_interval() -> None:
    # Wilson (1927), as tabled for 10 of 100 and none of 50.
    assert metrics.wilson(10, 100) == pytest.approx((0.0552, 0.1744), abs=1e-4)
    assert metrics.wilson(0, 50) == pytest.approx((0, 0.0713), abs=1e-4)
