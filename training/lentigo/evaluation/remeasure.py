"""Measures an exported package again from its own files: new figures need neither its run nor new weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lentigo.data.batches import BatchLoader
from lentigo.data.dataset import Dataset
from lentigo.evaluation.ablations import save_predictions
from lentigo.evaluation.as_trained import as_trained
from lentigo.evaluation.embedding import fit_embedding
from lentigo.evaluation.evaluate_and_export import Evaluation, measure
from lentigo.evaluation.parity_references import classifier_references
from lentigo.evaluation.predict import exported_network, predict
from lentigo.evaluation.predictor import CPU, OOD_IMAGES, Predictor, Report
from lentigo.evaluation.results import read_result
from lentigo.export.extend import pooled_features, with_embedding
from lentigo.export.graph import Graph
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.read_graph_model import read_graph_model
from lentigo.recipe import Recipe
from lentigo.train.run import Run

POOLED = "pooled"


def remeasure(recipe: Recipe, data: Path, models: Path, runs: Path, report: Report = print) -> Evaluation:
    """Measures the package of a recipe; a graph without an embedding gets it. Weights and logits stay.

    What a run alone knows (its provenance, curves and comparisons) is taken from the package's result file.
    The predictions are saved in the run's folder, as after an export: a panel is fitted on them. Raises
    FileNotFoundError without package or result, ValueError for a segmenter and for a recipe with folds, whose
    figures are of networks that are not in the package.
    """
    before = read_result(recipe.id)
    if before is None:
        raise FileNotFoundError(f"{recipe.id} has no result file: export it from its run")
    if recipe.task == "segmentation" or recipe.folds:
        raise ValueError(f"{recipe.id}: only a classifier without folds can be measured from its package")
    recipe = as_trained(recipe, before)
    dataset = Dataset(recipe, data)
    graph, embedding = _with_embedding(recipe, dataset, read_graph_model(models / recipe.id), report)
    network = exported_network(recipe, ExportedNetwork(graph))
    predictor = Predictor(network, ("logits", "ood"), graph, embedding=embedding)
    found = measure(recipe, dataset, predictor, data, runs, report)
    save_predictions(Run(recipe, runs), found.validation, found.test)
    references = classifier_references(recipe, dataset, "test", predictor, found.temperature)
    return Evaluation(before | found.figures, graph, references, found.test)


def _with_embedding(
    recipe: Recipe, dataset: Dataset, graph: Graph, report: Report
) -> tuple[Graph, dict[str, Any]]:
    report(f"{recipe.id}: features of the training split, for the embedding")
    some = dataset.subsampled("train", OOD_IMAGES)
    pooled_graph = Graph(graph.inputs, {POOLED: []}, dict(graph.nodes), dict(graph.constants))
    pooled_graph.add(POOLED, "Identity", [pooled_features(graph)])
    pooled_graph.prune()
    network = exported_network(recipe, ExportedNetwork(pooled_graph))
    pooled = predict(network, BatchLoader(some, "train", recipe.size, CPU), (POOLED,))[POOLED]
    fitted = fit_embedding(pooled.numpy())
    return with_embedding(graph, fitted.projection, fitted.mean), fitted.card()
