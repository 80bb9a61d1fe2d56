"""Thresholds reach the wanted rates, and a curve is exact at each of its thresholds."""

import itertools

import numpy as np
import pytest
from drawn import labels_and_probabilities

from lentigo.evaluation.thresholds import (
    at_threshold,
    curve,
    sensitivity_at_specificity,
    specificity_at_sensitivity,
    threshold_for_sensitivity,
)


def test_threshold_reaches_the_wanted_sensitivity_and_is_the_highest_that_does() -> None:
    labels, p = labels_and_probabilities(1)
    positive, score = labels == 1, p[:, 1]
    threshold = threshold_for_sensitivity(score, positive, 0.9)
    assert at_threshold(score, positive, threshold)["sensitivity"] >= 0.9
    higher = np.sort(score[score > threshold + 1e-6])[0] + 1e-9
    higher = max(higher, np.sort(score[positive & (score > threshold)])[0] + 1e-9)
    assert at_threshold(score, positive, higher)["sensitivity"] < 0.9
    with pytest.raises(ValueError, match="no positive"):
        threshold_for_sensitivity(score, np.zeros(len(score), bool))


def test_best_rates_are_those_of_the_whole_roc() -> None:
    labels, p = labels_and_probabilities(2)
    positive, score = labels == 0, p[:, 0]
    rates = [at_threshold(score, positive, t) for t in [*np.unique(score), 2.0]]
    best = max(r["sensitivity"] for r in rates if r["specificity"] >= 0.9)
    assert sensitivity_at_specificity(score, positive) == pytest.approx(best)
    best = max(r["specificity"] for r in rates if r["sensitivity"] >= 0.9)
    assert specificity_at_sensitivity(score, positive) == pytest.approx(best)


def test_curve_is_true_at_each_of_its_thresholds() -> None:
    labels, p = labels_and_probabilities(2, n=2000)
    rows = curve(p[:, 1], labels == 1)
    assert len(rows) <= 60
    assert rows[0] == {"threshold": 0.0, "sensitivity": 1.0, "specificity": 0.0}
    assert rows[-1]["threshold"] == 1.0 and rows[-1]["specificity"] == 1.0
    for row in rows:
        truth = at_threshold(p[:, 1], labels == 1, row["threshold"])
        assert truth["sensitivity"] == pytest.approx(row["sensitivity"], abs=1e-5)
        assert truth["specificity"] == pytest.approx(row["specificity"], abs=1e-5)
    assert all(a["sensitivity"] >= b["sensitivity"] for a, b in itertools.pairwise(rows))
