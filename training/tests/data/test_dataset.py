"""What joins the training side only never reaches another side."""

from pathlib import Path

from lentigo.data import splits, tables
from lentigo.data.dataset import Material
from lentigo.recipe import read_recipe


def test_more_sources_join_the_training_side_and_change_no_other(shared: Path) -> None:
    recipe = read_recipe("efficientnet-lite2-ham10000")
    material = Material(recipe, shared / "data")
    split = splits.read_split("derm")
    ham = [row for row in tables.read_table(shared / "data", "derm") if row.source == "HAM10000"]
    for side in ("validation", "test"):
        wanted = [row.image_id for row in ham if split[row.image_id] == side]
        assert material.sides[side].ids() == wanted
    training = material.sides["train"].rows
    assert {row.source for _, row in training} == {"HAM10000", "ISIC2018_task1", "derm-extra"}
    # photos that the segmenter or the fusion is tested on teach no classifier either
    assert all(split[row.image_id] == "train" for name, row in training if name == "derm")
    assert sum(name == "derm-extra" for name, _ in training) == 311
