"""How well a predicted outline covers the true one, image by image, from counts of pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lentigo.evaluation import bootstrap
from lentigo.evaluation.subgroups import split_by

JACCARD_FLOOR = (
    0.65  # ISIC 2018: under it an outline is no help, and scores 0 (Codella et al., arXiv:1902.03368)
)


@dataclass
class Overlaps:
    """One side as a segmenter saw it. ids, groups, sets (data set of each image): n words; the rest int [n]
    counts of pixels: lesion in both, lesion in the answer, lesion in the truth.
    """

    ids: list[str]
    groups: list[str]
    sets: list[str]
    both: np.ndarray
    answered: np.ndarray
    true: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)


def count_overlaps(logits: np.ndarray, masks: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of a batch: (both, answered, true), int [n] each. Lesion is logit > 0, and mask > half of its range
    (uint8 or 0..1).

    logits, masks: [n, ...] of equal shape. Count batch by batch and concatenate, so that no side has to be
    held in memory.
    """
    if logits.shape != masks.shape:
        raise ValueError(f"logits {logits.shape} and masks {masks.shape} differ in shape")
    said = (logits > 0).reshape(len(logits), -1)
    truth = (masks > (127 if masks.dtype == np.uint8 else 0.5)).reshape(len(masks), -1)
    return (said & truth).sum(1), said.sum(1), truth.sum(1)


def dice(overlaps: Overlaps) -> np.ndarray:
    """float [n], 2 |A and B| / (|A| + |B|); 1 where both are empty."""
    return _share(2 * overlaps.both, overlaps.answered + overlaps.true)


def jaccard(overlaps: Overlaps) -> np.ndarray:
    """float [n], |A and B| / |A or B|; 1 where both are empty."""
    return _share(overlaps.both, overlaps.answered + overlaps.true - overlaps.both)


def thresholded_jaccard(overlaps: Overlaps) -> np.ndarray:
    """float [n]: the Jaccard index, 0 where it is under 0.65."""
    index = jaccard(overlaps)
    return np.where(index < JACCARD_FLOOR, 0.0, index)


def measure_segmenter(
    validation: Overlaps, test: Overlaps, *, group: str, resamples: int = bootstrap.RESAMPLES, seed: int = 1
) -> dict:
    """The measured part of a result file (measure/results.py) for a segmentation network: means over images,
    by data set too.
    """
    subgroups = split_by("set", test.sets, test.groups, _means(test), resamples, seed)
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
    return bootstrap.intervals(_means(overlaps), overlaps.groups, resamples, seed)


def _means(overlaps: Overlaps):
    each = {
        "dice": dice(overlaps),
        "jaccard": jaccard(overlaps),
        "thresholdedJaccard": thresholded_jaccard(overlaps),
    }
    each["failed"] = (jaccard(overlaps) < JACCARD_FLOOR).astype(float)
    return lambda index: {name: float(values[index].mean()) for name, values in each.items()}


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.ones(len(part)), where=whole > 0)
