"""Sources that only train never reach another split."""

from pathlib import Path

from lentigo.data import splits, tables
from lentigo.data.dataset import Dataset
from lentigo.recipe import read_recipe


def test_training_sources_join_the_training_split_and_change_no_other(shared: Path) -> None:
    recipe = read_recipe("efficientnet-lite2-ham10000")
    dataset = Dataset(recipe, shared / "data")
    split = splits.read_split("derm")
    ham = [row for row in tables.read_table(shared / "data", "derm") if row.source == "HAM10000"]
    for name in ("validation", "test"):
        wanted = [row.image_id for row in ham if split[row.image_id] == name]
        assert dataset.splits[name].ids() == wanted
    training = dataset.splits["train"].rows
    assert {row.source for _, row in training} == {"HAM10000", "ISIC2018_task1", "derm-extra"}
    # No classifier learns from the photos on which the segmenter or the fusion network is tested.
    assert all(split[row.image_id] == "train" for name, row in training if name == "derm")
    assert sum(name == "derm-extra" for name, _ in training) == 311
