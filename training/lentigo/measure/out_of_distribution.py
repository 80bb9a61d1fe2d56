"""How strange a picture is: distance of its pooled features to the nearest class mean, and pictures to try it on.

Lee et al., "A simple unified framework for detecting out-of-distribution samples and adversarial attacks"
(2018), equation 2: the squared Mahalanobis distance with one covariance for all classes; here in a projection
to 64 dimensions, so that it fits into the graph.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from lentigo.measure.metrics import auc

DIMENSION = 64
# Share of the mean variance mixed into the covariance: dead and rare features must not explode.
SHRINKAGE = 0.05


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


def fit_detector(features: np.ndarray, labels: np.ndarray, dimension: int = DIMENSION) -> Detector:
    """Fits projection and class means on the training side (no outlier is needed). features [n, c], labels
    int [n].

    The directions: those that tell the classes apart (linear discriminants), then the principal components of
    what is left within the classes; all whitened by the shrunk within-class covariance. With c <= dimension
    every direction is kept. Raises ValueError with fewer than two images.
    """
    if len(features) < 2:
        raise ValueError("an out-of-distribution score needs at least two images to be fitted on")
    features = np.asarray(features, np.float64)
    present = np.unique(labels)
    means = np.stack([features[labels == k].mean(0) for k in present])
    residual = features - means[np.searchsorted(present, labels)]
    covariance = residual.T @ residual / max(1, len(features) - len(present))
    variance = np.trace(covariance) / len(covariance) + 1e-12
    values, vectors = np.linalg.eigh(
        (1 - SHRINKAGE) * covariance + SHRINKAGE * variance * np.eye(len(covariance))
    )
    whiten = vectors / np.sqrt(values)  # [c, c]; columns by rising variance
    spread = (means - means.mean(0)) @ whiten
    _, strengths, discriminants = np.linalg.svd(spread, full_matrices=False)
    discriminants = discriminants[strengths > 1e-6 * max(strengths.max(), 1e-12)][:dimension]
    # The widest remaining directions, made orthogonal to the discriminants in the whitened space, so that the
    # distances add up.
    wanted = min(dimension, features.shape[1])
    candidates = np.eye(len(values))[::-1][: wanted + len(discriminants)]
    basis, _ = np.linalg.qr(np.vstack([discriminants, candidates]).T)
    projection = (whiten @ basis[:, :wanted]).T
    return Detector(projection.astype(np.float32), (means @ projection.T).astype(np.float32))


def fit_threshold(scores: np.ndarray, acceptance: float = 0.95) -> float:
    """The score that `acceptance` of the validation side do not exceed; "strange" is said above it."""
    return float(f"{np.quantile(scores, acceptance, method='higher'):.6g}")


def judge(inside: np.ndarray, outside: dict[str, np.ndarray], threshold: float, acceptance: float) -> dict:
    """The card's `ood`: AUROC of each set of outside scores against the test side's, and what share of each
    is (wrongly) accepted.
    """
    auroc, accepted = {}, {}
    for name, scores in outside.items():
        strange = np.r_[np.zeros(len(inside), bool), np.ones(len(scores), bool)]
        auroc[name] = round(auc(np.r_[inside, scores], strange), 4)
        accepted[name] = round(float((scores <= threshold).mean()), 4)
    return {
        "threshold": threshold,
        "acceptance": acceptance,
        "testAcceptance": round(float((inside <= threshold).mean()), 4),
        "auroc": auroc,
        "accepted": accepted,
        "counts": {name: len(scores) for name, scores in outside.items()},
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
