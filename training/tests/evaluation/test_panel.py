"""A panel's join, its weights, and the hash by which the app knows its members."""

import hashlib

import numpy as np

from lentigo.evaluation.panel import fit_weights, join, log_probabilities, package_hash
from lentigo.evaluation.predictions import softmax


def sharpened(labels: np.ndarray, certainty: float, rng: np.random.Generator) -> np.ndarray:
    """Logits [n, 3] that name the label, more or less clearly, with noise."""
    return certainty * np.eye(3)[labels] + rng.normal(size=(len(labels), 3))


def test_joined_probabilities_are_the_weighted_geometric_mean() -> None:
    parts = [np.log(np.array([[0.8, 0.2]])), np.log(np.array([[0.2, 0.8]]))]
    joined = softmax(join(parts, np.array([0.5, 0.5])))
    np.testing.assert_allclose(joined, [[0.5, 0.5]])
    np.testing.assert_allclose(softmax(join(parts, np.array([1.0, 0.0]))), [[0.8, 0.2]])


def test_weights_favour_the_member_that_knows_more_and_add_up_to_one() -> None:
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 3, 600)
    parts = [log_probabilities(sharpened(labels, certainty, rng), 1.0) for certainty in (3.0, 1.0)]
    weights = fit_weights(parts, labels)
    assert weights[0] > weights[1] >= 0
    assert abs(weights.sum() - 1) < 1e-3


def test_package_hash_is_over_the_lines_that_the_app_hashes() -> None:
    """`<sha256>  <path>` and a line end for each file, in the order of the card."""
    card = {"files": [{"path": "model.json", "sha256": "ab"}, {"path": "a.bin", "sha256": "cd"}]}
    assert package_hash(card) == hashlib.sha256(b"ab  model.json\ncd  a.bin\n").hexdigest()
