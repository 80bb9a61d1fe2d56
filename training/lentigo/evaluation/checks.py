"""Checks of a classifier besides its figures: skin tones, shortcuts, and class activation maps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from lentigo.data.batches import BatchLoader
from lentigo.data.dataset import Dataset
from lentigo.data.metadata import SCHEMAS
from lentigo.data.pixels import load_masks
from lentigo.evaluation import shortcuts
from lentigo.evaluation.explanations import inside_shares, likeness, maps_of, measure_maps
from lentigo.evaluation.predict import predict
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.predictor import CPU, Predictor
from lentigo.evaluation.skin_tone import BANDS, UNKNOWN, bands_of
from lentigo.export.outputs import ClassifierOutputs
from lentigo.recipe import Recipe
from lentigo.train.init_weights import build_network

SKIN_TONE = "skinTone"  # column of predictions, field of subgroups
WITH_SKIN = ("derm", "phone")  # sets with photos of skin and lesion masks
MAP_IMAGES = 300  # of the test split
MASK_SIZE = 112

# Data set -> numbers about an image that have nothing to do with the diagnosis, but may go with it.
SHORTCUTS: dict[str, tuple[str, ...]] = {
    "breakhis": ("colour",),
    "acne": ("colour",),
    "phone": ("colour", "missing answers"),
}


def with_skin_tone(dataset: Dataset, split: str, predictions: Predictions) -> Predictions:
    """The predictions with a column of skin tone bands, where the data set shows skin."""
    if dataset.recipe.data.sets[0] not in WITH_SKIN:
        return predictions
    return replace(predictions, columns=predictions.columns | {SKIN_TONE: bands_of(dataset, split)})


def skin_tones(
    dataset: Dataset, splits: Sequence[str] = ("train", "test")
) -> dict[str, dict[str, int]] | None:
    """Images per skin tone band of each split, lightest first; None where the data set shows no skin."""
    if dataset.recipe.data.sets[0] not in WITH_SKIN:
        return None
    order = [*(name for name, _ in BANDS), UNKNOWN]
    counts = {split: Counter(bands_of(dataset, split)) for split in splits}
    return {split: {band: count[band] for band in order if count[band]} for split, count in counts.items()}


def measure_shortcuts(datasets: Sequence[Dataset], test: Predictions) -> list[dict[str, Any]]:
    """A row for each shortcut of the data set, on the images of `test`.

    datasets: the recipe's own, or those of its folds, whose test splits in this order are `test`.
    """
    recipe = datasets[0].recipe
    numbers: dict[str, Callable[[Dataset, str], np.ndarray]] = {
        "colour": _colours,
        "missing answers": _missing,
    }
    rows = []
    for name in SHORTCUTS.get(recipe.data.sets[0], ()):
        parts = [
            shortcuts.shortcut_probabilities(
                numbers[name](dataset, "train"),
                dataset.splits["train"].labels.numpy(),
                numbers[name](dataset, "test"),
                len(recipe.data.classes),
            )
            for dataset in datasets
        ]
        rows.append(shortcuts.measure_shortcut(name, np.concatenate(parts), test.labels, test.groups))
    return rows


def _colours(dataset: Dataset, split: str) -> np.ndarray:
    return shortcuts.colour_numbers(dataset.images(split, shortcuts.SIDE).numpy())


def _missing(dataset: Dataset, split: str) -> np.ndarray:
    rows = [row for _, row in dataset.splits[split].rows]
    names = [field.column for field in SCHEMAS["phone"]]
    return shortcuts.missing_answers({name: [row.columns[name] for row in rows] for name in names})


def measure_explanations(recipe: Recipe, dataset: Dataset, predictor: Predictor) -> dict[str, Any] | None:
    """The card's `results.explanations` of an exported classifier; None without maps or masks."""
    if "cam" not in (predictor.graph.outputs if predictor.graph else ()):
        return None
    if recipe.task != "classification" or recipe.data.sets[0] not in WITH_SKIN:
        return None
    few = dataset.subsampled("test", MAP_IMAGES)
    few = few.subset("test", [i for i, row in enumerate(few.splits["test"].rows) if _has_mask(few, *row)])
    loader = BatchLoader(few, "test", recipe.size, CPU)
    outputs = predict(predictor.network, loader, ("logits", "cam"))
    predicted = outputs["logits"].argmax(1)
    maps = maps_of(outputs["cam"], predicted)
    torch.manual_seed(recipe.seed)
    random = ClassifierOutputs(build_network(recipe)).eval()

    def untrained(batch: Any) -> dict[str, torch.Tensor]:
        extra = {} if batch.metadata is None else {"metadata": batch.metadata}
        outputs: dict[str, torch.Tensor] = random(batch.image, **extra)
        return outputs

    others = maps_of(predict(untrained, loader, ("cam",))["cam"], predicted)
    inside, area = inside_shares(maps, _lesions(few))
    return measure_maps(inside, area, likeness(maps, others), few.splits["test"].groups())


def _has_mask(dataset: Dataset, name: str, row: Any) -> bool:
    try:
        dataset.mask_bytes(name, row)
    except (FileNotFoundError, KeyError):
        return False
    return True


def _lesions(dataset: Dataset) -> torch.Tensor:
    """float [n, 1, h, w] in 0..1: the lesion masks of the test split, fitted as the images are."""
    parts = []
    for name in dataset.recipe.data.sets:
        rows = [row for owner, row in dataset.splits["test"].rows if owner == name]
        if rows:
            masks = {row.image_id: dataset.mask_bytes(name, row) for row in rows}
            parts.append(load_masks(list(masks), masks.__getitem__, MASK_SIZE, dataset.recipe.data.fit))
    return torch.cat(parts).float() / 255
