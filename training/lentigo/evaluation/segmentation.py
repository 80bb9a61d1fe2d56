"""How well a predicted outline covers the true outline, image by image, from counts of pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lentigo.evaluation import bootstrap
from lentigo.evaluation.subgroups import Measure, split_by

# ISIC 2018 (Codella et al., arXiv:1902.03368): an outline below this is no help and scores 0.
MIN_JACCARD = 0.65


@dataclass
class Overlaps:
    """A segmenter's outlines of a split.

    ids, groups, sets (the data set of each image): n words. The rest are counts of pixels, int [n]: lesion in
    both, in the prediction, in the truth.
    """

    ids: list[str]
    groups: list[str]
    sets: list[str]
    both: np.ndarray
    predicted: np.ndarray
    true: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)


def count_overlaps(logits: np.ndarray, masks: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(both, predicted, true) of a batch, int [n] each. Lesion is logit > 0, and mask > half of its range.

    logits, masks: [n, ...] of equal shape; masks uint8 or in 0..1. Count batch by batch and concatenate, so
    that no split has to be held in memory.
    """
    if logits.shape != masks.shape:
        raise ValueError(f"logits {logits.shape} and masks {masks.shape} differ in shape")
    predicted = (logits > 0).reshape(len(logits), -1)
    truth = (masks > (127 if masks.dtype == np.uint8 else 0.5)).reshape(len(masks), -1)
    return (predicted & truth).sum(1), predicted.sum(1), truth.sum(1)


def dice(overlaps: Overlaps) -> np.ndarray:
    """float [n], 2 |A and B| / (|A| + |B|); 1 where both are empty."""
    return _fraction(2 * overlaps.both, overlaps.predicted + overlaps.true)


def jaccard(overlaps: Overlaps) -> np.ndarray:
    """float [n], |A and B| / |A or B|; 1 where both are empty."""
    return _fraction(overlaps.both, overlaps.predicted + overlaps.true - overlaps.both)


def thresholded_jaccard(overlaps: Overlaps) -> np.ndarray:
    """float [n]: the Jaccard index, 0 where it is below 0.65."""
    index = jaccard(overlaps)
    return np.where(index < MIN_JACCARD, 0.0, index)


def measure_segmenter(
    validation: Overlaps, test: Overlaps, *, group: str, resamples: int = bootstrap.RESAMPLES, seed: int = 1
) -> dict:
    """The measured part of a segmenter's result file: means over images, and by data set."""
    failed = {"failed": np.ones(len(test), bool)}
    subgroups = split_by("set", test.sets, test.groups, _means(test), resamples, seed, failed)
    return {
        "calibration": None,
        "decision": None,
        "operating": [],
        "ood": None,
        "validation": {"count": len(validation), "metrics": _measured(validation, resamples, seed)},
        "test": {
            "split": "test",
            "count": len(test),
            "group": group,
            "groups": len(set(test.groups)),
            "metrics": _measured(test, resamples, seed),
            "subgroups": subgroups,
        },
    }


def _measured(overlaps: Overlaps, resamples: int, seed: int) -> dict[str, bootstrap.Interval]:
    failed = {"failed": np.ones(len(overlaps), bool)}
    return bootstrap.intervals(_means(overlaps), overlaps.groups, resamples, seed, failed)


def _means(overlaps: Overlaps) -> Measure:
    each = {
        "dice": dice(overlaps),
        "jaccard": jaccard(overlaps),
        "thresholdedJaccard": thresholded_jaccard(overlaps),
    }
    each["failed"] = (jaccard(overlaps) < MIN_JACCARD).astype(float)
    return lambda index: {name: float(values[index].mean()) for name, values in each.items()}


def _fraction(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.ones(len(part)), where=whole > 0)
