"""From trained runs to packages: measures, result files, cards, graphs and references for tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lentigo.data.dataset import Dataset
from lentigo.evaluation.as_trained import as_trained
from lentigo.evaluation.certain_shares import with_wilson
from lentigo.evaluation.evaluate_and_export import Evaluation, evaluate_and_export
from lentigo.evaluation.map_checks import Decision, measure_explanations, measure_panel_explanations
from lentigo.evaluation.offered import measure_offered
from lentigo.evaluation.panel import golden_logits, measure_panel, read_members
from lentigo.evaluation.parity_references import write_references
from lentigo.evaluation.predict import exported_network
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.remeasure import remeasure
from lentigo.evaluation.results import (
    RESULTS_FOLDER,
    assemble_panel,
    read_result,
    read_results,
    write_result,
)
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.package import package_bytes, write_card, write_package
from lentigo.export.read_graph_model import read_graph_model
from lentigo.recipe import Recipe, read_recipe
from lentigo.recipe.panel import Panel
from lentigo.report.card import build_card, build_panel_card
from lentigo.report.card_texts import read_card_texts

TOLERANCE = 0.02  # of a panel's golden logits
Report = Callable[[str], None]


def export_package(
    recipe: Recipe, data: Path, runs: Path, models: Path, report: Report = print
) -> dict[str, Any]:
    """Exports, measures and writes the package of a recipe that ships. Gives its result."""
    if not recipe.ships:
        raise ValueError(
            f"{recipe.id} does not ship: add `ships: true` to its recipe, and texts for its card"
        )
    read_card_texts(recipe.id)  # a missing text is an error before the long work
    evaluation = evaluate_and_export(recipe, data, runs, export=True, report=report)
    return _write(recipe, evaluation, models, report)


def remeasure_package(
    recipe: Recipe, data: Path, runs: Path, models: Path, report: Report = print
) -> dict[str, Any]:
    """Measures a package from its own files, and writes its result, card and references again."""
    evaluation = remeasure(recipe, data, models, runs, report)
    return _write(recipe, evaluation, models, report)


def remeasure_maps(name: str, data: Path, models: Path, report: Report = print) -> dict[str, Any]:
    """Measures the maps of a package or panel again, and writes them into its result. Gives the result.

    Cards and pages get the figures from `lentigo report`. Raises FileNotFoundError without a result file.
    """
    result = read_result(name)
    if result is None:
        raise FileNotFoundError(f"{name} has no result file: export it first")
    if result["task"] == "panel":
        found = measure_panel_explanations(result, read_results(), data, models)
    else:
        recipe, graph = as_trained(read_recipe(name), result), read_graph_model(models / name)
        network = exported_network(recipe, ExportedNetwork(graph))
        found = measure_explanations(
            recipe, Dataset(recipe, data), network, list(graph.outputs), Decision.of(result)
        )
    report(f"{name}: maps of {found.get('count', 'its queries') if found else 'no'} photos")
    result["test"] = {key: value for key, value in result["test"].items() if key != "explanations"}
    if found:
        result["test"]["explanations"] = found
    write_result(result)
    return result


def remeasure_thresholds(
    name: str, data: Path, models: Path, runs: Path, report: Report = print
) -> dict[str, Any]:
    """Measures the thresholds for other sensitivities of a package or panel, and writes them into its result.

    Cards and pages get them from `lentigo report`. Raises FileNotFoundError without a result file.
    """
    result = read_result(name)
    if result is None:
        raise FileNotFoundError(f"{name} has no result file: export it first")
    found = measure_offered(result, read_results(), data, models, runs)
    report(f"{name}: thresholds for {', '.join(str(row['targetSensitivity']) for row in found)}")
    result["decision"]["thresholds"] = found
    write_result(result)
    return result


def remeasure_intervals(name: str, data: Path, report: Report = print) -> dict[str, Any]:
    """Gives shares of all or no test images Wilson's interval in a result file; all else stays as it is.

    Cards and pages get them from `lentigo report`. Raises FileNotFoundError without a result file.
    """
    result = read_result(name)
    if result is None:
        raise FileNotFoundError(f"{name} has no result file: measure it first")
    member = result["panel"]["members"][0]["id"] if "panel" in result else name
    own = read_result(member)
    if own is None:
        raise FileNotFoundError(f"{member} has no result file: measure it first")
    dataset = Dataset(as_trained(read_recipe(member), own), data)
    found, left = with_wilson(result, dataset)
    report(f"{name}: {found} intervals; of {left} shares it is not known whose images they are of")
    if found:
        write_result(result)
    return result


def _write(recipe: Recipe, evaluation: Evaluation, models: Path, report: Report) -> dict[str, Any]:
    if evaluation.graph is None:
        raise ValueError(f"{recipe.id}: the evaluation gave no exported graph")
    texts = read_card_texts(recipe.id)
    write_result(evaluation.result)
    if evaluation.test:
        write_predictions(recipe.id, list(recipe.data.classes), evaluation.test)
    paper = read_result(f"{recipe.id}-paper")
    card = build_card(recipe, evaluation.result, texts, evaluation.graph.outputs, paper)
    card = write_package(models, card, evaluation.graph)
    write_references(recipe.id, evaluation.references)
    report(f"{recipe.id}: package of {package_bytes(card) / 1e6:.1f} MB")
    return evaluation.result


def export_panel(panel: Panel, runs: Path, models: Path, report: Report = print) -> dict[str, Any]:
    """Fits and measures a panel of exported packages, and writes its card. Gives its result."""
    members = read_members(panel, read_results(), models, runs)
    figures, test = measure_panel(panel, members)
    result = assemble_panel(panel, [member.result for member in members], figures)
    write_result(result)
    write_predictions(panel.id, list(result["classes"]), test)
    card = build_panel_card(panel, members[0].recipe, result, read_card_texts(panel.id))
    weights = [row["weight"] for row in result["panel"]["members"]]
    golden = {"formula": "integer-ramp", "logits": golden_logits(members, weights), "tolerance": TOLERANCE}
    write_card(models, {**card, "files": [], "golden": golden})
    size = sum(package_bytes(member.card) for member in members)
    report(f"{panel.id}: {len(members)} members, {size / 1e6:.1f} MB together")
    return result


def write_predictions(
    name: str, classes: list[str], test: Predictions, folder: Path = RESULTS_FOLDER
) -> Path:
    """Writes `<folder>/<name>.predictions.json`: classes, and labels and logits of the test split.

    The app's tests word every one of these predictions.
    """
    path = folder / f"{name}.predictions.json"
    logits = [[round(float(value), 4) for value in row] for row in test.logits]
    content = {"classes": classes, "labels": test.labels.tolist(), "logits": logits}
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")
    return path
