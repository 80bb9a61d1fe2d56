"""Whether a model is better than another on the same images."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.stats import binomtest, chi2

from lentigo import metrics
from lentigo.evaluation import bootstrap
from lentigo.evaluation.predictions import Predictions, merged

MAX_EXACT = 50  # discordant pairs; above it the chi-square approximation is as good
COMPARED: dict[str, Callable[[np.ndarray, np.ndarray], float]] = {
    "accuracy": metrics.accuracy,
    "balancedAccuracy": metrics.balanced_accuracy,
    "auc": metrics.macro_auc,
}


def mcnemar(first_right: np.ndarray, second_right: np.ndarray) -> dict[str, float]:
    """McNemar's test (1947) of two models' errors. first_right, second_right: bool [n].

    onlyFirst, onlySecond: images that only that model classifies correctly. p: two-sided, exact binomial for
    up to 50 of them, otherwise chi-square with Edwards' continuity correction (1948). The test takes images
    as independent: with several photos per lesion, trust the bootstrap over groups first.
    """
    only_first = int((first_right & ~second_right).sum())
    only_second = int((second_right & ~first_right).sum())
    pairs = only_first + only_second
    if pairs == 0:
        p = 1.0
    elif pairs <= MAX_EXACT:
        p = binomtest(only_first, pairs).pvalue
    else:
        p = chi2.sf(max(0, abs(only_first - only_second) - 1) ** 2 / pairs, 1)
    return {"onlyFirst": only_first, "onlySecond": only_second, "p": float(f"{p:.3g}")}


def compare(
    name: str,
    base: Predictions,
    other: Predictions,
    *,
    members: list[list[int]] | None = None,
    positive: tuple[int, ...] = (),
    resamples: int = bootstrap.RESAMPLES,
    seed: int = 1,
) -> dict:
    """A row of a table of ablations: `other` (called `name`) against `base`, matched by image id.

    members: coarse classes as lists of class indices; every figure is then of the coarse classes. positive:
    indices of the fine positive classes, for `malignantAuc`. Gives {name, count, metrics: {figure: interval},
    difference: {figure: interval of other - base}, mcnemar}. Raises ValueError where the two differ in images
    or labels.
    """
    position = {image: index for index, image in enumerate(other.ids)}
    if set(position) != set(base.ids):
        raise ValueError(f"{name}: not measured on the same images as the run that it is compared with")
    match = np.array([position[image] for image in base.ids])
    if (other.labels[match] != base.labels).any():
        raise ValueError(f"{name}: its labels differ from those of the run that it is compared with")
    fine = (other.probabilities()[match], base.probabilities())
    labels, first, second = base.labels, *fine
    if members:
        coarse = {index: number for number, indices in enumerate(members) for index in indices}
        labels = np.array([coarse[label] for label in labels])
        first, second = merged(first, members), merged(second, members)
    measured = {figure: (measure, labels, first, second) for figure, measure in COMPARED.items()}
    if positive:
        scores = [p[:, list(positive)].sum(1) for p in fine]
        measured["malignantAuc"] = (_auc, np.isin(base.labels, positive), scores[0], scores[1])

    def both(index: np.ndarray) -> dict[str, float]:
        figures: dict[str, float] = {}
        for figure, (measure, truth, ours, theirs) in measured.items():
            own = measure(truth[index], ours[index])
            figures |= {figure: own, f"gap {figure}": own - measure(truth[index], theirs[index])}
        return figures

    found = bootstrap.intervals(both, base.groups, resamples, seed)
    return {
        "name": name,
        "count": len(base),
        "metrics": {figure: found[figure] for figure in measured if figure in found},
        "difference": {figure: found[f"gap {figure}"] for figure in measured if figure in found},
        "mcnemar": mcnemar(first.argmax(1) == labels, second.argmax(1) == labels),
    }


def _auc(positive: np.ndarray, scores: np.ndarray) -> float:
    return metrics.auc(scores, positive)
