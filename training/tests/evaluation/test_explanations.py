"""A map on the lesion scores high, a flat one scores the lesion's area, a random one nothing."""

import numpy as np
import pytest
import torch

from lentigo.evaluation.explanations import inside_shares, likeness, maps_of, measure_maps


def test_inside_share_of_maps_whose_answer_is_known() -> None:
    lesions = torch.zeros(3, 1, 56, 56)
    lesions[:, :, 24:32, 24:32] = 1
    maps = torch.zeros(3, 7, 7)
    maps[0, 3, 3] = 1  # on the lesion
    maps[1] = 1  # everywhere
    share, area = inside_shares(maps, lesions)
    assert share[0] > 0.5 and share[1] == pytest.approx(64 / 56**2, abs=1e-6) and np.isnan(share[2])
    assert area == pytest.approx([64 / 56**2] * 3)


def test_the_map_of_the_named_class_without_negative_evidence() -> None:
    cam = torch.tensor([[[[1.0, -2.0], [-3.0, 4.0]]]])
    assert maps_of(cam, torch.tensor([0])).tolist() == [[[1.0, 0.0]]]
    assert maps_of(cam, torch.tensor([1])).tolist() == [[[0.0, 4.0]]]


def test_likeness_is_one_for_itself_and_small_for_noise() -> None:
    noise = torch.rand(40, 7, 7, generator=torch.Generator().manual_seed(0))
    other = torch.rand(40, 7, 7, generator=torch.Generator().manual_seed(1))
    assert likeness(noise, noise) == pytest.approx(np.ones(40))
    assert np.nanmean(likeness(noise, other)) < 0.2
    assert np.isnan(likeness(torch.ones(1, 7, 7), noise[:1]))[0]


def test_judged_with_intervals_and_without_empty_maps() -> None:
    inside = np.array([0.5, 0.7, np.nan, 0.6])
    judged = measure_maps(inside, np.full(4, 0.2), np.full(4, 0.1), ["a", "a", "b", "c"])
    assert judged["count"] == 3 and judged["insideLesion"]["value"] == pytest.approx(0.6)
