"""An epoch draws the frequencies that its recipe asks for."""

import pytest
import torch

from lentigo.data.dataset import Split
from lentigo.data.sampler import sample_by_class, sample_epoch, sampled_frequencies
from lentigo.recipe import Recipe, Sampling, Stage, read_recipe

LABELS = torch.tensor([0] * 300 + [1] * 60)


def _recipe(**sampling: float) -> Recipe:
    recipe = read_recipe("mobilenetv2-nevus-melanoma")
    return recipe.model_copy(update={"sampling": Sampling(**sampling)})


@pytest.mark.parametrize(
    "power, expected", [(1.0, 60 / 360), (0.0, 0.5), (0.5, 60**0.5 / (60**0.5 + 300**0.5))]
)
def test_power_sampling_draws_its_frequencies(power: float, expected: float) -> None:
    recipe = _recipe(power=power)
    drawn = torch.cat(
        [LABELS[sample_by_class(recipe, LABELS, torch.Generator().manual_seed(s))] for s in range(30)]
    )
    assert abs(float((drawn == 1).float().mean()) - expected) < 0.015
    assert float(sampled_frequencies(recipe, LABELS)[1]) == pytest.approx(expected)


def test_a_stage_draws_a_set_more_often_and_a_fraction_of_all() -> None:
    names = ["derm"] * 300 + ["phone"] * 60
    split = Split([(name, None) for name in names], torch.full((360,), -1), None)
    recipe = _recipe().model_copy(update={"task": "segmentation"})
    stage = Stage(size=64, epochs=1, lr=1.0, set_weights={"phone": 5.0}, fraction=0.5)
    epochs = [sample_epoch(recipe, stage, split, torch.Generator().manual_seed(s)) for s in range(30)]
    assert {len(indices) for indices in epochs} == {180}
    assert abs(float((torch.cat(epochs) >= 300).float().mean()) - 0.5) < 0.02
    plain = sample_epoch(recipe, Stage(size=64, epochs=1, lr=1.0), split, torch.Generator())
    assert sorted(plain.tolist()) == list(range(360))
