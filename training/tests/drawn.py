"""Drawn predictions whose true figures are known."""

import numpy as np

from lentigo.evaluation.predictions import Predictions, softmax


def labels_and_logits(
    random: np.random.Generator, n: int, k: int = 5, strength: float = 2.0
) -> tuple[np.ndarray, np.ndarray]:
    """Labels int [n], drawn from the softmax of the logits [n, k], so that temperature 1 is right."""
    logits = random.normal(0, strength, (n, k))
    raised = softmax(logits).cumsum(1)
    return (raised < random.random((n, 1))).sum(1).clip(0, k - 1), logits


def width(interval: dict) -> float:
    """The width of a 95 % interval."""
    return interval["high"] - interval["low"]


def predictions(labels: np.ndarray, logits: np.ndarray, order: np.ndarray | None = None) -> Predictions:
    """Predictions for images in groups of two, in another order if one is given."""
    ids = [f"image {i}" for i in range(len(labels))]
    whole = Predictions(ids, labels, [f"group {i // 2}" for i in range(len(ids))], logits)
    if order is None:
        return whole
    return Predictions(
        [ids[i] for i in order], labels[order], [whole.groups[i] for i in order], logits[order]
    )


def labels_and_probabilities(seed: int, n: int = 400, k: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Labels int [n] of unequal classes, and probabilities [n, k] with many ties."""
    random = np.random.default_rng(seed)
    labels = random.choice(k, n, p=[0.5, 0.3, 0.15, 0.05])
    logits = random.normal(0, 1, (n, k)) + 1.5 * np.eye(k)[labels]
    raised = np.exp(logits.round(1))  # rounded, so that scores tie
    return labels, raised / raised.sum(1, keepdims=True)
