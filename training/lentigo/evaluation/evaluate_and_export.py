"""From a trained run to figures and a package: every figure is measured on the weights that are exported."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from lentigo.data.batches import Batch, BatchLoader
from lentigo.data.dataset import Dataset
from lentigo.data.tables import GROUP_COLUMNS
from lentigo.evaluation.ablations import Comparison, save_predictions
from lentigo.evaluation.checks import (
    measure_shortcuts,
    skin_tones,
    with_skin_tone,
)
from lentigo.evaluation.classifier import FittedOn, measure_classifier
from lentigo.evaluation.map_checks import Decision, measure_explanations
from lentigo.evaluation.ood_sets import ood_sets
from lentigo.evaluation.parity_references import classifier_references, segmenter_references
from lentigo.evaluation.predict import Network, exported_network, predict, trained_network
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.predictor import (
    CORRECTION_IMAGES,
    CPU,
    Predictor,
    Report,
    adjusted_network,
    example_inputs,
    make_predictor,
    predict_folds,
    predict_split,
    quantised_graph,
)
from lentigo.evaluation.results import RunFacts, assemble
from lentigo.evaluation.segmentation import Overlaps, count_overlaps, measure_segmenter
from lentigo.evaluation.subgroups import FIELDS
from lentigo.export.graph import Graph
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.lower import export_graph
from lentigo.export.outputs import SegmenterOutputs
from lentigo.networks.classifier import parameter_count
from lentigo.recipe import Recipe, read_recipe
from lentigo.train.run import Run

MASK_COMPARISON_IMAGES = 600  # test images that are also predicted with masks of other quality


@dataclass
class Evaluation:
    """A result file's content and, of an exported run, the measured graph and its parity references."""

    result: dict[str, Any]
    graph: Graph | None
    references: list[dict[str, Any]] = field(default_factory=list)
    test: Predictions | None = None


def evaluate_and_export(
    recipe: Recipe, data: Path, runs: Path, *, export: bool, report: Report = print
) -> Evaluation:
    """Measures a run's best weights, as exported (`export`) or as PyTorch has them.

    Raises FileNotFoundError before the run has any.
    """
    run, dataset = Run(recipe, runs), Dataset(recipe, data)
    network, adjustment = adjusted_network(recipe, run, dataset, report)
    chosen = adjustment if recipe.logit_adjustment is None and recipe.task != "segmentation" else None
    if chosen is not None:
        report(f"{recipe.id}: logit adjustment {chosen:+.2f}, chosen on the validation split")
    counts = {split: len(rows) for split, rows in dataset.splits.items()}
    comparisons: list[dict[str, Any]] = []
    test: Predictions | None = None
    references: list[dict[str, Any]] = []
    if recipe.task == "segmentation":
        figures, graph, references = _segmenter(recipe, dataset, network, export, report)
    else:
        predictor = make_predictor(recipe, dataset, network, runs, export, report)
        found = measure(recipe, dataset, predictor, data, runs, report)
        figures, graph = found.figures, predictor.graph
        save_predictions(run, found.validation, found.test)
        test = found.test
        comparisons = _comparisons(recipe, found, dataset, runs, report)
        if recipe.folds:  # the figures are those of the folds' networks
            counts["test"] = len(found.test)
        if export:
            # With folds every image trains: the references are of what the package itself predicts.
            split = "train" if recipe.folds else "test"
            references = classifier_references(recipe, dataset, split, predictor, found.temperature)
    facts = RunFacts(run.config(), parameter_count(network), counts, run.curves(), chosen)
    weights = "exported" if export else "trained"
    result = assemble(recipe, facts, figures, weights=weights, comparisons=comparisons)
    return Evaluation(result, graph, references, test)


@dataclass
class Measured:
    """A classifier's figures (measure_classifier), its predictions, and what predicted them."""

    figures: dict[str, Any]
    validation: Predictions
    test: Predictions
    predictor: Predictor

    @property
    def temperature(self) -> float:
        return float(self.figures["calibration"]["temperature"])


def measure(
    recipe: Recipe, dataset: Dataset, predictor: Predictor, data: Path, runs: Path, report: Report = print
) -> Measured:
    """Measures a classifier: its figures, and the checks of its images and maps that apply to it."""
    exported = predictor.graph is not None
    ood_scores: dict[str, np.ndarray] = {}
    if exported:
        report(f"{recipe.id}: out-of-distribution images, through the exported graph")
        for name, images in ood_sets(recipe, data):
            ood_scores[name] = predict(predictor.network, images, ("ood",))["ood"].numpy()
    measured_sets = [dataset]
    # Without a validation split the test images are all that there is to fit on.
    fitted_on: FittedOn = "test"
    if recipe.folds:
        # The network that predicts an image did not train on its group.
        test = predict_folds(recipe, data, runs, exported, report)
        validation = test
        measured_sets = [Dataset(read_recipe(name), data) for name in recipe.folds]
    else:
        report(f"{recipe.id}: validation and test split")
        test = with_skin_tone(dataset, "test", predict_split(recipe, dataset, "test", predictor))
        validation = test
        if len(dataset.splits["validation"]):
            validation = predict_split(recipe, dataset, "validation", predictor)
            fitted_on = "validation"
    main_set = recipe.data.sets[0]
    figures = measure_classifier(
        validation,
        test,
        list(recipe.data.classes),
        group=GROUP_COLUMNS[main_set],
        kinds=recipe.kinds,
        positive=recipe.positive,
        merge=recipe.merge,
        ood_scores=ood_scores,
        fields=FIELDS.get(main_set),
        train=predict_split(recipe, dataset, "train", predictor) if recipe.measure_train else None,
        by_group=main_set == "breakhis",
        fitted_on=fitted_on,
    )
    figures["embedding"] = predictor.embedding
    report(f"{recipe.id}: skin tones, shortcuts and maps")
    checks = {
        "skinTones": skin_tones(dataset),
        "shortcuts": measure_shortcuts(measured_sets, test),
        "explanations": _explanations(recipe, dataset, predictor, figures),
    }
    figures["test"] |= {name: found for name, found in checks.items() if found}
    return Measured(figures, validation, test, predictor)


def _explanations(
    recipe: Recipe, dataset: Dataset, predictor: Predictor, figures: dict[str, Any]
) -> dict[str, Any] | None:
    if predictor.graph is None:
        return None
    decision = Decision.of({**figures, "classes": list(recipe.data.classes)})
    return measure_explanations(recipe, dataset, predictor.network, list(predictor.graph.outputs), decision)


def _comparisons(
    recipe: Recipe, measured: Measured, dataset: Dataset, runs: Path, report: Report
) -> list[dict[str, Any]]:
    classes = list(recipe.data.classes)
    members = [[classes.index(name) for name in names] for names in recipe.merge.values()] or None
    positive = tuple(classes.index(name) for name in recipe.positive)
    comparison = Comparison(recipe, measured.test, members, positive, runs, report)
    rows = comparison.with_runs()
    if recipe.segmenter and measured.predictor.graph:  # other masks are for the exported network
        few = dataset.subsampled("test", MASK_COMPARISON_IMAGES)
        loader = BatchLoader(few, "test", recipe.size, CPU)
        rows += comparison.with_masks(measured.predictor.network, loader)
    return rows


def _segmenter(
    recipe: Recipe, dataset: Dataset, network: nn.Module, export: bool, report: Report
) -> tuple[dict[str, Any], Graph | None, list[dict[str, Any]]]:
    graph = None
    run = trained_network(recipe, network)
    if export:
        exact = export_graph(SegmenterOutputs(network), example_inputs(recipe))
        graph = quantised_graph(exact, recipe, dataset.subsampled("train", CORRECTION_IMAGES))
        run = _channels_first(exported_network(recipe, ExportedNetwork(graph)))
    report(f"{recipe.id}: validation and test split")
    validation, test = (_overlaps(dataset, split, run) for split in ("validation", "test"))
    figures = measure_segmenter(validation, test, group="lesion_id and patient_id")
    return figures, graph, segmenter_references(recipe, dataset, run) if export else []


def _channels_first(network: Network) -> Network:
    """An exported segmenter gives [n, h, w, 1]; this gives [n, 1, h, w]."""

    def run(batch: Batch) -> dict[str, Tensor]:
        return {"lesion": network(batch)["lesion"].permute(0, 3, 1, 2)}

    return run


@torch.no_grad()
def _overlaps(dataset: Dataset, split: str, network: Network) -> Overlaps:
    loader = BatchLoader(dataset, split, dataset.recipe.size, CPU)
    counts = []
    for batch in loader.plain(32):
        if batch.mask is not None:
            counts.append(count_overlaps(network(batch)["lesion"].float().numpy(), batch.mask.numpy()))
    both, predicted, true = (np.concatenate(parts) for parts in zip(*counts, strict=True))
    sets = [name for name, _ in loader.split.rows]
    return Overlaps(loader.split.ids(), loader.split.groups(), sets, both, predicted, true)
