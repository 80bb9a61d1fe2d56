"""Percentile bootstrap over groups: all photos of a lesion, patient or source photo are drawn together.

Efron and Tibshirani, "An introduction to the bootstrap" (1993), chapters 13 and 16; resampling whole
clusters: Field and Welsh, JRSS B 69 (2007).

Where all images are right, or none is, every draw gives the same share: 100 % to 100 %. Such a share has the
score interval: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22
(1927). Of n of n it is n / (n + z^2) to 1, and of 0 of n it is 0 to z^2 / (n + z^2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from lentigo.metrics import wilson
from lentigo.seeds import numpy_generator

Interval = dict[str, float]  # value, low, high
# Figure -> bool [n], the images that it is the share of.
Counted = Mapping[str, np.ndarray]
RESAMPLES = 1000


def intervals(
    measure: Callable[[np.ndarray], dict[str, float]],
    groups: Sequence[str],
    resamples: int = RESAMPLES,
    seed: int = 1,
    counted: Counted | None = None,
) -> dict[str, Interval]:
    """Several figures at once, each with its 95 % interval.

    measure: indices of the drawn images, int [m] (with repeats, m varies) -> figures by name. It gives NaN
    for a figure that is undefined on a draw (a class is missing); the percentiles of that figure then leave
    the draw out. groups: the name of each image's group. counted: figures that are shares of images; one of
    exactly 0 or 1 has Wilson's interval. The result leaves out a figure that is undefined on the real data.
    """
    values = measure(np.arange(len(groups)))
    draws = [measure(index) for index in resampled(groups, resamples, seed)]
    out = {}
    for name, value in values.items():
        if np.isnan(value):
            continue
        if counted and name in counted and value in (0, 1):
            out[name] = certain_share(value, np.asarray(groups)[np.asarray(counted[name], bool)].tolist())
            continue
        drawn = np.array([draw[name] for draw in draws])
        low, high = np.nanpercentile(drawn, [2.5, 97.5])
        out[name] = {"value": _rounded(value), "low": _rounded(low), "high": _rounded(high)}
    return out


def certain_share(value: float, groups: Sequence[str]) -> Interval:
    """Wilson's interval of a share of exactly 0 or 1. groups: the group of each image that it is a share of.

    Images of one group are alike, and such a share shows no variance to say how much; each group counts once.
    """
    count = len(set(groups))
    low, high = wilson(round(value) * count, count)
    return {"value": _rounded(value), "low": _rounded(low), "high": _rounded(high)}


def difference(
    measure: Callable[[np.ndarray, np.ndarray], float],
    first: np.ndarray,
    second: np.ndarray,
    labels: np.ndarray,
    groups: Sequence[str],
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> Interval:
    """measure(labels, first) - measure(labels, second) with its 95 % interval, both on the same draws.

    first, second: [n, ...] outputs of two models for the same images. measure: (labels, outputs) -> a figure.
    """

    def gap(index: np.ndarray) -> dict[str, float]:
        return {"gap": measure(labels[index], first[index]) - measure(labels[index], second[index])}

    return intervals(gap, groups, resamples, seed)["gap"]


def resampled(groups: Sequence[str], resamples: int, seed: int) -> Iterator[np.ndarray]:
    """Indices of each draw: as many groups as there are, with replacement, all images of each."""
    _, owner = np.unique(np.asarray(groups), return_inverse=True)
    order = np.argsort(owner, kind="stable")
    sizes = np.bincount(owner)
    starts = np.cumsum(sizes) - sizes
    random = numpy_generator(seed)
    for _ in range(resamples):
        drawn = random.integers(0, len(sizes), len(sizes))
        counts = sizes[drawn]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        yield order[np.repeat(starts[drawn], counts) + within]


def _rounded(value: float) -> float:
    return round(float(value), 5)
