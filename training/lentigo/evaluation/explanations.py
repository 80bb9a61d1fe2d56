"""Two checks of class activation maps on the test split: do the maps mean anything?

Inside the lesion: the fraction of a map's positive mass that lies on the lesion, beside the lesion's fraction
of the image, which a flat map would have. Randomised: how similar the map of the same network with random
weights is (absolute value of Spearman's rank correlation): Adebayo et al., "Sanity checks for saliency maps"
(2018). A map that stays when the weights are gone explains nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from scipy.stats import spearmanr
from torch import Tensor

from lentigo.evaluation import bootstrap


def maps_of(cam: Tensor, classes: Tensor) -> Tensor:
    """cam [n, h, w, k], classes int64 [n] -> the positive part of each image's own map, [n, h, w]."""
    chosen = classes.view(-1, 1, 1, 1).expand(-1, *cam.shape[1:3], 1)
    return cam.gather(3, chosen)[..., 0].clamp(min=0)


def inside_shares(maps: Tensor, lesions: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """The fraction of each map's mass inside the lesion, and the lesion's fraction of the image: float [n].

    maps: [n, h, w]; lesions: [n, 1, H, W] in 0..1. NaN where a map is zero everywhere or there is no lesion.
    """
    large = F.interpolate(maps.unsqueeze(1), lesions.shape[2:], mode="bilinear", align_corners=False)
    mass = large.sum((1, 2, 3))
    inside = (large * lesions).sum((1, 2, 3))
    area = lesions.mean((1, 2, 3))
    share = torch.where((mass > 0) & (area > 0), inside / mass.clamp(min=1e-12), torch.nan)
    return share.double().numpy(), torch.where(area > 0, area, torch.nan).double().numpy()


def likeness(maps: Tensor, others: Tensor) -> np.ndarray:
    """|Spearman's rank correlation| of each pair of maps [n, h, w]; NaN where one is flat."""
    out = []
    for first, second in zip(maps.flatten(1).numpy(), others.flatten(1).numpy(), strict=True):
        flat = np.ptp(first) == 0 or np.ptp(second) == 0
        out.append(np.nan if flat else abs(float(spearmanr(first, second).statistic)))
    return np.array(out)


def measure_maps(
    inside: np.ndarray, area: np.ndarray, randomised: np.ndarray, groups: Sequence[str], seed: int = 1
) -> dict:
    """The card's `results.explanations`: count, and means with intervals over groups."""
    return _means({"insideLesion": inside, "lesionArea": area, "randomised": randomised}, groups, seed)


def measure_randomised(randomised: np.ndarray, groups: Sequence[str], seed: int = 1) -> dict:
    """The same of photos without masks: count, and the mean of `likeness` with its interval over groups."""
    return _means({"randomised": randomised}, groups, seed)


def _means(figures: dict[str, np.ndarray], groups: Sequence[str], seed: int) -> dict:
    """Of each figure, one a photo, the mean with its interval; the count is of those that have the first."""

    def measure(index: np.ndarray) -> dict[str, float]:
        return {name: _mean(values[index]) for name, values in figures.items()}

    first = next(iter(figures.values()))
    return {"count": int(np.isfinite(first).sum()), **bootstrap.intervals(measure, groups, seed=seed)}


def _mean(values: np.ndarray) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if len(finite) else float("nan")
