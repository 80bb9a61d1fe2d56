"""Class-wise prediction sets keep their promise for every class, and no set that is shown is empty."""

import numpy as np
import pytest

from lentigo.evaluation.conformal import (
    ClassQuantile,
    as_card,
    class_coverage,
    confident_level,
    fit_quantiles,
    prediction_sets,
    quantile_of,
    with_fallback,
)

KINDS = ("benign", "malignant", "benign")


def made_up(random: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Labels and probabilities: a common benign class, a rare malignant one that resembles it, a third."""
    labels = random.choice(3, n, p=[0.8, 0.12, 0.08])
    logits = random.normal(0, 1, (n, 3)) + np.eye(3)[labels] * np.array([3.0, 1.2, 2.0])[labels][:, None]
    logits[:, 0] += 1.5
    return labels, np.exp(logits) / np.exp(logits).sum(1, keepdims=True)


def test_each_class_is_covered_where_one_quantile_for_all_forgets_the_rare_one() -> None:
    random = np.random.default_rng(0)
    shares = []
    for _ in range(60):
        labels, probabilities = made_up(random, 2000)
        quantiles = fit_quantiles(labels, probabilities, KINDS)
        fresh, shown = made_up(random, 2000)
        sets = prediction_sets(shown, quantiles)
        shares.append([class_coverage(fresh, sets, k) for k in range(3)])
    means = np.mean(shares, 0)
    assert means[[0, 2]] == pytest.approx([0.9, 0.9], abs=0.012)
    assert 0.91 < means[1] < 0.95
    scores = 1 - probabilities[np.arange(len(labels)), labels]
    marginal = [ClassQuantile(quantile_of(scores, 0.9), len(scores))] * 3
    assert class_coverage(fresh, prediction_sets(shown, marginal), 1) < 0.6


def test_a_class_with_few_photos_shares_the_quantile_of_its_kind() -> None:
    random = np.random.default_rng(1)
    labels, probabilities = made_up(random, 400)
    few = np.r_[np.flatnonzero(labels != 2), np.flatnonzero(labels == 2)[:5]]
    nevus, melanoma, rare = fit_quantiles(labels[few], probabilities[few], KINDS)
    assert nevus.pooled_with == () and melanoma.pooled_with == ()
    assert rare.pooled_with == (0,) and rare.count == nevus.count + 5
    kinds = ("malignant", "malignant", "malignant")
    two_few = np.r_[
        np.flatnonzero(labels == 0)[:20], np.flatnonzero(labels == 1)[:20], np.flatnonzero(labels == 2)
    ]
    first, second, third = fit_quantiles(labels[two_few], probabilities[two_few], kinds, min_photos=25)
    assert first.pooled_with == (1,) and second.pooled_with == (0,) and first.quantile == second.quantile
    assert third.pooled_with == () or third.count < 25


def test_a_malignant_class_is_covered_in_nine_of_ten_splits() -> None:
    """Of scores spread evenly over 0..1 a quantile q covers the share q."""
    random = np.random.default_rng(4)
    for count in (40, 160):
        level = confident_level(count, 0.9)
        kept = [quantile_of(random.random(count), level) >= 0.9 for _ in range(2000)]
        assert 0.88 < np.mean(kept) < 0.97
        plain = [quantile_of(random.random(count), 0.9) >= 0.9 for _ in range(2000)]
        assert np.mean(plain) < 0.7
    assert confident_level(10, 0.9) == 1.0


def test_two_photos_of_a_lesion_count_as_one() -> None:
    random = np.random.default_rng(5)
    labels, probabilities = np.ones(60, np.int64), random.dirichlet((1, 3, 1), 60)
    apart = fit_quantiles(labels, probabilities, KINDS, groups=[f"lesion {n}" for n in range(60)])
    alike = fit_quantiles(labels, probabilities, KINDS, groups=[f"lesion {n // 2}" for n in range(60)])
    assert alike[1].quantile > apart[1].quantile and alike[1].count == apart[1].count == 60


def test_too_few_photos_for_the_promise_rule_nothing_out() -> None:
    assert quantile_of(np.array([0.1] * 8), 0.9) == 1.0
    assert quantile_of(np.array([0.1] * 9), 0.9) == pytest.approx(0.1)


def test_no_shown_set_is_empty() -> None:
    probabilities = np.array([[0.4, 0.35, 0.25], [0.9, 0.05, 0.05]])
    sets = prediction_sets(probabilities, [ClassQuantile(0.5, 50)] * 3)
    assert sets.sum(1).tolist() == [0, 1]
    assert with_fallback(sets, probabilities).tolist() == [[True, False, False], [True, False, False]]


def test_the_card_names_what_is_pooled() -> None:
    rows = as_card(
        ["nv", "mel", "df"],
        [ClassQuantile(0.8, 900), ClassQuantile(0.93, 160), ClassQuantile(0.8, 917, (0,))],
    )
    assert rows[1] == {"class": "mel", "quantile": 0.93, "count": 160, "pooledWith": []}
    assert rows[2]["pooledWith"] == ["nv"]
