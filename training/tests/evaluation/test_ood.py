"""The out-of-distribution score, on clouds of features whose distances are known."""

import numpy as np
import pytest
import torch

from lentigo.evaluation import ood
from lentigo.export.outputs import OodScore


def clouds(random: np.random.Generator, n: int, c: int = 150, shift: float = 0.0):
    """Three classes in c dimensions with correlated features of very different spread."""
    mixing = np.random.default_rng(0).normal(0, 1, (c, c)) * np.geomspace(3, 0.05, c)
    centres = np.random.default_rng(1).normal(0, 2, (3, c))
    labels = random.integers(0, 3, n)
    return centres[labels] + random.normal(0, 1, (n, c)) @ mixing.T / np.sqrt(c) + shift, labels


def test_ood_images_have_larger_scores() -> None:
    random = np.random.default_rng(5)
    features, labels = clouds(random, 1500)
    detector = ood.fit_detector(features, labels)
    assert detector.projection.shape == (128, 150) and detector.means.shape == (3, 128)
    validation, test = (detector.scores(clouds(random, 600)[0]) for _ in range(2))
    between = clouds(random, 400)[0] * 0.2 + 3.0
    scores = {
        "shifted": detector.scores(clouds(random, 400, shift=1.0)[0]),
        "between": detector.scores(between),
    }
    found = ood.measure_ood(validation, test, scores | {"same": test})
    assert found["auroc"]["shifted"] > 0.95 and found["auroc"]["between"] > 0.95
    assert found["auroc"]["same"] == pytest.approx(0.5)
    assert found["testAcceptance"] == pytest.approx(0.95, abs=0.03)
    assert found["accepted"]["shifted"] < 0.3
    # The check refuses real images no more often than any other check of the gate.
    refusal = found["refusal"]
    assert refusal["threshold"] > found["threshold"]
    assert refusal["testAcceptance"] == pytest.approx(0.99, abs=0.01)
    assert refusal["accepted"]["shifted"] < 0.5
    assert ood.may_refuse(found)
    assert not ood.may_refuse(found | {"refusal": refusal | {"testAcceptance": 0.98}})
    assert not ood.may_refuse({"threshold": 1.0})


def test_a_refusal_of_too_many_real_images_moves_to_the_next_acceptance() -> None:
    validation = np.arange(1000.0)
    for score, acceptance in ((992.0, 0.995), (998.0, 0.995), (985.0, 0.99)):
        test = np.r_[np.zeros(97), [score] * 3]
        found = ood.measure_ood(validation, test, {})
        assert found["refusal"]["acceptance"] == acceptance
        assert ood.may_refuse(found) == (score != 998)


def test_rounding_of_the_features_does_not_change_the_detector() -> None:
    random = np.random.default_rng(7)
    features, labels = clouds(random, 1500)
    features[:, -40:] = 0  # dead features, for which every direction is as good
    shifted = features[:50] + random.normal(0, 1, (50, features.shape[1]))
    rounded = features + random.normal(0, 1e-7, features.shape)
    first, second = (ood.fit_detector(values, labels) for values in (features, rounded))
    np.testing.assert_allclose(first.scores(shifted), second.scores(shifted), rtol=1e-3)


def test_within_a_class_the_score_is_chi_square_and_equals_the_graphs() -> None:
    random = np.random.default_rng(6)
    features, labels = random.normal(0, 1, (20000, 30)) * np.geomspace(1, 4, 30), np.zeros(20000, int)
    detector = ood.fit_detector(features + 7, labels, 10)
    scores = detector.scores(features + 7)
    assert scores.mean() == pytest.approx(10, rel=0.02) and scores.var() == pytest.approx(20, rel=0.1)
    in_graph = OodScore(torch.from_numpy(detector.projection), torch.from_numpy(detector.means))
    given = in_graph(torch.from_numpy(features[:50] + 7).float())[:, 0]
    np.testing.assert_allclose(given.numpy(), scores[:50], rtol=1e-3)


def test_dead_and_few_features_do_not_break_the_score() -> None:
    random = np.random.default_rng(7)
    features, labels = random.normal(0, 1, (40, 300)), random.integers(0, 2, 40)
    features[:, 100:] = 0
    detector = ood.fit_detector(features, labels)
    assert np.isfinite(detector.scores(features)).all()
    small = ood.fit_detector(features[:, :5], labels)
    assert small.projection.shape == (5, 5)
