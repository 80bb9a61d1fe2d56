"""The thresholds for other sensitivities of a package that was measured before results had them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from lentigo.data.batches import BatchLoader
from lentigo.data.dataset import Dataset, Split
from lentigo.evaluation import bootstrap, thresholds
from lentigo.evaluation.ablations import PREDICTIONS
from lentigo.evaluation.as_trained import as_trained
from lentigo.evaluation.figures import Calibrated
from lentigo.evaluation.panel import join, log_probabilities
from lentigo.evaluation.predict import exported_network, predict
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.predictor import CPU
from lentigo.evaluation.results import RESULTS_FOLDER
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.read_graph_model import read_graph_model
from lentigo.recipe import read_recipe
from lentigo.train.run import Run

Results = Mapping[str, Mapping[str, Any]]


def measure_offered(
    result: Mapping[str, Any],
    results: Results,
    data: Path,
    models: Path,
    runs: Path,
    stored: Path = RESULTS_FOLDER,
) -> list[dict[str, Any]]:
    """`decision.thresholds` of a result file, from predictions of both splits.

    results: all result files by id. Validation predictions are those of the run's folder, or are made from
    the package and kept there. stored: the folder of `<id>.predictions.json`, of the test split. Raises
    ValueError for a package whose threshold was not fitted on a validation split, and where the predictions
    do not give the threshold and the figures of the result file.
    """
    name, decision = result["id"], result["decision"]
    if not decision or decision["fittedOn"] != "validation":
        raise ValueError(f"{name}: its threshold was not fitted on a validation split")
    validation, test_split = _validation(result, results, data, models, runs)
    test = _stored_test(result, test_split, stored)
    temperature, classes = float(result["calibration"]["temperature"]), list(result["classes"])
    fitting, testing = (
        Calibrated(part, part.probabilities(temperature), classes) for part in (validation, test)
    )
    scores = [part.score(decision["positive"]) for part in (fitting, testing)]
    found = thresholds.offered_thresholds(
        scores[0],
        scores[1],
        lambda figures, counted: bootstrap.intervals(figures, test.groups, counted=counted),
    )
    _check(name, decision, found)
    return found


def _validation(
    result: Mapping[str, Any], results: Results, data: Path, models: Path, runs: Path
) -> tuple[Predictions, Split]:
    """Of the validation split, and the test split beside it."""
    if "panel" not in result:
        return _validation_of_package(result, data, models, runs)
    rows = result["panel"]["members"]
    members = [_validation_of_package(results[row["id"]], data, models, runs) for row in rows]
    parts = [
        log_probabilities(predictions.logits, row["temperature"])
        for (predictions, _), row in zip(members, rows, strict=True)
    ]
    first, split = members[0]
    logits = join(parts, np.array([row["weight"] for row in rows]))
    return Predictions(first.ids, first.labels, first.groups, logits), split


def _validation_of_package(
    result: Mapping[str, Any], data: Path, models: Path, runs: Path
) -> tuple[Predictions, Split]:
    recipe = as_trained(read_recipe(result["id"]), dict(result))
    dataset = Dataset(recipe, data)
    path = Run(recipe, runs).folder / PREDICTIONS.format(split="validation")
    if not path.is_file():
        graph = read_graph_model(models / recipe.id)
        loader = BatchLoader(dataset, "validation", recipe.size, CPU)
        outputs = predict(exported_network(recipe, ExportedNetwork(graph)), loader, ("logits",))
        path.parent.mkdir(parents=True, exist_ok=True)
        Predictions.of(dataset.splits["validation"], outputs).save(path)
    return Predictions.load(path), dataset.splits["test"]


def _stored_test(result: Mapping[str, Any], split: Split, stored: Path) -> Predictions:
    content = json.loads((stored / f"{result['id']}.predictions.json").read_text(encoding="utf-8"))
    labels = np.asarray(split.labels)
    if content["classes"] != result["classes"] or content["labels"] != labels.tolist():
        raise ValueError(f"{result['id']}: the stored predictions are of other test images")
    return Predictions(split.ids(), labels, split.groups(), np.asarray(content["logits"]))


def _check(name: str, decision: Mapping[str, Any], found: list[dict[str, Any]]) -> None:
    """What was measured before is found again, so the predictions are those of the package."""
    own = [row for row in found if row["targetSensitivity"] == decision["targetSensitivity"]]
    if not own:
        return
    [row] = own
    pairs = [(row["threshold"], decision["threshold"])]
    pairs += [(row[rate]["value"], decision[rate]) for rate in ("sensitivity", "specificity")]
    # Logits are stored with four digits, so one image may change sides.
    if any(abs(here - before) > 2e-3 for here, before in pairs):
        raise ValueError(f"{name}: its predictions give {pairs}, not what its result file says")
