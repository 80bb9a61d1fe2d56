"""Thresholds for other sensitivities, of a package that was measured before results had them."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch

from lentigo.data.batches import BatchLoader
from lentigo.data.dataset import Dataset
from lentigo.evaluation import offered as module
from lentigo.evaluation.evaluate_and_export import evaluate_and_export
from lentigo.evaluation.offered import measure_offered
from lentigo.export.graph_model import write_graph_model
from lentigo.networks.registry import build
from lentigo.recipe import read_recipe
from lentigo.report.packages import write_predictions
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


@pytest.fixture
def package(made_up, made_up_splits, tmp_path: Path, monkeypatch) -> dict[str, Any]:
    """An exported package's result, in whose folder are its predictions of the test split."""
    path = tmp_path / "small.yaml"
    path.write_text(RECIPE)
    recipe = read_recipe(path)
    torch.manual_seed(5)
    run = Run(recipe, tmp_path / "runs")
    run.begin()
    run.save_best(build("acne_cnn", 3).state_dict())
    others = [("noise", BatchLoader(Dataset(recipe, made_up), "test", recipe.size, torch.device("cpu")))]
    monkeypatch.setattr("lentigo.evaluation.evaluate_and_export.ood_sets", lambda *_: others)
    monkeypatch.setattr(module, "read_recipe", lambda _: recipe)
    exported = evaluate_and_export(recipe, made_up, tmp_path / "runs", export=True, report=lambda _: None)
    write_graph_model(exported.graph, tmp_path / "models" / recipe.id)
    write_predictions(recipe.id, list(recipe.data.classes), exported.test, tmp_path)
    return exported.result


def test_they_are_those_of_a_whole_measurement(package, made_up, tmp_path: Path) -> None:
    wanted = package["decision"]["thresholds"]
    assert len(wanted) == 5
    # From the predictions of the run, and where these are gone from the package itself.
    for runs in ("runs", "again"):
        found = measure_offered(package, {}, made_up, tmp_path / "models", tmp_path / runs, tmp_path)
        assert [row["threshold"] for row in found] == pytest.approx([row["threshold"] for row in wanted])
        for row, other in zip(found, wanted, strict=True):
            assert row["sensitivity"] == pytest.approx(other["sensitivity"], abs=2e-3)


def test_predictions_of_other_weights_or_images_are_refused(package, made_up, tmp_path: Path) -> None:
    folders = made_up, tmp_path / "models", tmp_path / "runs", tmp_path
    other = package | {"decision": package["decision"] | {"threshold": 0.9999}}
    with pytest.raises(ValueError, match="not what its result file says"):
        measure_offered(other, {}, *folders)
    on_test = package | {"decision": package["decision"] | {"fittedOn": "test"}}
    with pytest.raises(ValueError, match="not fitted on a validation split"):
        measure_offered(on_test, {}, *folders)
    path = tmp_path / f"{package['id']}.predictions.json"
    stored = json.loads(path.read_text())
    path.write_text(json.dumps(stored | {"labels": stored["labels"][1:], "logits": stored["logits"][1:]}))
    with pytest.raises(ValueError, match="other test images"):
        measure_offered(package, {}, *folders)
