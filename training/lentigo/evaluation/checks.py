"""Checks of a classifier besides its figures: skin tones and shortcuts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from lentigo.data.dataset import Dataset
from lentigo.data.metadata import SCHEMAS
from lentigo.evaluation import shortcuts
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.skin_tone import BANDS, UNKNOWN, bands_of

SKIN_TONE = "skinTone"  # column of predictions, field of subgroups
WITH_SKIN = ("derm", "phone")  # sets with photos of skin

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
