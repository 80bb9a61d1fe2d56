"""From a finished run to numbers and a package: every figure is measured on the weights that are exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import nn

from lentigo.compared import beside_other_runs, keep_predictions, with_other_masks
from lentigo.data.metadata import SCHEMAS, width
from lentigo.export.correct import correct_biases
from lentigo.export.graph import Graph
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.lower import export_graph
from lentigo.export.outputs import ClassifierOutputs, FusionOutputs, OodScore, SegmenterOutputs
from lentigo.export.quantise import quantise
from lentigo.measure.classifier import measure_classifier
from lentigo.measure.out_of_distribution import fit_detector
from lentigo.measure.predictions import Predictions
from lentigo.measure.results import assemble
from lentigo.measure.segmentation import Overlaps, count_overlaps, measure_segmenter
from lentigo.measure.subgroups import FIELDS
from lentigo.networks.classifier import parameter_count
from lentigo.networks.registry import build
from lentigo.predict import Network, answers, exported_network, network_inputs, trained_network
from lentigo.recipe import Recipe
from lentigo.report.texts import malignant_classes, merge_of, read_texts
from lentigo.strange import strange_pictures
from lentigo.train.feed import Feed
from lentigo.train.material import Material
from lentigo.train.order import drawn_share
from lentigo.train.run import Run

OOD_IMAGES = 2500  # of the training side: enough for 64 directions
CORRECTION_IMAGES = 48
CPU = torch.device("cpu")
GROUPS = {"derm": "lesion_id", "phone": "patient_id", "acne": "group_id", "breakhis": "patient_id"}
Report = Callable[[str], None]


@dataclass
class Finished:
    """What came of a run: the result file's content and, when it was exported, the graph it was measured on."""

    result: dict
    graph: Graph | None
    examples: list[dict] = field(
        default_factory=list
    )  # {file, probabilities} of a few test images, calibrated


def finish(recipe: Recipe, data: Path, runs: Path, *, export: bool, report: Report = print) -> Finished:
    """Measures a run's best weights: as exported (`export`), or as PyTorch has them. Raises FileNotFoundError before
    the run has any."""
    run, material = Run(recipe, runs), Material(recipe, data)
    network = best_network(recipe, run)
    if recipe.task == "classification":
        shift_prior(recipe, network, material)
    provenance = run.config()
    counts = {side: len(rows) for side, rows in material.sides.items()}
    facts = {"parameters": parameter_count(network), "counts": counts, "curves": run.curves()}
    examples: list[dict] = []
    if recipe.task == "segmentation":
        measured, graph = _segmenter(recipe, material, network, export, report)
    else:
        measured, graph, test, answering = _classifier(recipe, material, network, export, data, report)
        keep_predictions(run, test)
        facts["comparisons"] = _comparisons(recipe, test, answering, material, runs, report)
        facts["positive"] = malignant_classes(recipe.domain, list(recipe.data.classes))
        facts["merge"] = merge_of_recipe(recipe)
        examples = _examples_of(test, recipe, measured["calibration"]["temperature"])
    weights = "exported" if export else "trained"
    return Finished(assemble(recipe, provenance, measured, weights=weights, **facts), graph, examples)


def best_network(recipe: Recipe, run: Run) -> nn.Module:
    """The recipe's network with the run's best weights, in evaluation mode."""
    network = build(recipe.network.name, len(recipe.data.classes) or 1, **recipe.network.options)
    network.load_state_dict(run.best())
    return network.eval()


@torch.no_grad()
def shift_prior(recipe: Recipe, network: nn.Module, material: Material) -> None:
    """Moves the answer from the class frequencies that training drew towards the natural ones: the last layer's bias
    gains correction * log(natural / drawn) (Saerens et al. 2002)."""
    labels = material.sides["train"].labels
    natural = torch.bincount(labels, minlength=len(recipe.data.classes)).double()
    natural = natural / natural.sum()
    shift = recipe.prior_correction * torch.log(natural / drawn_share(recipe, labels))
    network.final.bias += shift.to(network.final.bias.dtype)


def merge_of_recipe(recipe: Recipe) -> dict[str, list[str]] | None:
    """The coarser answer of a recipe that has one: fusion's five classes as four."""
    if recipe.task != "fusion":
        return None
    return merge_of(read_texts("fusion-efficientnet-b3-isic"))


def _classifier(
    recipe: Recipe, material: Material, network: nn.Module, export: bool, data: Path, report: Report
) -> tuple[dict, Graph | None, Predictions, Network]:
    def feed(side: str) -> Feed:
        return Feed(material, side, recipe.size, CPU)

    names: tuple[str, ...] = ("logits",)
    graph, outside = None, None
    run: Network = trained_network(recipe, network)
    if export:
        report(f"{recipe.id}: features of the training side, for the out-of-distribution score")
        some = material.thinned("train", OOD_IMAGES)
        vectors = answers(run, Feed(some, "train", recipe.size, CPU), ("vector",))["vector"]
        detector = fit_detector(vectors.numpy(), some.sides["train"].labels.numpy())
        outputs = FusionOutputs if recipe.task == "fusion" else ClassifierOutputs
        ood = OodScore(torch.from_numpy(detector.projection), torch.from_numpy(detector.means))
        graph = _quantised(export_graph(outputs(network, ood), _example_inputs(recipe)), recipe, some)
        run, names = exported_network(recipe, ExportedNetwork(graph)), ("logits", "ood")
        report(f"{recipe.id}: pictures of other kinds, through the exported graph")
        outside = {
            name: answers(run, strange, ("ood",))["ood"].numpy()
            for name, strange in strange_pictures(recipe, data)
        }
    report(f"{recipe.id}: validation and test side")
    sides = {}
    for side in ("validation", "test"):
        if len(material.sides[side]):
            sides[side] = Predictions.of(material.sides[side], answers(run, feed(side), names).outputs)
    positive = malignant_classes(recipe.domain, list(recipe.data.classes))
    fitted_on = "validation" if "validation" in sides else "test (there is no third side)"
    measured = measure_classifier(
        sides.get("validation", sides["test"]),
        sides["test"],
        list(recipe.data.classes),
        group=GROUPS[recipe.data.sets[0]],
        positive=positive,
        also_positive=[["mel"]] if len(positive) > 1 and "mel" in positive else [],
        merge=merge_of_recipe(recipe),
        outside=outside,
        fields=FIELDS.get(recipe.data.sets[0]),
        fitted_on=fitted_on,
    )
    return measured, graph, sides["test"], run


def _comparisons(
    recipe: Recipe, test: Predictions, network: Network, material: Material, runs: Path, report: Report
) -> list[dict]:
    classes = list(recipe.data.classes)
    merge = merge_of_recipe(recipe)
    members = [[classes.index(one) for one in ids] for ids in merge.values()] if merge else None
    positive = tuple(classes.index(one) for one in malignant_classes(recipe.domain, classes))
    rows = beside_other_runs(recipe, test, runs, members, positive, report)
    if recipe.segmenter:
        feed = Feed(material, "test", recipe.size, CPU)
        rows += with_other_masks(recipe, test, network, feed, runs, members, positive, report)
    return rows


def _examples_of(test: Predictions, recipe: Recipe, temperature: float) -> list[dict]:
    """The first test image of each class with its calibrated probabilities: what the app must say too."""
    first = [
        int(np.argmax(test.labels == k)) for k in range(len(recipe.data.classes)) if (test.labels == k).any()
    ]
    shown = test.probabilities(temperature)
    return [
        {
            "file": f"{test.ids[i]}.jpg",
            "probabilities": dict(
                zip(recipe.data.classes, (round(float(p), 6) for p in shown[i]), strict=True)
            ),
        }
        for i in first
    ]


def _segmenter(
    recipe: Recipe, material: Material, network: nn.Module, export: bool, report: Report
) -> tuple[dict, Graph | None]:
    graph = None
    run = trained_network(recipe, network)
    if export:
        exact = export_graph(SegmenterOutputs(network), _example_inputs(recipe))
        graph = _quantised(exact, recipe, material.thinned("train", CORRECTION_IMAGES))
        exported = exported_network(recipe, ExportedNetwork(graph))

        def run(batch):
            return {"lesion": exported(batch)["lesion"].permute(0, 3, 1, 2)}

    report(f"{recipe.id}: validation and test side")
    validation, test = (_overlaps(material, side, run) for side in ("validation", "test"))
    return measure_segmenter(validation, test, group="lesion_id and patient_id"), graph


@torch.no_grad()
def _overlaps(material: Material, side: str, run: Network) -> Overlaps:
    rows = material.sides[side]
    feed = Feed(material, side, material.recipe.size, CPU)
    counts = [
        count_overlaps(run(batch)["lesion"].float().numpy(), batch.mask.numpy()) for batch in feed.plain(32)
    ]
    both, answered, true = (np.concatenate(parts) for parts in zip(*counts, strict=True))
    return Overlaps(rows.ids(), rows.groups(), [name for name, _ in rows.rows], both, answered, true)


def _quantised(exact: Graph, recipe: Recipe, material: Material) -> Graph:
    """The graph in small weights, its biases corrected on some training images."""
    samples = material.thinned("train", CORRECTION_IMAGES)
    batch = next(Feed(samples, "train", recipe.size, CPU).plain(CORRECTION_IMAGES))
    return correct_biases(quantise(exact), exact, network_inputs(recipe, batch))


def _example_inputs(recipe: Recipe) -> Mapping[str, torch.Tensor]:
    inputs = {"image": torch.zeros(2, len(recipe.mean), recipe.size, recipe.size)}
    if recipe.task == "fusion":
        inputs["mask"] = torch.zeros(2, 1, recipe.size, recipe.size)
    if recipe.data.metadata:
        inputs["metadata"] = torch.zeros(2, width(SCHEMAS[recipe.data.metadata]))
    return inputs
