"""Comparisons are paired, and McNemar's test is as by hand."""

import numpy as np
import pytest
from drawn import labels_and_logits, predictions, width

from lentigo.evaluation.compare import compare, mcnemar


def test_mcnemar_by_hand() -> None:
    first = np.array([True] * 10 + [False] * 2 + [True] * 20)
    second = np.array([False] * 10 + [True] * 2 + [True] * 20)
    # two-sided exact binomial: 2 * P(X <= 2), X ~ B(12, 1/2)
    assert mcnemar(first, second) == {
        "onlyFirst": 10,
        "onlySecond": 2,
        "p": pytest.approx(2 * 79 / 4096, rel=1e-2),
    }
    assert mcnemar(first, first)["p"] == 1.0
    many = mcnemar(np.arange(300) < 180, np.arange(300) >= 180)
    assert many["p"] == pytest.approx(0.000661, rel=0.01)  # (60 - 1)^2 / 300 = 11.6


def test_comparison_is_paired_and_matched_by_image() -> None:
    random = np.random.default_rng(8)
    labels, logits = labels_and_logits(random, 600)
    base = predictions(labels, logits)
    order = random.permutation(600)
    same = compare("shuffled", base, predictions(labels, logits, order), positive=(1, 2), resamples=100)
    assert all(d == {"value": 0.0, "low": 0.0, "high": 0.0} for d in same["difference"].values())
    worse = compare(
        "noise", base, predictions(labels, logits + random.normal(0, 3, logits.shape)), resamples=200
    )
    assert worse["difference"]["auc"]["high"] < 0
    # Paired: narrower than the interval of either model alone.
    near = compare(
        "near", base, predictions(labels, logits + random.normal(0, 0.2, logits.shape)), resamples=200
    )
    assert width(near["difference"]["accuracy"]) < width(near["metrics"]["accuracy"])
    with pytest.raises(ValueError, match="same images"):
        compare("part", base, predictions(labels[:500], logits[:500]))
