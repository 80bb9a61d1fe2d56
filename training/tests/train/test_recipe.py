"""Recipes are checked word by word, and the plan can be worked off in its order."""

import pytest

from lentigo.networks.registry import CONSTRUCTORS
from lentigo.recipe import RECIPES_FOLDER, read_recipe
from lentigo.train.plan import planned

NAMES = sorted(path.stem for path in RECIPES_FOLDER.glob("*.yaml") if path.stem != "plan")


@pytest.mark.parametrize("name", NAMES)
def test_every_recipe_reads_and_names_a_known_network(name: str) -> None:
    recipe = read_recipe(name)
    assert recipe.id == name and recipe.network.name in CONSTRUCTORS and recipe.stages


def test_unknown_key_is_named(tmp_path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text((RECIPES_FOLDER / "mobilenetv2-nevus-melanoma.yaml").read_text() + "\nlearning: 3\n")
    with pytest.raises(ValueError, match="learning"):
        read_recipe(path)


def test_unknown_recipe_lists_the_known_ones() -> None:
    with pytest.raises(FileNotFoundError, match="mobilenetv2-nevus-melanoma"):
        read_recipe("no-such-recipe")


def test_plan_stands_in_an_order_that_works() -> None:
    assert "mobilenetv2-nevus-melanoma" in planned()


def test_a_share_of_the_effort_shortens_every_stage_and_keeps_every_size() -> None:
    for whole in map(read_recipe, NAMES):
        for share in (0.2, 1e-6):
            short = whole.with_effort(share)
            assert short.size == whole.size
            assert {s.size for s in short.stages} == {s.size for s in whole.stages}
            assert all(s.epochs >= 1 for s in short.stages)
    stages = read_recipe("unet-resnet34-lesion").with_effort(0.2).stages
    assert [(s.size, s.epochs) for s in stages] == [(128, 5), (224, 2), (224, 3)]
    assert read_recipe("unet-resnet34-lesion").with_effort(0.2, stages=2).stages == stages[:2]
    with pytest.raises(ValueError, match="effort must be above 0"):
        whole.with_effort(0)
    with pytest.raises(ValueError, match="at least one stage"):
        whole.with_effort(1, stages=0)
