"""Prediction sets that hold each class as often as promised, not only the common ones.

Class-conditional (Mondrian) conformal prediction: Vovk, "Conditional validity of inductive conformal
predictors" (2012). The score is 1 - p(true class), "least ambiguous set-valued classifiers": Sadinle, Lei and
Wasserman, JASA 114 (2019). The finite-sample correction: Angelopoulos and Bates, "A gentle introduction to
conformal prediction" (2021), section 1.

The promise holds on average over validation splits; of a small split it may fall short. For classes that must
not be missed the quantile is therefore a little larger: in CONFIDENCE of all validation splits the class is
covered as promised (Vovk, proposition 2a). Photos of one lesion are alike, so that lesions are counted there.

One quantile for all classes keeps its promise over all photos together and breaks it for the rare classes:
melanoma can be missing from half of the sets of melanomas while common nevi make up for it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

# Photos of a class. With fewer its quantile is chance, and the class shares that of others of its kind.
MIN_PHOTOS = 30
CONFIDENCE = 0.9  # that a class which must not be missed is covered as promised
BENIGN = "benign"


@dataclass(frozen=True)
class ClassQuantile:
    """A class is in a set where its p >= 1 - quantile.

    count: photos that the quantile was fitted on. pooled_with: classes that share it.
    """

    quantile: float
    count: int
    pooled_with: tuple[int, ...] = ()


def fit_quantiles(
    labels: np.ndarray,
    probabilities: np.ndarray,
    kinds: Sequence[str],
    coverage: float = 0.9,
    min_photos: int = MIN_PHOTOS,
    groups: Sequence[str] | None = None,
) -> list[ClassQuantile]:
    """A quantile for each class, from photos of the validation split.

    labels: int [n]; probabilities: [n, k]; kinds: of each class (benign, premalignant, malignant). Classes
    with fewer than `min_photos` photos are pooled: with each other within their kind, and where that is still
    too few, with every class of their kind. groups: n names of lesions; without them every photo is a group.
    """
    scores = 1 - probabilities[np.arange(len(labels)), labels]
    names = np.arange(len(labels)) if groups is None else np.asarray(groups)
    counts = [int((labels == k).sum()) for k in range(len(kinds))]
    found: list[ClassQuantile] = []
    for k, kind in enumerate(kinds):
        pool = _pool(k, kind, kinds, counts, min_photos)
        chosen = np.isin(labels, pool)
        level = coverage if kind == BENIGN else confident_level(len(set(names[chosen].tolist())), coverage)
        others = tuple(member for member in pool if member != k)
        found.append(ClassQuantile(quantile_of(scores[chosen], level), int(chosen.sum()), others))
    return found


def confident_level(count: int, coverage: float, confidence: float = CONFIDENCE) -> float:
    """The level of a quantile of `count` scores that covers `coverage` with this confidence, 0..1.

    The k-th smallest of n scores covers a Beta(k, n + 1 - k) share of new ones, which is at least `coverage`
    with probability P(Binomial(n, coverage) < k). The level is k / (n + 1) for the smallest such k, and 1
    if no k does.
    """
    rank = int(binom.ppf(confidence, count, coverage)) + 1
    return rank / (count + 1) if rank <= count else 1.0


def _pool(k: int, kind: str, kinds: Sequence[str], counts: Sequence[int], min_photos: int) -> list[int]:
    if counts[k] >= min_photos:
        return [k]
    same_kind = [other for other, its in enumerate(kinds) if its == kind]
    few = [other for other in same_kind if counts[other] < min_photos]
    return few if sum(counts[other] for other in few) >= min_photos else same_kind


def quantile_of(scores: np.ndarray, coverage: float) -> float:
    """The ceil((n + 1) coverage)-th smallest of n scores; 1 (always in the set) where n is too small."""
    rank = math.ceil((len(scores) + 1) * coverage - 1e-9)
    if rank > len(scores):
        return 1.0
    # Rounded upwards: never less cover than promised.
    return min(1.0, math.ceil(np.sort(scores)[rank - 1] * 1e6) / 1e6)


def prediction_sets(probabilities: np.ndarray, quantiles: Sequence[ClassQuantile]) -> np.ndarray:
    """bool [n, k]: which classes are in each photo's set, before the fallback of an empty one."""
    return probabilities >= 1 - np.array([entry.quantile for entry in quantiles])


def with_fallback(sets: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """The same, with the most probable class in place of an empty set: what is shown."""
    out = sets.copy()
    empty = np.flatnonzero(~sets.any(1))
    out[empty, probabilities[empty].argmax(1)] = True
    return out


def measure_sets(labels: np.ndarray, sets: np.ndarray) -> dict[str, float]:
    """Figures of sets, bool [n, k].

    `coverage` is the fraction that hold the true class, `meanSize` the mean number of classes, `empty` and
    `single` the fractions of sets with no class and with one.
    """
    sizes = sets.sum(1)
    return {
        "coverage": float(sets[np.arange(len(labels)), labels].mean()),
        "meanSize": float(sizes.mean()),
        "empty": float((sizes == 0).mean()),
        "single": float((sizes == 1).mean()),
    }


def class_coverage(labels: np.ndarray, sets: np.ndarray, k: int) -> float:
    """Share of the photos of class k whose set holds it; NaN if there are none."""
    of_class = labels == k
    return float(sets[of_class, k].mean()) if of_class.any() else float("nan")


def as_card(classes: Sequence[str], quantiles: Sequence[ClassQuantile]) -> list[Mapping[str, object]]:
    """The card's `conformal.classes`."""
    return [
        {
            "class": name,
            "quantile": entry.quantile,
            "count": entry.count,
            "pooledWith": [classes[other] for other in entry.pooled_with],
        }
        for name, entry in zip(classes, quantiles, strict=True)
    ]
