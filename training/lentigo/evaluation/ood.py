"""The out-of-distribution score: the distance of an image's pooled features to the nearest class mean.

Lee et al., "A simple unified framework for detecting out-of-distribution samples and adversarial attacks"
(2018), equation 2: the squared Mahalanobis distance with a covariance shared by all classes. Here it is taken
in a projection to fewer dimensions, so that it costs next to nothing in the graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lentigo.metrics import auc
from lentigo.seeds import numpy_generator

# Measured on the nevus-melanoma network's features (1,280 wide, 1,500 training images; AUROC against acne /
# phone photos): all directions 0.92 / 0.86, 128 random directions 0.91 / 0.86, 64 random directions 0.90 /
# 0.84, the 64 widest directions 0.86 / 0.81.
DIMENSION = 128
# Fraction of the mean variance that is mixed into the covariance, so that dead and rare features do not
# explode.
SHRINKAGE = 1e-3
# A photo above the score that this fraction of the validation split does not exceed is called unusual.
ACCEPTANCE = 0.95
# A photo above a second, higher score gets no result. Like every check of the image quality gate, it may
# refuse less than MAX_REFUSED of real images. The next fraction is used where the first refuses more on the
# test split.
REFUSAL_ACCEPTANCES, MAX_REFUSED = (0.99, 0.995), 0.02


@dataclass(frozen=True)
class Detector:
    """score(x) = min over classes k of |projection x - means[k]|^2.

    projection: float32 [d, c]. means: float32 [k, d]; they include the centring of the features, since only
    differences count. A larger score is further from the training data; within a class it is about chi-square
    with d degrees of freedom. `export.outputs.OodScore` computes the same in the graph.
    """

    projection: np.ndarray
    means: np.ndarray

    def scores(self, features: np.ndarray) -> np.ndarray:
        """features [n, c] -> float [n]."""
        projected = features @ self.projection.T
        return np.stack([((projected - mean) ** 2).sum(1) for mean in self.means], 1).min(1)


def fit_detector(
    features: np.ndarray, labels: np.ndarray, dimension: int = DIMENSION, seed: int = 1
) -> Detector:
    """Fits the projection and the class means on the training split. It needs no out-of-distribution image.

    features [n, c], labels int [n]. The shrunk within-class covariance whitens all c directions. A seeded
    random rotation then keeps distances in `dimension` of them (Johnson and Lindenstrauss 1984); with c <=
    dimension nothing is lost. Raises ValueError for fewer than two images.
    """
    if len(features) < 2:
        raise ValueError("an out-of-distribution score needs at least two images to be fitted on")
    features = np.asarray(features, np.float64)
    present = np.unique(labels)
    means = np.stack([features[labels == k].mean(0) for k in present])
    residual = features - means[np.searchsorted(present, labels)]
    covariance = residual.T @ residual / len(features)
    shrunk = SHRINKAGE * (np.trace(covariance) / len(covariance) + 1e-12)
    values, vectors = np.linalg.eigh((1 - SHRINKAGE) * covariance)
    # Rotated back, because the direction of an eigenvector is arbitrary and would change the chosen
    # directions.
    whiten = vectors / np.sqrt(values.clip(0) + shrunk) @ vectors.T
    width = features.shape[1]
    if width > dimension:
        rotation, _ = np.linalg.qr(numpy_generator(seed).normal(size=(width, dimension)))
        whiten = whiten @ rotation
    return Detector(whiten.T.astype(np.float32), (means @ whiten).astype(np.float32))


def fit_threshold(scores: np.ndarray, acceptance: float = ACCEPTANCE) -> float:
    """The score that a fraction `acceptance` of the validation split does not exceed."""
    return float(f"{np.quantile(scores, acceptance, method='higher'):.6g}")


def may_refuse(measured: Mapping[str, Any]) -> bool:
    """Whether a card may hold the refusal of `measure_ood`: it was measured, and refuses few real images.

    A validation split of fifty images cannot say where the last hundredth begins.
    """
    return "refusal" in measured and _refuses_few(measured["refusal"])


def _refuses_few(refusal: Mapping[str, Any]) -> bool:
    return bool(1 - refusal["testAcceptance"] < MAX_REFUSED)


def measure_ood(
    validation: np.ndarray, test: np.ndarray, ood_scores: Mapping[str, np.ndarray]
) -> dict[str, Any]:
    """AUROC of each OOD set against the test split, and the fraction of each that is (wrongly) accepted.

    Scores float [n] of the validation split, the test split and each OOD set. Gives {auroc, counts,
    threshold, acceptance, testAcceptance, accepted, refusal: {the last four, of the refusal}}.
    """
    auroc = {}
    for name, scores in ood_scores.items():
        is_ood = np.r_[np.zeros(len(test), bool), np.ones(len(scores), bool)]
        auroc[name] = round(auc(np.r_[test, scores], is_ood), 4)
    refusals = [_at(validation, test, ood_scores, acceptance) for acceptance in REFUSAL_ACCEPTANCES]
    return {
        **_at(validation, test, ood_scores, ACCEPTANCE),
        "auroc": auroc,
        "counts": {name: len(scores) for name, scores in ood_scores.items()},
        "refusal": next(filter(_refuses_few, refusals), refusals[-1]),
    }


def _at(
    validation: np.ndarray, test: np.ndarray, ood_scores: Mapping[str, np.ndarray], acceptance: float
) -> dict[str, Any]:
    threshold = fit_threshold(validation, acceptance)
    accepted = {name: float((scores <= threshold).mean()) for name, scores in ood_scores.items()}
    return {
        "threshold": threshold,
        "acceptance": acceptance,
        "testAcceptance": round(float((test <= threshold).mean()), 4),
        "accepted": {name: round(value, 4) for name, value in accepted.items()},
    }
