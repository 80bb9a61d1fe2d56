"""A trained network ready to predict: its logits adjusted and, for a package, exported and quantised."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from lentigo.data.batches import Batch, BatchLoader
from lentigo.data.dataset import Dataset
from lentigo.data.metadata import SCHEMAS, width
from lentigo.evaluation.embedding import fit_embedding
from lentigo.evaluation.logit_adjustment import adjust_logits, choose_logit_adjustment, log_frequency_ratio
from lentigo.evaluation.ood import fit_detector
from lentigo.evaluation.predict import (
    Network,
    PlainLoader,
    exported_network,
    network_inputs,
    predict,
    trained_network,
)
from lentigo.evaluation.predictions import Predictions
from lentigo.export.correct import correct_biases
from lentigo.export.graph import Graph
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.lower import export_graph
from lentigo.export.outputs import ClassifierOutputs, FusionOutputs, OodScore, UnitEmbedding
from lentigo.export.quantise import quantise
from lentigo.networks.classifier import ImageClassifier
from lentigo.networks.fusion import Fusion
from lentigo.recipe import Recipe, read_recipe
from lentigo.train.cached_features import FusionOnFeatures, cached_features
from lentigo.train.init_weights import best_network
from lentigo.train.run import Run

OOD_IMAGES = 2500  # of the training split, to fit the OOD score on
CORRECTION_IMAGES = 48
CPU = torch.device("cpu")
Report = Callable[[str], None]


def _as_it_is(loader: BatchLoader) -> PlainLoader:
    return loader


@dataclass
class Predictor:
    """A network ready to predict.

    outputs: names of what `network` gives. graph: the exported graph, or None for a network of PyTorch.
    prepare: what a loader of images becomes before the network reads it (cached features). embedding: the
    card's description of the graph's output of that name.
    """

    network: Network
    outputs: tuple[str, ...]
    graph: Graph | None = None
    prepare: Callable[[BatchLoader], PlainLoader] = _as_it_is
    embedding: dict[str, Any] | None = None

    def predict(self, loader: BatchLoader) -> dict[str, Tensor]:
        """Every output for every image of a loader without margin."""
        return predict(self.network, self.prepare(loader), self.outputs)


def adjusted_network(recipe: Recipe, run: Run, dataset: Dataset, report: Report) -> tuple[nn.Module, float]:
    """The recipe's network with the run's best weights and adjusted logits, in eval mode; and the adjustment.

    Raises ValueError where the recipe leaves the adjustment to a validation split that is empty.
    """
    network = best_network(recipe, run)
    if recipe.task == "segmentation":
        return network, 0.0
    if not isinstance(network, ImageClassifier | Fusion):
        raise TypeError(f"{recipe.id}: {type(network).__name__} has no logits to adjust")
    log_ratio = log_frequency_ratio(recipe, dataset.splits["train"].labels)
    adjustment = recipe.logit_adjustment
    if adjustment is None:
        predictor = trained_predictor(recipe, network, run.folder.parent, report)
        labels = dataset.splits["validation"].labels
        logits = torch.zeros(0, len(log_ratio))
        if len(labels):
            logits = predictor.predict(BatchLoader(dataset, "validation", recipe.size, CPU))["logits"]
        adjustment = choose_logit_adjustment(logits, labels, log_ratio)
    adjust_logits(network.head, adjustment, log_ratio)
    return network, adjustment


def make_predictor(
    recipe: Recipe, dataset: Dataset, network: nn.Module, runs: Path, export: bool, report: Report
) -> Predictor:
    """The network as PyTorch has it, or (`export`) as an exported graph with all that a package gives."""
    if not export:
        return trained_predictor(recipe, network, runs, report)
    report(
        f"{recipe.id}: features of the training split, for the out-of-distribution score and the embedding"
    )
    some = dataset.subsampled("train", OOD_IMAGES)
    loader = BatchLoader(some, "train", recipe.size, CPU)
    pooled = predict(trained_network(recipe, network), loader, ("pooled",))["pooled"]
    detector = fit_detector(pooled.numpy(), some.splits["train"].labels.numpy())
    ood = OodScore(torch.from_numpy(detector.projection), torch.from_numpy(detector.means))
    outputs = FusionOutputs if recipe.task == "fusion" else ClassifierOutputs
    fitted = fit_embedding(pooled.numpy())
    embedding = UnitEmbedding(torch.from_numpy(fitted.projection), torch.from_numpy(fitted.mean))
    exact = export_graph(outputs(network, ood, embedding), example_inputs(recipe))
    graph = quantised_graph(exact, recipe, some)
    network_of_graph = exported_network(recipe, ExportedNetwork(graph))
    return Predictor(network_of_graph, ("logits", "ood"), graph, embedding=fitted.card())


def trained_predictor(recipe: Recipe, network: nn.Module, runs: Path, report: Report) -> Predictor:
    """The network as PyTorch has it.

    Fusion networks with a shared encoder often differ in their heads alone, so only the head runs here: the
    encoder's features of a split are computed once for all of them.
    """
    if not isinstance(network, Fusion) or not network.shared:
        return Predictor(trained_network(recipe, network), ("logits",))
    head = FusionOnFeatures(network).eval()

    def run(batch: Batch) -> dict[str, Tensor]:
        outputs: dict[str, Tensor] = head(*batch.inputs("fusion"))
        return outputs

    return Predictor(
        run,
        ("logits",),
        prepare=lambda loader: cached_features(network, loader, 0, runs / "tokens", nullcontext, report),
    )


def predict_split(recipe: Recipe, dataset: Dataset, split: str, predictor: Predictor) -> Predictions:
    """The predictions for every image of a split."""
    loader = BatchLoader(dataset, split, recipe.size, CPU)
    return Predictions.of(dataset.splits[split], predictor.predict(loader))


def predict_folds(recipe: Recipe, data: Path, runs: Path, export: bool, report: Report) -> Predictions:
    """The test splits of all folds together, each predicted by the network of its fold."""
    parts = []
    for name in recipe.folds:
        fold = read_recipe(name)
        dataset = Dataset(fold, data)
        network, _ = adjusted_network(fold, Run(fold, runs), dataset, report)
        predictor = make_predictor(fold, dataset, network, runs, export, report)
        report(f"{name}: test split")
        parts.append(predict_split(fold, dataset, "test", predictor))
    return Predictions.joined(parts)


def quantised_graph(exact: Graph, recipe: Recipe, dataset: Dataset) -> Graph:
    """The graph with quantised weights, its biases corrected on some training images."""
    samples = dataset.subsampled("train", CORRECTION_IMAGES)
    batch = next(BatchLoader(samples, "train", recipe.size, CPU).plain(CORRECTION_IMAGES))
    return correct_biases(quantise(exact), exact, network_inputs(recipe, batch))


def example_inputs(recipe: Recipe) -> dict[str, Tensor]:
    """Inputs of the right shapes for tracing, a batch of two."""
    inputs = {"image": torch.zeros(2, len(recipe.mean), recipe.size, recipe.size)}
    if recipe.task == "fusion":
        inputs["mask"] = torch.zeros(2, 1, recipe.size, recipe.size)
    if recipe.data.metadata:
        inputs["metadata"] = torch.zeros(2, width(SCHEMAS[recipe.data.metadata]))
    return inputs
