"""A package is measured again from its files alone, and the figures are those of its export."""

from pathlib import Path

import pytest
import torch

from lentigo.data.batches import BatchLoader
from lentigo.data.dataset import Dataset
from lentigo.evaluation import remeasure as module
from lentigo.evaluation.as_trained import as_trained
from lentigo.evaluation.evaluate_and_export import evaluate_and_export
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.remeasure import remeasure
from lentigo.export.graph_model import write_graph_model
from lentigo.networks.registry import build
from lentigo.recipe import read_recipe
from lentigo.train.run import Run

RECIPE = """
system: A
task: classification
domain: dermoscopy
network: {name: acne_cnn}
data: {sets: [derm], classes: {nv: [nv], mel: [mel], bkl: [bkl]}}
kinds: {nv: benign, mel: malignant, bkl: benign}
positive: [mel]
stages: [{size: 32, epochs: 1, lr: 0.001}]
"""


def silent(_: str) -> None:
    pass


@pytest.mark.usefixtures("few_draws")
def test_the_figures_are_those_of_the_export(made_up, made_up_splits, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(RECIPE)
    recipe = read_recipe(path)
    torch.manual_seed(5)
    run = Run(recipe, tmp_path / "runs")
    run.begin()
    run.save_best(build("acne_cnn", 3).state_dict())
    dataset = Dataset(recipe, made_up)
    others = [("noise", BatchLoader(dataset, "test", recipe.size, torch.device("cpu")))]
    monkeypatch.setattr("lentigo.evaluation.evaluate_and_export.ood_sets", lambda *_: others)
    exported = evaluate_and_export(recipe, made_up, tmp_path / "runs", export=True, report=silent)
    write_graph_model(exported.graph, tmp_path / "models" / recipe.id)
    before = exported.result | {"curves": [{"epoch": 1}]}
    monkeypatch.setattr(module, "read_result", lambda name: before)
    path.write_text(RECIPE.replace("size: 32", "size: 64"))  # the recipe has changed since
    changed = read_recipe(path)
    assert as_trained(changed, before).size == 32
    again = remeasure(changed, made_up, tmp_path / "models", tmp_path / "again", silent)
    for name in ("test", "validation", "calibration", "decision", "ood", "recipe", "curves"):
        assert again.result[name] == before[name], name
    assert list(again.result) == list(before)
    assert "embedding" in again.graph.outputs
    saved = [Predictions.load(tmp_path / runs / recipe.id / "test.npz") for runs in ("runs", "again")]
    assert (saved[0].logits == saved[1].logits).all()


def test_what_a_package_cannot_tell_is_refused(tmp_path: Path, monkeypatch) -> None:
    with pytest.raises(ValueError, match="only a classifier without folds"):
        remeasure(read_recipe("unet-resnet34-lesion"), tmp_path, tmp_path, tmp_path, silent)
    monkeypatch.setattr(module, "read_result", lambda name: None)
    with pytest.raises(FileNotFoundError, match="has no result file"):
        remeasure(read_recipe("acne-cnn"), tmp_path, tmp_path, tmp_path, silent)
