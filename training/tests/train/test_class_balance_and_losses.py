"""What an epoch draws, and what it is scored by."""

import dataclasses

import pytest
import torch
import torch.nn.functional as F

from lentigo.data.class_balance import fixed_per_class
from lentigo.data.dataset import Side
from lentigo.data.sampler import by_class, drawn_share, epoch_order
from lentigo.recipe import Sampling, Stage, read_recipe
from lentigo.train.ema import MovingAverage
from lentigo.train.losses import classification_loss, distillation_loss, lesion_loss, mixup

LABELS = torch.tensor([0] * 300 + [1] * 60)


def _recipe(**sampling):
    recipe = read_recipe("mobilenetv2-nevus-melanoma")
    return dataclasses.replace(recipe, sampling=Sampling(**sampling))


@pytest.mark.parametrize(
    "power, expected", [(1.0, 60 / 360), (0.0, 0.5), (0.5, 60**0.5 / (60**0.5 + 300**0.5))]
)
def test_power_sampling_draws_what_it_says(power: float, expected: float) -> None:
    recipe = _recipe(power=power)
    drawn = torch.cat([LABELS[by_class(recipe, LABELS, torch.Generator().manual_seed(s))] for s in range(30)])
    assert abs(float((drawn == 1).float().mean()) - expected) < 0.015
    assert float(drawn_share(recipe, LABELS)[1]) == pytest.approx(expected)


def test_a_stage_draws_one_set_more_often_and_a_share_of_all() -> None:
    names = ["derm"] * 300 + ["phone"] * 60
    side = Side([(name, None) for name in names], torch.full((360,), -1), None)
    recipe = dataclasses.replace(_recipe(), task="segmentation")
    stage = Stage(size=64, epochs=1, rate=1.0, sets={"phone": 5.0}, share=0.5)
    orders = [epoch_order(recipe, stage, side, torch.Generator().manual_seed(s)) for s in range(30)]
    assert {len(order) for order in orders} == {180}
    assert abs(float((torch.cat(orders) >= 300).float().mean()) - 0.5) < 0.02
    plain = epoch_order(recipe, Stage(size=64, epochs=1, rate=1.0), side, torch.Generator())
    assert sorted(plain.tolist()) == list(range(360))


def test_the_average_of_a_stage_is_not_tied_to_the_stage_before() -> None:
    network = torch.nn.Linear(1, 1)
    average = MovingAverage(network, 0.998)
    torch.nn.init.zeros_(network.weight)
    for _ in range(2000):
        average.update(network)
    torch.nn.init.ones_(network.weight)
    average.warm_up()
    for _ in range(50):
        average.update(network)
    assert float(average.network.weight) > 0.99


def test_fixed_number_a_class_under_and_over_samples() -> None:
    chosen = fixed_per_class(LABELS, 100, torch.Generator().manual_seed(0))
    assert torch.bincount(LABELS[chosen]).tolist() == [100, 100]
    assert chosen[LABELS[chosen] == 0].unique().numel() == 100


def test_kmeans_keeps_central_images_rather_than_outliers() -> None:
    generator = torch.Generator().manual_seed(0)
    features = torch.randn(300, 4, generator=generator) * 0.1
    features[:20] = 20 + 10 * torch.randn(20, 4, generator=generator)  # scattered strays
    chosen = fixed_per_class(torch.zeros(300, dtype=torch.int64), 200, generator, features)
    assert len(set(chosen.tolist())) == 200
    assert sum(index < 20 for index in chosen.tolist()) < 20


def test_losses_match_torch_where_torch_has_them() -> None:
    logits = torch.randn(5, 3, generator=torch.Generator().manual_seed(0))
    labels = torch.tensor([0, 1, 2, 1, 0])
    targets = F.one_hot(labels, 3).float()
    assert torch.allclose(classification_loss(logits, targets), F.cross_entropy(logits, labels))
    smooth = F.cross_entropy(logits, labels, label_smoothing=0.1)
    assert torch.allclose(classification_loss(logits, targets, smoothing=0.1), smooth)
    assert classification_loss(logits, targets, focal=2.0) < classification_loss(logits, targets)
    assert distillation_loss(logits, logits, 2.0) == pytest.approx(0, abs=1e-6)


def test_lesion_loss_falls_with_a_better_mask() -> None:
    mask = torch.zeros(1, 1, 8, 8)
    mask[..., 2:6, 2:6] = 1
    assert lesion_loss(mask * 20 - 10, mask) < 0.01 < lesion_loss(10 - mask * 20, mask)


def test_mixup_keeps_the_targets_a_distribution() -> None:
    images, targets = torch.rand(6, 3, 4, 4), F.one_hot(torch.arange(6) % 3, 3).float()
    _, mixed = mixup(images, targets, 0.4, torch.Generator().manual_seed(0))
    assert torch.allclose(mixed.sum(1), torch.ones(6)) and (mixed.max(1).values >= 0.5).all()
