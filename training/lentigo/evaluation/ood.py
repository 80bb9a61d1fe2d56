"""How strange a picture is: distance of its pooled features to the nearest class mean, and pictures to try it on.

Lee et al., "A simple unified framework for detecting out-of-distribution samples and adversarial attacks"
(2018), equation 2: the squared Mahalanobis distance with one covariance for all classes; here in a
projection to fewer dimensions, so that it costs next to nothing in the graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from lentigo.evaluation.metrics import auc

# Measured on system D's features (1,280 wide, 1,500 training images; AUROC against acne / phone photos): all directions
# 0.92 / 0.86, 128 random ones 0.91 / 0.86, 64 random ones 0.90 / 0.84, the 64 widest ones 0.86 / 0.81.
DIMENSION = 128
# Share of the mean variance mixed into the covariance: dead and rare features must not explode.
SHRINKAGE = 1e-3
# Over the threshold that 95 % of the validation side do not exceed, a photo is called unusual. No result is given only over
# a second one: that check of the input gate may refuse no more than each other, under 2 % of real images; where the first
# share comes to more on the test side, the next is tried.
ACCEPTANCE, UNREFUSED, REFUSED = 0.95, (0.99, 0.995), 0.02


@dataclass(frozen=True)
class Detector:
    """score(x) = min over classes k of |projection x - means[k]|^2. projection: float32 [d, c], means:
    float32 [k, d].

    The centring of the features is folded into the means, since only differences count. Larger is stranger;
    within a class the score is about chi-square with d degrees of freedom.
    `export.outputs.OodScore(torch.from_numpy(projection), ...)` is the same.
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
    """Fits projection and class means on the training side (no outlier is needed).

    features [n, c], labels int [n]. All c directions are whitened by the shrunk within-class covariance; a seeded
    random rotation then keeps distances in `dimension` of them (Johnson and Lindenstrauss 1984). With c <=
    dimension nothing is lost. Raises ValueError with fewer than two images.
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
    # Turned back: which way an eigenvector points is chance, and would change the directions that are kept.
    whiten = vectors / np.sqrt(values.clip(0) + shrunk) @ vectors.T
    wide = features.shape[1]
    if wide > dimension:
        rotation, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(wide, dimension)))
        whiten = whiten @ rotation
    return Detector(whiten.T.astype(np.float32), (means @ whiten).astype(np.float32))


def fit_threshold(scores: np.ndarray, acceptance: float = ACCEPTANCE) -> float:
    """The score that `acceptance` of the validation side do not exceed."""
    return float(f"{np.quantile(scores, acceptance, method='higher'):.6g}")


def may_refuse(judged: Mapping[str, Any]) -> bool:
    """Whether the refusal, as `judge` found it, may stand in a card: not where it was not measured, or takes too many real
    images. (A validation side of fifty images cannot say where the last hundredth lies.)"""
    return "refusal" in judged and _takes_few(judged["refusal"])


def _takes_few(refusal: Mapping[str, Any]) -> bool:
    return 1 - refusal["testAcceptance"] < REFUSED


def judge(validation: np.ndarray, inside: np.ndarray, outside: Mapping[str, np.ndarray]) -> dict:
    """AUROC of each set of outside scores against the test side's (`inside`), and what share of each is (wrongly) accepted:
    {auroc, counts, threshold, acceptance, testAcceptance, accepted, refusal: {the last four again, of the refusal}}.
    """
    auroc = {}
    for name, scores in outside.items():
        strange = np.r_[np.zeros(len(inside), bool), np.ones(len(scores), bool)]
        auroc[name] = round(auc(np.r_[inside, scores], strange), 4)
    refusals = [_at(validation, inside, outside, share) for share in UNREFUSED]
    return {
        **_at(validation, inside, outside, ACCEPTANCE),
        "auroc": auroc,
        "counts": {name: len(scores) for name, scores in outside.items()},
        "refusal": next(filter(_takes_few, refusals), refusals[-1]),
    }


def _at(
    validation: np.ndarray, inside: np.ndarray, outside: Mapping[str, np.ndarray], acceptance: float
) -> dict:
    threshold = fit_threshold(validation, acceptance)
    return {
        "threshold": threshold,
        "acceptance": acceptance,
        "testAcceptance": round(float((inside <= threshold).mean()), 4),
        "accepted": {name: round(float((scores <= threshold).mean()), 4) for name, scores in outside.items()},
    }


def noise_images(count: int, size: int, seed: int = 1) -> np.ndarray:
    """uint8 [count, 3, size, size]: by turns even, normal (around a random colour) and coarse (blocks) noise."""
    random = np.random.default_rng(seed)
    out = np.empty((count, 3, size, size), np.uint8)
    for index in range(count):
        if index % 3 == 0:
            out[index] = random.integers(0, 256, (3, size, size))
        elif index % 3 == 1:
            centre, width = random.uniform(40, 215, (3, 1, 1)), random.uniform(15, 70)
            out[index] = (centre + random.normal(0, width, (3, size, size))).clip(0, 255)
        else:
            block = int(random.integers(2, max(3, size // 8) + 1))
            coarse = random.integers(0, 256, (3, -(-size // block), -(-size // block)))
            out[index] = np.kron(coarse, np.ones((1, block, block)))[:, :size, :size]
    return out


def synthetic_images(count: int, size: int, seed: int = 1) -> np.ndarray:
    """uint8 [count, 3, size, size]: by turns blurred blobs, colour gradients, checkers and lines of text-like
    bars.
    """
    random = np.random.default_rng(seed)
    draw = (_blobs, _gradient, _checkers, _bars)
    pictures = [np.asarray(draw[index % len(draw)](size, random), np.uint8) for index in range(count)]
    return np.stack(pictures).transpose(0, 3, 1, 2) if pictures else np.empty((0, 3, size, size), np.uint8)


def _colour(random: np.random.Generator) -> tuple[int, int, int]:
    return tuple(int(value) for value in random.integers(0, 256, 3))


def _blobs(size: int, random: np.random.Generator) -> Image.Image:
    image = Image.new("RGB", (size, size), _colour(random))
    pen = ImageDraw.Draw(image)
    for _ in range(int(random.integers(3, 9))):
        (x, y), radius = random.uniform(0, size, 2), random.uniform(size / 16, size / 3)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_colour(random))
    return image.filter(ImageFilter.GaussianBlur(size / float(random.uniform(12, 60))))


def _gradient(size: int, random: np.random.Generator) -> np.ndarray:
    y, x = np.mgrid[:size, :size] / size
    angle = random.uniform(0, 2 * np.pi)
    along = (np.cos(angle) * (x - 0.5) + np.sin(angle) * (y - 0.5)) / np.sqrt(2) + 0.5
    start, end = np.array(_colour(random)), np.array(_colour(random))
    return (start + along[..., None] * (end - start)).clip(0, 255)


def _checkers(size: int, random: np.random.Generator) -> np.ndarray:
    y, x = np.mgrid[:size, :size] // int(random.integers(max(2, size // 32), max(3, size // 4) + 1))
    return np.where(((x + y) % 2 == 0)[..., None], _colour(random), _colour(random))


def _bars(size: int, random: np.random.Generator) -> Image.Image:
    image = Image.new("RGB", (size, size), (250, 250, 250))
    pen, height = ImageDraw.Draw(image), int(random.integers(max(2, size // 40), max(3, size // 14) + 1))
    for top in range(height, size - height, 2 * height):
        left = size / 20
        while left < size * random.uniform(0.7, 0.95):
            right = min(left + random.uniform(1, 5) * height, size * 0.95)
            pen.rectangle((left, top, right, top + height - 1), fill=(20, 20, 30))
            left = right + height / 2
    return image
