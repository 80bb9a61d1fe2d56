"""From a finished run to numbers and a package: every figure is measured on the weights that are exported."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import nn

from lentigo.data.batches import Feed
from lentigo.data.dataset import Material
from lentigo.evaluation.ablations import beside_other_runs, keep_predictions, with_other_masks
from lentigo.evaluation.classifier import measure_classifier
from lentigo.evaluation.ood_sets import strange_pictures
from lentigo.evaluation.parity_references import classifier_references, segmenter_references
from lentigo.evaluation.predict import Network, answers, exported_network, trained_network
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.predictor import (
    CORRECTION_IMAGES,
    CPU,
    Answering,
    Report,
    example_inputs,
    finished_network,
    out_of_fold,
    predictions,
    quantised,
    ready,
)
from lentigo.evaluation.results import assemble
from lentigo.evaluation.segmentation import Overlaps, count_overlaps, measure_segmenter
from lentigo.evaluation.subgroups import FIELDS
from lentigo.export.graph import Graph
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.lower import export_graph
from lentigo.export.outputs import SegmenterOutputs
from lentigo.networks.classifier import parameter_count
from lentigo.recipe import Recipe
from lentigo.report.card_texts import malignant_classes, merge_of, read_texts
from lentigo.train.run import Run

OTHER_MASKS = 600  # test images that are also asked about with masks of other quality
GROUPS = {"derm": "lesion_id", "phone": "patient_id", "acne": "group_id", "breakhis": "patient_id"}


@dataclass
class Finished:
    """What came of a run: the result file's content and, when it was exported, the graph it was measured on."""

    result: dict
    graph: Graph | None
    references: list[dict] = field(default_factory=list)  # what the app has to say too (evaluation.parity_references)


def finish(recipe: Recipe, data: Path, runs: Path, *, export: bool, report: Report = print) -> Finished:
    """Measures a run's best weights: as exported (`export`), or as PyTorch has them. Raises FileNotFoundError before
    the run has any."""
    run, material = Run(recipe, runs), Material(recipe, data)
    network, correction = finished_network(recipe, run, material, report)
    provenance = run.config()
    counts = {side: len(rows) for side, rows in material.sides.items()}
    facts = {"parameters": parameter_count(network), "counts": counts, "curves": run.curves()}
    if recipe.prior_correction is None:
        facts["prior_correction"] = correction
        report(f"{recipe.id}: prior correction {correction:+.2f}, chosen on the validation side")
    references: list[dict] = []
    if recipe.task == "segmentation":
        measured, graph, references = _segmenter(recipe, material, network, export, report)
    else:
        found = _classifier(recipe, material, network, export, data, runs, report)
        measured, graph, test = found.figures, found.answering.graph, found.test
        keep_predictions(run, test)
        facts["comparisons"] = _comparisons(recipe, test, found.answering, material, runs, report)
        facts["positive"] = malignant_classes(recipe.domain, list(recipe.data.classes))
        facts["merge"] = merge_of_recipe(recipe)
        if recipe.folds:  # what the package itself says, which is none of the folds' networks
            counts |= {"test": len(test)}
        if export:
            side, temperature = "train" if recipe.folds else "test", measured["calibration"]["temperature"]
            references = classifier_references(recipe, material, side, found.answering, temperature)
    weights = "exported" if export else "trained"
    return Finished(assemble(recipe, provenance, measured, weights=weights, **facts), graph, references)


@dataclass
class Measured:
    """A classifier's figures (measure_classifier), what it said of the test side, and the network that said it."""

    figures: dict
    test: Predictions
    answering: Answering


def merge_of_recipe(recipe: Recipe) -> dict[str, list[str]] | None:
    """The coarser answer of a recipe that has one: fusion's five classes as four."""
    if recipe.task != "fusion":
        return None
    return merge_of(read_texts("fusion-efficientnet-b3-isic"))


def _classifier(
    recipe: Recipe,
    material: Material,
    network: nn.Module,
    export: bool,
    data: Path,
    runs: Path,
    report: Report,
) -> Measured:
    asked = ready(recipe, material, network, runs, export, report)
    outside = None
    if export:
        report(f"{recipe.id}: pictures of other kinds, through the exported graph")
        outside = {
            name: answers(asked.run, strange, ("ood",))["ood"].numpy()
            for name, strange in strange_pictures(recipe, data)
        }
    if recipe.folds:
        # Each image is judged by the network that did not train on its group.
        sides = {"test": out_of_fold(recipe, data, runs, export, report)}
        fitted_on = "test folds, out of fold"
    else:
        report(f"{recipe.id}: validation and test side")
        present = [side for side in ("validation", "test") if len(material.sides[side])]
        sides = {side: predictions(recipe, material, side, asked) for side in present}
        fitted_on = "validation" if "validation" in sides else "test (there is no third side)"
    classes = list(recipe.data.classes)
    positive = malignant_classes(recipe.domain, classes)
    figures = measure_classifier(
        sides.get("validation", sides["test"]),
        sides["test"],
        classes,
        group=GROUPS[recipe.data.sets[0]],
        positive=positive,
        also_positive=[["mel"]] if len(positive) > 1 and "mel" in positive else [],
        merge=merge_of_recipe(recipe),
        outside=outside,
        fields=FIELDS.get(recipe.data.sets[0]),
        train=predictions(recipe, material, "train", asked) if recipe.measure_train else None,
        by_group=recipe.data.sets[0] == "breakhis",
        fitted_on=fitted_on,
    )
    return Measured(figures, sides["test"], asked)


def _comparisons(
    recipe: Recipe, test: Predictions, asked: Answering, material: Material, runs: Path, report: Report
) -> list[dict]:
    classes = list(recipe.data.classes)
    merge = merge_of_recipe(recipe)
    members = [[classes.index(one) for one in ids] for ids in merge.values()] if merge else None
    positive = tuple(classes.index(one) for one in malignant_classes(recipe.domain, classes))
    rows = beside_other_runs(recipe, test, runs, members, positive, report)
    if recipe.segmenter and asked.graph:  # other masks are asked of what ships
        feed = Feed(material.thinned("test", OTHER_MASKS), "test", recipe.size, CPU)
        rows += with_other_masks(recipe, test, asked.run, feed, runs, members, positive, report)
    return rows


def _segmenter(
    recipe: Recipe, material: Material, network: nn.Module, export: bool, report: Report
) -> tuple[dict, Graph | None, list[dict]]:
    graph = None
    run = trained_network(recipe, network)
    if export:
        exact = export_graph(SegmenterOutputs(network), example_inputs(recipe))
        graph = quantised(exact, recipe, material.thinned("train", CORRECTION_IMAGES))
        exported = exported_network(recipe, ExportedNetwork(graph))

        def run(batch):
            return {"lesion": exported(batch)["lesion"].permute(0, 3, 1, 2)}

    report(f"{recipe.id}: validation and test side")
    validation, test = (_overlaps(material, side, run) for side in ("validation", "test"))
    figures = measure_segmenter(validation, test, group="lesion_id and patient_id")
    return figures, graph, segmenter_references(recipe, material, run) if export else []


@torch.no_grad()
def _overlaps(material: Material, side: str, run: Network) -> Overlaps:
    rows = material.sides[side]
    feed = Feed(material, side, material.recipe.size, CPU)
    counts = [
        count_overlaps(run(batch)["lesion"].float().numpy(), batch.mask.numpy()) for batch in feed.plain(32)
    ]
    both, answered, true = (np.concatenate(parts) for parts in zip(*counts, strict=True))
    return Overlaps(rows.ids(), rows.groups(), [name for name, _ in rows.rows], both, answered, true)
