"""A recipe can be scaled to what a machine can train."""

import pytest

from lentigo.recipe import read_recipe, recipe_names


@pytest.mark.parametrize("epoch_scale", [0.2, 1e-6])
def test_scaling_shortens_every_stage_and_keeps_every_size(epoch_scale: float) -> None:
    for whole in map(read_recipe, recipe_names()):
        short = whole.scaled(epoch_scale)
        assert short.size == whole.size
        assert {stage.size for stage in short.stages} == {stage.size for stage in whole.stages}
        assert all(stage.epochs >= 1 for stage in short.stages)


def test_scaled_epochs_are_rounded_and_stages_can_be_left_out() -> None:
    recipe = read_recipe("unet-resnet34-lesion")
    stages = recipe.scaled(0.2).stages
    assert [(stage.size, stage.epochs) for stage in stages] == [(128, 5), (224, 2), (224, 3)]
    assert recipe.scaled(0.2, stages=2).stages == stages[:2]
    with pytest.raises(ValueError, match="epoch scale must be above 0"):
        recipe.scaled(0)
    with pytest.raises(ValueError, match="at least one stage"):
        recipe.scaled(1, stages=0)
