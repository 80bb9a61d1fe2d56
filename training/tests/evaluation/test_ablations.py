"""A network beside its ablations and beside itself with other masks, on the same images."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from lentigo.data.batches import Feed
from lentigo.data.dataset import Material
from lentigo.evaluation.ablations import beside_other_runs, keep_predictions, with_other_masks
from lentigo.evaluation.predictions import Predictions
from lentigo.networks.registry import build
from lentigo.recipe import read_recipe
from lentigo.train.run import Run

RECIPE = """
system: B
task: {task}
domain: dermoscopy
network: {network}
data: {data}
stages: [{{size: 64, epochs: 1, rate: 0.001}}]
"""
DATA = "{sets: [derm], classes: {nv: [nv], mel: [mel], bkl: [bkl]}}"
FUSION = "{name: fusion_efficientnet_b0, options: {metadata: 0, shared: true}}"


@pytest.fixture
def fusion(tmp_path):
    path = tmp_path / "whole.yaml"
    path.write_text(RECIPE.format(task="fusion", network=FUSION, data=DATA))
    return read_recipe(path)


@pytest.fixture
def base() -> Predictions:
    random = np.random.default_rng(1)
    return Predictions(
        [f"i{n}" for n in range(60)],
        random.integers(0, 3, 60),
        [f"g{n // 2}" for n in range(60)],
        random.normal(size=(60, 3)),
    )


def test_runs_that_were_measured_make_a_row_and_others_are_named(fusion, base, tmp_path, monkeypatch) -> None:
    runs, said = tmp_path / "runs", []
    known = {name: replace(fusion, id=name) for name in ("better", "missing")}
    monkeypatch.setattr("lentigo.evaluation.ablations.read_recipe", known.__getitem__)
    perfect = Predictions(base.ids, base.labels, base.groups, np.eye(3)[base.labels] * 9)
    (runs / "better").mkdir(parents=True)
    keep_predictions(Run(known["better"], runs), perfect)
    recipe = replace(fusion, compare=("better", "missing", "whole"))
    rows = beside_other_runs(recipe, base, runs, None, (1,), said.append)
    assert [row["name"] for row in rows] == ["better"]
    assert rows[0]["metrics"]["accuracy"]["value"] == 1
    assert rows[0]["difference"]["accuracy"]["low"] > 0
    assert len(said) == 1 and "missing" in said[0]


def test_masks_of_other_quality_are_what_they_are_called(fusion, made_up, made_up_splits, tmp_path) -> None:
    path = tmp_path / "outliner.yaml"
    path.write_text(
        RECIPE.format(task="segmentation", network="{name: unet_resnet34}", data="{sets: [derm]}")
    )
    outliner = read_recipe(path)
    run = Run(outliner, tmp_path / "runs")
    run.begin()
    run.save_best(build("unet_resnet34", 1).state_dict())
    feed = Feed(Material(fusion, made_up), "test", 64, torch.device("cpu"))
    sizes: list[float] = []

    def answer(batch) -> dict:
        sizes.append(float(batch.mask.mean()))
        return {
            "logits": torch.nn.functional.one_hot(batch.labels, 3).float()
            + batch.mask.mean((1, 2, 3))[:, None]
        }

    base = Predictions.of(feed.side, {"logits": np.zeros((len(feed.side), 3))})
    recipe = replace(fusion, segmenter=str(path))
    rows = with_other_masks(recipe, base, answer, feed, tmp_path / "runs", None, (1,), lambda _: None)
    assert [row["name"] for row in rows] == ["mask: predicted", "mask: grown", "mask: empty"]
    true = float(torch.cat([batch.mask for batch in feed.plain(64)]).mean())
    predicted, grown, empty = sizes
    assert empty == 0 and grown > true and predicted not in (0, true, grown)
    with pytest.raises(ValueError, match="another size or scale"):
        with_other_masks(
            replace(recipe, mean=(0.5, 0.5, 0.5)), base, answer, feed, tmp_path / "runs", None, (), print
        )
