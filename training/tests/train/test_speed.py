"""`lentigo speed` trains a few steps on made-up images."""

import pytest

from lentigo.recipe import read_recipe
from lentigo.train.speed import images_per_second


def test_a_classifier_has_a_speed() -> None:
    recipe = read_recipe("three-layer-nevus-melanoma")
    assert images_per_second(recipe, recipe.size, batch=2, precision="float32", seconds=0) > 0


def test_other_networks_are_refused() -> None:
    with pytest.raises(ValueError, match="only the speed of image classifiers"):
        images_per_second(read_recipe("unet-resnet34-lesion"), 32)
