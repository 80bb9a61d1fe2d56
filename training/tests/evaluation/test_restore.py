"""A run that is lost is made again from its package, and training goes on from it."""

from pathlib import Path

import pytest
import torch

from lentigo.data.batches import BatchLoader
from lentigo.data.dataset import Dataset
from lentigo.evaluation import restore as module
from lentigo.evaluation.evaluate_and_export import evaluate_and_export
from lentigo.evaluation.restore import restore
from lentigo.export.graph_model import write_graph_model
from lentigo.recipe import read_recipe
from lentigo.train.init_weights import best_network
from lentigo.train.loop import train
from lentigo.train.run import Run

RECIPE = """
system: A
task: classification
domain: dermoscopy
network: {name: mobilenet_v2}
data: {sets: [derm], classes: {nv: [nv], mel: [mel], bkl: [bkl]}}
kinds: {nv: benign, mel: malignant, bkl: benign}
positive: [mel]
stages: [{size: 32, epochs: 1, lr: 0.001, batch: 16}]
"""
MORE = RECIPE.replace("batch: 16}", "batch: 16}, {size: 32, epochs: 1, lr: 0.0005, batch: 16}")


def silent(_: str) -> None:
    pass


def test_training_goes_on_from_a_package(made_up, made_up_splits, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(RECIPE)
    recipe = read_recipe(path)
    first, second = tmp_path / "first", tmp_path / "second"
    train(recipe, made_up, first, tmp_path, device="cpu", report=silent)
    others = [("noise", BatchLoader(Dataset(recipe, made_up), "test", recipe.size, torch.device("cpu")))]
    monkeypatch.setattr("lentigo.evaluation.evaluate_and_export.ood_sets", lambda *_: others)
    exported = evaluate_and_export(recipe, made_up, first, export=True, report=silent)
    write_graph_model(exported.graph, tmp_path / "models" / recipe.id)
    monkeypatch.setattr(module, "read_result", lambda name: exported.result)

    run = restore(recipe, made_up, tmp_path / "models", second, silent)
    before = Run(recipe, first)
    assert run.curves() == before.curves() and run.config() == before.config()
    image = torch.rand(4, 3, 32, 32, generator=torch.Generator().manual_seed(2))
    with torch.no_grad():
        wanted, found = (best_network(recipe, one)(image) for one in (before, run))
    torch.testing.assert_close(found.softmax(1), wanted.softmax(1), atol=0.03, rtol=0)
    with pytest.raises(FileExistsError, match="goes on with it"):
        restore(recipe, made_up, tmp_path / "models", second, silent)

    path.write_text(MORE)
    longer = read_recipe(path)
    assert train(longer, made_up, second, tmp_path, device="cpu", report=silent).finished
    assert [line["stage"] for line in Run(longer, second).curves()] == [0, 1]
    (earlier,) = Run(longer, second).config()["earlier"]
    assert earlier["recipe"]["stages"] == before.config()["recipe"]["stages"]


def test_what_a_package_cannot_tell_is_refused(tmp_path: Path, monkeypatch) -> None:
    with pytest.raises(ValueError, match="only a classifier"):
        restore(read_recipe("unet-lite0-lesion"), tmp_path, tmp_path, tmp_path, silent)
    monkeypatch.setattr(module, "read_result", lambda name: None)
    with pytest.raises(FileNotFoundError, match="has no result file"):
        restore(read_recipe("acne-cnn"), tmp_path, tmp_path, tmp_path, silent)
