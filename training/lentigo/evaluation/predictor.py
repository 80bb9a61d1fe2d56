"""A trained network made ready to be asked: its prior corrected, and, for a package, exported and quantised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from lentigo.data.batches import Feed
from lentigo.data.dataset import Material
from lentigo.data.metadata import SCHEMAS, width
from lentigo.data.sampler import drawn_share
from lentigo.evaluation.metrics import headline
from lentigo.evaluation.ood import fit_detector
from lentigo.evaluation.predict import Network, answers, exported_network, network_inputs, trained_network
from lentigo.evaluation.predictions import Predictions
from lentigo.export.correct import correct_biases
from lentigo.export.graph import Graph
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.lower import export_graph
from lentigo.export.outputs import ClassifierOutputs, FusionOutputs, OodScore
from lentigo.export.quantise import quantise
from lentigo.recipe import Recipe, read_recipe
from lentigo.train.cached_features import Head, TokenFeed, encoded
from lentigo.train.init_weights import best_network
from lentigo.train.run import Run

OOD_IMAGES = 2500  # of the training side: enough for 64 directions
CORRECTION_IMAGES = 48
CORRECTIONS = tuple(step / 4 for step in range(-4, 5))
CPU = torch.device("cpu")
Report = Callable[[str], None]


@dataclass
class Answering:
    """A network ready to be asked: the names of its outputs, and the graph where it is an exported one."""

    run: Network
    names: tuple[str, ...]
    graph: Graph | None
    feed: Callable[[Feed], Feed | TokenFeed] = lambda feed: feed  # what it is shown of a side


def finished_network(
    recipe: Recipe, run: Run, material: Material, report: Report = print
) -> tuple[nn.Module, float]:
    """The recipe's network with the run's best weights and its prior corrected, in evaluation mode; and how far it was."""
    network = best_network(recipe, run)
    if recipe.task == "segmentation":
        return network, 0.0
    correction = recipe.prior_correction
    if correction is None:
        asked = as_trained(recipe, network, run.folder.parent, report)
        correction = chosen_correction(recipe, asked, material)
    shift_prior(recipe, network, material, correction)
    return network, correction


def chosen_correction(recipe: Recipe, asked: Answering, material: Material) -> float:
    """The one of CORRECTIONS with the highest mean of accuracy and balanced accuracy on the validation side; of equal
    ones the nearest to 0. Raises ValueError where the protocol has no validation side."""
    if not len(material.sides["validation"]):
        raise ValueError(f"{recipe.id}: no validation side to choose the prior correction on: name one")
    feed = asked.feed(Feed(material, "validation", recipe.size, CPU))
    logits = answers(asked.run, feed, ("logits",))["logits"].double()
    labels, shift = feed.side.labels.numpy(), prior_shift(recipe, material)

    def worth(correction: float) -> float:
        figures = headline(labels, (logits + correction * shift).softmax(1).numpy())
        return figures["accuracy"] + figures["balancedAccuracy"]

    return max(sorted(CORRECTIONS, key=abs), key=worth)


def prior_shift(recipe: Recipe, material: Material) -> torch.Tensor:
    """log(natural / drawn) class frequencies of the training side, float64 [classes] (Saerens et al. 2002)."""
    labels = material.sides["train"].labels
    natural = torch.bincount(labels, minlength=len(recipe.data.classes)).double()
    return torch.log(natural / natural.sum() / drawn_share(recipe, labels))


@torch.no_grad()
def shift_prior(recipe: Recipe, network: nn.Module, material: Material, correction: float) -> None:
    """Moves the answer from the class frequencies that training drew towards the natural ones: the last layer's bias
    gains correction * prior_shift."""
    last = network.fusion.final if recipe.task == "fusion" else network.final
    last.bias += (correction * prior_shift(recipe, material)).to(last.bias.dtype)


def ready(
    recipe: Recipe, material: Material, network: nn.Module, runs: Path, export: bool, report: Report
) -> Answering:
    """The network as it will be asked: as PyTorch has it, or (`export`) the exported graph, with a score of strangeness."""
    if not export:
        return as_trained(recipe, network, runs, report)
    run: Network = trained_network(recipe, network)
    report(f"{recipe.id}: features of the training side, for the out-of-distribution score")
    some = material.thinned("train", OOD_IMAGES)
    vectors = answers(run, Feed(some, "train", recipe.size, CPU), ("vector",))["vector"]
    detector = fit_detector(vectors.numpy(), some.sides["train"].labels.numpy())
    outputs = FusionOutputs if recipe.task == "fusion" else ClassifierOutputs
    ood = OodScore(torch.from_numpy(detector.projection), torch.from_numpy(detector.means))
    graph = quantised(export_graph(outputs(network, ood), example_inputs(recipe)), recipe, some)
    return Answering(exported_network(recipe, ExportedNetwork(graph)), ("logits", "ood"), graph)


def as_trained(recipe: Recipe, network: nn.Module, runs: Path, report: Report) -> Answering:
    """The network as PyTorch has it. Of fusion networks with one encoder, which often share it and differ in the head
    alone, the head is asked: what the encoder says of a side is computed once for all of them."""
    if recipe.task != "fusion" or not network.shared:
        return Answering(trained_network(recipe, network), ("logits",), None)
    head = Head(network).eval()
    return Answering(
        lambda batch: head(*batch.inputs("fusion")),
        ("logits",),
        None,
        lambda feed: encoded(network, feed, 0, runs / "tokens", nullcontext, report),
    )


def predictions(recipe: Recipe, material: Material, side: str, answering: Answering) -> Predictions:
    feed = answering.feed(Feed(material, side, recipe.size, CPU))
    return Predictions.of(material.sides[side], answers(answering.run, feed, answering.names).outputs)


def out_of_fold(recipe: Recipe, data: Path, runs: Path, export: bool, report: Report) -> Predictions:
    """The test sides of all folds as one, each answered by its own fold's network, treated as this one is."""
    parts = []
    for name in recipe.folds:
        fold = read_recipe(name)
        material = Material(fold, data)
        asked = ready(
            fold, material, finished_network(fold, Run(fold, runs), material, report)[0], runs, export, report
        )
        report(f"{name}: test side")
        parts.append(predictions(fold, material, "test", asked))
    return Predictions.joined(parts)


def quantised(exact: Graph, recipe: Recipe, material: Material) -> Graph:
    """The graph in small weights, its biases corrected on some training images."""
    samples = material.thinned("train", CORRECTION_IMAGES)
    batch = next(Feed(samples, "train", recipe.size, CPU).plain(CORRECTION_IMAGES))
    return correct_biases(quantise(exact), exact, network_inputs(recipe, batch))


def example_inputs(recipe: Recipe) -> Mapping[str, torch.Tensor]:
    inputs = {"image": torch.zeros(2, len(recipe.mean), recipe.size, recipe.size)}
    if recipe.task == "fusion":
        inputs["mask"] = torch.zeros(2, 1, recipe.size, recipe.size)
    if recipe.data.metadata:
        inputs["metadata"] = torch.zeros(2, width(SCHEMAS[recipe.data.metadata]))
    return inputs
