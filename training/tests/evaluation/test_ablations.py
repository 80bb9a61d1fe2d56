"""A network compared with its ablations, and with itself on other masks, on the same images."""

import numpy as np
import pytest
import torch

from lentigo.data.batches import BatchLoader
from lentigo.data.dataset import Dataset
from lentigo.evaluation.ablations import Comparison, save_predictions
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
stages: [{{size: 64, epochs: 1, lr: 0.001}}]
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


def test_measured_runs_make_a_row_and_other_runs_are_reported(fusion, base, tmp_path, monkeypatch) -> None:
    runs, reports = tmp_path / "runs", []
    known = {name: fusion.model_copy(update={"id": name}) for name in ("better", "missing")}
    monkeypatch.setattr("lentigo.evaluation.ablations.read_recipe", known.__getitem__)
    perfect = Predictions(base.ids, base.labels, base.groups, np.eye(3)[base.labels] * 9)
    (runs / "better").mkdir(parents=True)
    save_predictions(Run(known["better"], runs), base, perfect)
    recipe = fusion.model_copy(update={"compare": ("better", "missing", "whole")})
    rows = Comparison(recipe, base, None, (1,), runs, reports.append).with_runs()
    assert [row["name"] for row in rows] == ["better"]
    assert rows[0]["metrics"]["accuracy"]["value"] == 1
    assert rows[0]["difference"]["accuracy"]["low"] > 0
    assert len(reports) == 1 and "missing" in reports[0]


@pytest.mark.usefixtures("few_draws")
def test_other_masks_are_what_their_names_say(fusion, made_up, made_up_splits, tmp_path) -> None:
    path = tmp_path / "segmenter.yaml"
    path.write_text(
        RECIPE.format(task="segmentation", network="{name: unet_resnet34}", data="{sets: [derm]}")
    )
    segmenter = read_recipe(path)
    run = Run(segmenter, tmp_path / "runs")
    run.begin()
    run.save_best(build("unet_resnet34", 1).state_dict())
    loader = BatchLoader(Dataset(fusion, made_up), "test", 64, torch.device("cpu"))
    sizes: list[float] = []

    def network(batch) -> dict:
        sizes.append(float(batch.mask.mean()))
        return {
            "logits": torch.nn.functional.one_hot(batch.labels, 3).float()
            + batch.mask.mean((1, 2, 3))[:, None]
        }

    base = Predictions.of(loader.split, {"logits": np.zeros((len(loader.split), 3))})
    recipe = fusion.model_copy(update={"segmenter": str(path)})
    comparison = Comparison(recipe, base, None, (1,), tmp_path / "runs", lambda _: None)
    rows = comparison.with_masks(network, loader)
    assert [row["name"] for row in rows] == ["mask: predicted", "mask: grown", "mask: empty"]
    true = float(torch.cat([batch.mask for batch in loader.plain(64)]).mean())
    predicted, grown, empty = sizes
    assert empty == 0 and grown > true and predicted not in (0, true, grown)
    with pytest.raises(ValueError, match="another size"):
        other = recipe.model_copy(update={"stages": (recipe.stages[0].model_copy(update={"size": 32}),)})
        Comparison(other, base, None, (), tmp_path / "runs", print).with_masks(network, loader)
