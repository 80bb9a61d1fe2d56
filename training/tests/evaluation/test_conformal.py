"""Prediction sets hold the true class as often as promised, also for badly calibrated probabilities."""

import numpy as np
import pytest
from drawn import labels_and_logits

from lentigo.evaluation.conformal import fit_quantile, measure_sets, prediction_sets
from lentigo.evaluation.predictions import softmax


def test_prediction_sets_hold_the_truth_as_often_as_promised() -> None:
    random, found = np.random.default_rng(4), []
    for _ in range(40):
        labels, logits = labels_and_logits(random, 1400)
        p = softmax(logits * 1.7)  # badly calibrated, which does not change the coverage
        quantile = fit_quantile(labels[:400], p[:400])
        found.append(measure_sets(labels[400:], prediction_sets(p[400:], quantile))["coverage"])
    assert np.mean(found) == pytest.approx(0.9, abs=0.01)


def test_quantile_by_hand() -> None:
    p = np.array([[1 - s, s] for s in np.arange(1, 10) / 10])  # 1 - p(true) is 0.1 .. 0.9
    labels = np.zeros(9, int)
    assert fit_quantile(labels, p, 0.9) == pytest.approx(0.9)  # the 9th of 9: ceil(10 * 0.9)
    assert fit_quantile(labels, p, 0.5) == pytest.approx(0.5)
    assert fit_quantile(labels[:5], p[:5], 0.9) == 1.0  # too few images: every class
    assert prediction_sets(np.array([[0.7, 0.3]]), 0.6).tolist() == [[True, False]]
