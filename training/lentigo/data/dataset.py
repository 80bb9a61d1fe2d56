"""The dataset of a recipe: rows of its classes in three splits, with pixels, masks and metadata on demand."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from lentigo.data.metadata import SCHEMAS, encode
from lentigo.data.pixels import ReadImage, load_images, load_masks
from lentigo.data.shards import readers
from lentigo.data.splits import read_split
from lentigo.data.tables import TRAIN_ONLY, Row, read_table
from lentigo.recipe import DataChoice, Fit, Recipe
from lentigo.seeds import numpy_generator

SPLITS = ("train", "validation", "test")
Load = Callable[[Sequence[str], ReadImage, int, Fit], Tensor]


@dataclass
class Split:
    """The rows of one split, ordered by data set.

    rows: (data set, row) of each image. labels: int64 [n], -1 for segmentation. metadata: float32 [n, width],
    or None.
    """

    rows: list[tuple[str, Row]]
    labels: Tensor
    metadata: Tensor | None

    def __len__(self) -> int:
        return len(self.rows)

    def ids(self) -> list[str]:
        return [row.image_id for _, row in self.rows]

    def groups(self) -> list[str]:
        return [row.group for _, row in self.rows]


class Dataset:
    """Everything that a recipe trains on and is measured on. `splits`: train, validation and test."""

    def __init__(self, recipe: Recipe, data: Path) -> None:
        self.recipe, self.data = recipe, Path(data)
        self._readers = {name: readers(self.data, name) for name in recipe.data.sets}
        self.splits = _make_splits(recipe, self.data)

    def images(self, split: str, size: int) -> Tensor:
        """uint8 [n, 3, size, size] of a split, fitted to the square as the recipe says."""
        return self._load(split, size, 0, load_images)

    def masks(self, split: str, size: int) -> Tensor:
        """uint8 [n, 1, size, size] of a split."""
        return self._load(split, size, 1, load_masks)

    def subsampled(self, split: str, count: int) -> Dataset:
        """The same dataset with about `count` images in one split, taken evenly over its table."""
        length = len(self.splits[split])
        return self.subset(split, range(0, length, max(1, length // count)))

    def subset(self, split: str, indices: Sequence[int]) -> Dataset:
        """The same dataset with just these images in one split, in the split's order."""
        whole, smaller, chosen = self.splits[split], copy.copy(self), sorted(indices)
        metadata = whole.metadata[chosen] if whole.metadata is not None else None
        part = Split([whole.rows[i] for i in chosen], whole.labels[chosen], metadata)
        smaller.splits = self.splits | {split: part}
        return smaller

    def image_bytes(self, name: str, row: Row) -> bytes:
        """The file of an image of the data set `name`."""
        return self._readers[name][0](row.image_id)

    def mask_bytes(self, name: str, row: Row) -> bytes:
        """The file of its mask."""
        return self._readers[name][1](row.image_id)

    def _load(self, split: str, size: int, which: int, load: Load) -> Tensor:
        rows, parts = self.splits[split].rows, []
        for name in self.recipe.data.sets:
            ids = [row.image_id for owner, row in rows if owner == name]
            if ids:
                parts.append(load(ids, self._readers[name][which], size, self.recipe.data.fit))
        return torch.cat(parts)


@dataclass(frozen=True)
class _Item:
    """A row of a data set, and the index of its class (-1: no class)."""

    data_set: str
    row: Row
    label: int


def _make_splits(recipe: Recipe, data: Path) -> dict[str, Split]:
    choice = recipe.data
    items: dict[str, list[_Item]] = {split: [] for split in SPLITS}
    sources = {*choice.sources, *choice.train_sources}
    for name in choice.sets:
        labelled = [
            _Item(name, row, label)
            for row in read_table(data, name)
            if (not choice.sources or row.source in sources)
            and (label := _label(row, choice)) is not None
            and _has_mask_if_needed(recipe, name, row)
        ]
        split_of = _split_of(choice, name, [item.row for item in labelled], recipe.seed)
        for item in labelled:
            split = split_of[item.row.image_id]
            if split == "train" or item.row.source not in choice.train_sources:
                items[split].append(item)
    if choice.one_per_group:
        items |= {split: _first_of_each_group(items[split]) for split in ("validation", "test")}
    return {split: _split(choice, items[split]) for split in SPLITS}


def _split(choice: DataChoice, items: list[_Item]) -> Split:
    schema = SCHEMAS[choice.metadata] if choice.metadata else None
    encoded = encode([item.row for item in items], schema) if schema else None
    return Split(
        [(item.data_set, item.row) for item in items],
        torch.tensor([item.label for item in items], dtype=torch.int64),
        torch.from_numpy(encoded) if encoded is not None else None,
    )


def _label(row: Row, choice: DataChoice) -> int | None:
    """The index of a row's class, -1 where the recipe has no classes, None where the row is not used."""
    if not choice.classes:
        return -1
    for index, labels in enumerate(choice.classes.values()):
        if row.label in labels or f"{row.source}:{row.label}" in labels:
            return index
    return None


def _has_mask_if_needed(recipe: Recipe, name: str, row: Row) -> bool:
    """Segmentation needs a mask; 29 phone photos have none."""
    return recipe.task == "classification" or name != "phone" or row.columns["has_mask"] == "1"


def _split_of(choice: DataChoice, name: str, rows: list[Row], seed: int) -> dict[str, str]:
    """image id -> split, by the recipe's protocol."""
    if name in TRAIN_ONLY or choice.protocol == "all":
        return {row.image_id: "train" for row in rows}
    if choice.protocol == "grouped":
        return read_split(name)
    if choice.protocol.startswith("fold"):
        # There are too few patients for a third split. Validation uses the training split, and selects
        # nothing.
        folds = read_split(name)
        return {image: "test" if fold == choice.protocol else "train" for image, fold in folds.items()}
    order = numpy_generator(seed).permutation(len(rows))
    ends = np.cumsum(np.array(choice.fractions) / sum(choice.fractions)) * len(rows)
    return {
        rows[i].image_id: SPLITS[int(np.searchsorted(ends, place, side="right"))]
        for place, i in enumerate(order)
    }


def _first_of_each_group(items: list[_Item]) -> list[_Item]:
    first: dict[str, _Item] = {}
    for item in sorted(items, key=lambda item: item.row.image_id):
        first.setdefault(item.row.group, item)
    return list(first.values())
