"""A package that learns from every patient is measured by networks that each left some patients out."""

from pathlib import Path

import numpy as np
import pytest
import torch

from lentigo.data.splits import read_split
from lentigo.evaluation.evaluate_and_export import evaluate_and_export
from lentigo.evaluation.predictions import Predictions
from lentigo.networks.registry import build
from lentigo.recipe import read_recipe
from lentigo.train.run import Run

FOLDS = [f"fold{k}" for k in range(4)]
RECIPE = """
system: E
task: classification
domain: histopathology
network: {{name: acne_cnn}}
data: {{sets: [breakhis], classes: {{benign: [benign], malignant: [malignant]}}, protocol: {protocol}}}
stages: [{{size: 32, epochs: 1, lr: 0.001}}]
"""


@pytest.mark.usefixtures("few_draws")
def test_each_patient_is_measured_by_the_network_that_left_it_out(shared: Path, tmp_path: Path) -> None:
    runs, recipes = tmp_path / "runs", {}
    for number, protocol in enumerate(["all", *FOLDS]):
        path = tmp_path / f"{protocol}.yaml"
        path.write_text(RECIPE.format(protocol=protocol))
        recipes[protocol] = recipe = read_recipe(path)
        torch.manual_seed(number)
        run = Run(recipe, runs)
        run.begin()
        run.save_best(build("acne_cnn", 2).state_dict())
    folds = tuple(str(tmp_path / f"{fold}.yaml") for fold in FOLDS)
    whole = recipes["all"].model_copy(update={"folds": folds})
    result = evaluate_and_export(whole, shared / "data", runs, export=False, report=lambda _: None).result
    assert result["test"]["count"] == len(read_split("breakhis"))
    assert result["data"]["counts"] == {"train": 1276, "validation": 0, "test": 1276}
    assert result["calibration"]["fittedOn"] == "test"
    assert "groupAccuracy" in result["test"]["metrics"]
    # A fold's part of the joined split has exactly the predictions of the fold's own network.
    fold = recipes["fold2"]
    alone = evaluate_and_export(fold, shared / "data", runs, export=False, report=lambda _: None).result
    assert alone["test"]["count"] == sum(fold == "fold2" for fold in read_split("breakhis").values())
    joined, own = (Predictions.load(Run(r, runs).folder / "test.npz") for r in (whole, fold))
    position = {image: index for index, image in enumerate(joined.ids)}
    assert np.allclose(joined.logits[[position[image] for image in own.ids]], own.logits, atol=1e-5)
