"""Two checks of the maps that the app shows, on test photos: formulas in explanations.py.

Of data sets without lesion masks (acne) only the second is made: does the map change with the weights?

The app shows the map of the class that its flag is about: of a flagged photo the most probable class that the
flag adds up, of another photo the most probable class of all. A panel shows the sum of its members' maps,
each times its weight over its temperature; a fusion network shows where its two queries look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from lentigo.data.batches import Batch, BatchLoader
from lentigo.data.dataset import Dataset
from lentigo.data.pixels import load_masks
from lentigo.evaluation.as_trained import as_trained
from lentigo.evaluation.explanations import (
    inside_shares,
    likeness,
    maps_of,
    measure_maps,
    measure_randomised,
)
from lentigo.evaluation.panel import join, log_probabilities
from lentigo.evaluation.predict import Network, exported_network, network_inputs, predict
from lentigo.evaluation.predictions import softmax
from lentigo.evaluation.predictor import CPU
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.outputs import ClassifierOutputs
from lentigo.export.read_graph_model import read_graph_model
from lentigo.recipe import Recipe, read_recipe
from lentigo.train.init_weights import build_network

WITH_MASKS = ("derm", "phone")  # sets with lesion masks
MAP_IMAGES = 300  # of the test split
MASK_SIZE = 112
QUERIES = {"metadata": "attention_meta", "mask": "attention_mask"}  # of a fusion network


@dataclass(frozen=True)
class Decision:
    """How a result words an answer: its temperature, and the threshold of its flag (None: it has none)."""

    temperature: float
    positive: tuple[int, ...]
    threshold: float | None

    @staticmethod
    def of(result: Mapping[str, Any]) -> Decision:
        """Of a result file, or of the measured figures that become one, with `classes`."""
        decision = result["decision"] or {}
        positive = tuple(result["classes"].index(name) for name in decision.get("positive", ()))
        return Decision(float(result["calibration"]["temperature"]), positive, decision.get("threshold"))

    def explained(self, logits: Tensor) -> tuple[Tensor, Tensor]:
        """logits [n, k] -> the class whose map is shown, int64 [n], and whether the photo is flagged [n]."""
        probabilities = torch.from_numpy(softmax(logits.double().numpy() / self.temperature))
        top = probabilities.argmax(1)
        if self.threshold is None or not self.positive:
            return top, torch.zeros(len(top), dtype=torch.bool)
        adding = probabilities[:, list(self.positive)]
        flagged = adding.sum(1) >= self.threshold
        return torch.where(flagged, torch.tensor(self.positive)[adding.argmax(1)], top), flagged


def measure_explanations(
    recipe: Recipe, dataset: Dataset, network: Network, outputs: Sequence[str], decision: Decision
) -> dict[str, Any] | None:
    """The card's `results.explanations` of an exported network; None without maps or test images.

    Without masks there is no share inside the lesion, but the check with random weights. outputs: the names
    of what the network gives.
    """
    masks = recipe.data.sets[0] in WITH_MASKS
    few = with_masks(dataset) if masks else dataset.subsampled("test", MAP_IMAGES)
    if not len(few.splits["test"]):
        return None
    loader = BatchLoader(few, "test", recipe.size, CPU)
    if recipe.task == "fusion":
        names = tuple(name for name in QUERIES.values() if name in outputs)
        found, others = (predict(run, loader, names) for run in (network, untrained(recipe)))
        queries = {query: name for query, name in QUERIES.items() if name in names}
        rows = {
            query: _measured(_attention(found[name]), _attention(others[name]), few)
            for query, name in queries.items()
        }
        return {"attention": rows} if rows else None
    if "cam" not in outputs:
        return None
    found = predict(network, loader, ("logits", "cam"))
    return measure_class_maps(found, predict(untrained(recipe), loader, ("cam",))["cam"], decision, few)


def measure_class_maps(
    found: Mapping[str, Tensor], random_maps: Tensor, decision: Decision, few: Dataset
) -> dict[str, Any]:
    """found: logits [n, k] and cam [n, h, w, k]; random_maps: cam of the same network with random weights.

    Gives the figures of all photos and, under `flagged`, those of the flagged ones.
    """
    explained, flagged = decision.explained(found["logits"])
    maps, others = maps_of(found["cam"], explained), maps_of(random_maps, explained)
    whole = _measured(maps, others, few)
    chosen = flagged.nonzero()[:, 0].tolist()
    if not chosen:
        return whole
    return whole | {"flagged": _measured(maps[chosen], others[chosen], few.subset("test", chosen))}


def measure_panel_explanations(
    result: Mapping[str, Any], results: Mapping[str, dict[str, Any]], data: Path, models: Path
) -> dict[str, Any] | None:
    """Of a panel: the figures of its joined maps. None where a member has no map.

    results: the result files by id, which say how the members see their images.
    """
    rows = result["panel"]["members"]
    parts, maps, random_maps, few = [], [], [], None
    for row in rows:
        recipe = as_trained(read_recipe(row["id"]), results[row["id"]])
        graph = read_graph_model(models / row["id"])
        if "cam" not in graph.outputs:
            return None
        few = with_masks(Dataset(recipe, data))
        loader = BatchLoader(few, "test", recipe.size, CPU)
        found = predict(exported_network(recipe, ExportedNetwork(graph)), loader, ("logits", "cam"))
        parts.append(log_probabilities(found["logits"].double().numpy(), row["temperature"]))
        scale = row["weight"] / row["temperature"]
        maps.append(found["cam"] * scale)
        random_maps.append(predict(untrained(recipe), loader, ("cam",))["cam"] * scale)
    weights = np.array([row["weight"] for row in rows])
    logits = torch.from_numpy(join(parts, weights))
    if few is None:
        raise ValueError(f"{result['id']}: a panel without members")
    found = {"logits": logits, "cam": _together(maps)}
    return measure_class_maps(found, _together(random_maps), Decision.of(result), few)


def with_masks(dataset: Dataset) -> Dataset:
    """About MAP_IMAGES test photos, evenly over the table, of those that have a lesion mask."""
    few = dataset.subsampled("test", MAP_IMAGES)
    return few.subset("test", [i for i, row in enumerate(few.splits["test"].rows) if _has_mask(few, *row)])


def untrained(recipe: Recipe) -> Network:
    """The recipe's network with random weights, with the outputs of its package."""
    torch.manual_seed(recipe.seed)
    network = build_network(recipe).eval()
    module: Callable[..., dict[str, Tensor]] = (
        network if recipe.task == "fusion" else ClassifierOutputs(network).eval()
    )

    def run(batch: Batch) -> dict[str, Tensor]:
        return module(**network_inputs(recipe, batch))

    return run


def _measured(maps: Tensor, others: Tensor, few: Dataset) -> dict[str, Any]:
    groups = few.splits["test"].groups()
    if few.recipe.data.sets[0] not in WITH_MASKS:
        return measure_randomised(likeness(maps, others), groups)
    inside, area = inside_shares(maps, _lesions(few))
    return measure_maps(inside, area, likeness(maps, others), groups)


def _attention(weights: Tensor) -> Tensor:
    """[n, heads, 1, t] -> the mean over the heads, on its square grid: [n, h, w]."""
    mean = weights.mean(1)[:, 0]
    side = round(mean.shape[1] ** 0.5)
    return mean.view(-1, side, side)


def _together(maps: Sequence[Tensor]) -> Tensor:
    """The sum of maps [n, h, w, k] on the grid of the finest."""
    size = [max(part.shape[axis] for part in maps) for axis in (1, 2)]
    parts = [
        F.interpolate(part.permute(0, 3, 1, 2), size, mode="bilinear", align_corners=False) for part in maps
    ]
    return torch.stack(parts).sum(0).permute(0, 2, 3, 1)


def _has_mask(dataset: Dataset, name: str, row: Any) -> bool:
    try:
        dataset.mask_bytes(name, row)
    except (FileNotFoundError, KeyError):
        return False
    return True


def _lesions(dataset: Dataset) -> Tensor:
    """float [n, 1, h, w] in 0..1: the lesion masks of the test split, fitted as the images are."""
    parts = []
    for name in dataset.recipe.data.sets:
        rows = [row for owner, row in dataset.splits["test"].rows if owner == name]
        if rows:
            masks = {row.image_id: dataset.mask_bytes(name, row) for row in rows}
            parts.append(load_masks(list(masks), masks.__getitem__, MASK_SIZE, dataset.recipe.data.fit))
    return torch.cat(parts).float() / 255
