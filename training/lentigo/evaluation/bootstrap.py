"""Percentile bootstrap over groups: all photos of a lesion, patient or source photo are drawn together.

Efron and Tibshirani, "An introduction to the bootstrap" (1993), chapters 13 and 16; resampling whole
clusters: Field and Welsh, JRSS B 69 (2007).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from lentigo.seeds import numpy_generator

Interval = dict[str, float]  # value, low, high
RESAMPLES = 1000


def intervals(
    measure: Callable[[np.ndarray], dict[str, float]],
    groups: Sequence[str],
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> dict[str, Interval]:
    """Several figures at once, each with its 95 % interval.

    measure: indices of the drawn images, int [m] (with repeats, m varies) -> figures by name. It gives NaN
    for a figure that is undefined on a draw (a class is missing); the percentiles of that figure then leave
    the draw out. groups: the name of each image's group. The result leaves out a figure that is undefined on
    the real data.
    """
    values = measure(np.arange(len(groups)))
    draws = [measure(index) for index in resampled(groups, resamples, seed)]
    out = {}
    for name, value in values.items():
        if np.isnan(value):
            continue
        drawn = np.array([draw[name] for draw in draws])
        low, high = np.nanpercentile(drawn, [2.5, 97.5])
        out[name] = {"value": _rounded(value), "low": _rounded(low), "high": _rounded(high)}
    return out


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
