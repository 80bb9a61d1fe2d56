"""The material of a run: rows of the wanted classes, dealt to three sides, with pixels, masks and metadata on demand."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from lentigo.data import metadata
from lentigo.data.pack import readers
from lentigo.data.pixels import load_images, load_masks
from lentigo.data.splits import read_split
from lentigo.data.tables import TRAIN_ONLY, Row, read_table
from lentigo.recipe import DataChoice, Recipe

SIDES = ("train", "validation", "test")


@dataclass
class Side:
    """One side of a split. labels int64 [n] (-1 for segmentation), metadata float32 [n, width] or None."""

    rows: list[tuple[str, Row]]  # (data set, row)
    labels: Tensor
    metadata: Tensor | None

    def __len__(self) -> int:
        return len(self.rows)

    def ids(self) -> list[str]:
        return [row.image_id for _, row in self.rows]

    def groups(self) -> list[str]:
        return [row.group for _, row in self.rows]


class Material:
    """Everything a recipe trains and is measured on."""

    def __init__(self, recipe: Recipe, data: Path):
        self.recipe, self.data = recipe, Path(data)
        self._readers = {name: readers(self.data, name) for name in recipe.data.sets}
        self.sides = _deal(recipe, self.data)

    def images(self, side: str, size: int) -> Tensor:
        """uint8 [n, 3, size, size] of a side, fitted as the recipe says."""
        return self._load(side, size, 0, load_images)

    def masks(self, side: str, size: int) -> Tensor:
        """uint8 [n, 1, size, size] of a side."""
        return self._load(side, size, 1, load_masks)

    def thinned(self, side: str, count: int) -> Material:
        """The same material with about `count` images on one side, taken evenly over its table."""
        length = len(self.sides[side])
        return self.picked(side, range(0, length, max(1, length // count)))

    def picked(self, side: str, indices: Sequence[int]) -> Material:
        """The same material with just these images on one side, in the side's order."""
        whole, few, indices = self.sides[side], copy.copy(self), sorted(indices)
        facts = whole.metadata[indices] if whole.metadata is not None else None
        few.sides = self.sides | {side: Side([whole.rows[i] for i in indices], whole.labels[indices], facts)}
        return few

    def image_bytes(self, name: str, row: Row) -> bytes:
        """An image of a data set as its file has it."""
        return self._readers[name][0](row.image_id)

    def mask_bytes(self, name: str, row: Row) -> bytes:
        """Its mask."""
        return self._readers[name][1](row.image_id)

    def _load(self, side: str, size: int, which: int, load) -> Tensor:
        rows, parts = self.sides[side].rows, []
        for name in self.recipe.data.sets:  # rows are ordered by set
            ids = [row.image_id for owner, row in rows if owner == name]
            if ids:
                parts.append(load(ids, self._readers[name][which], size, self.recipe.data.fit))
        return torch.cat(parts)


def _deal(recipe: Recipe, data: Path) -> dict[str, Side]:
    choice = recipe.data
    classes = list(choice.classes)
    dealt: dict[str, list[tuple[str, Row, int]]] = {side: [] for side in SIDES}
    for name in choice.sets:
        used = {*choice.sources, *choice.train_sources}
        rows = [row for row in read_table(data, name) if not choice.sources or row.source in used]
        labelled = [(row, _class_of(row, choice)) for row in rows]
        labelled = [
            (row, label) for row, label in labelled if label is not None and _usable(recipe, name, row)
        ]
        side_of = _sides(choice, name, [row for row, _ in labelled], recipe.seed)
        for row, label in labelled:
            side = side_of[row.image_id]
            if side == "train" or row.source not in choice.train_sources:
                dealt[side].append((name, row, classes.index(label) if label else -1))
    schema = metadata.SCHEMAS[choice.metadata] if choice.metadata else None
    sides = {}
    for side, items in dealt.items():
        if choice.one_per_group and side != "train":
            items = _first_of_each_group(items)
        encoded = metadata.encode([row for _, row, _ in items], schema) if schema else None
        sides[side] = Side(
            [(name, row) for name, row, _ in items],
            torch.tensor([label for _, _, label in items], dtype=torch.int64),
            torch.from_numpy(encoded) if encoded is not None else None,
        )
    return sides


def _class_of(row: Row, choice: DataChoice) -> str | None:
    """The class id of a row, "" where the recipe has no classes, None where the row is not used."""
    if not choice.classes:
        return ""
    for class_id, labels in choice.classes.items():
        if row.label in labels or f"{row.source}:{row.label}" in labels:
            return class_id
    return None


def _usable(recipe: Recipe, name: str, row: Row) -> bool:
    """Segmentation needs a mask; 29 phone photos have none."""
    return recipe.task == "classification" or name != "phone" or row.columns["has_mask"] == "1"


def _sides(choice: DataChoice, name: str, rows: list[Row], seed: int) -> dict[str, str]:
    if name in TRAIN_ONLY:
        return {row.image_id: "train" for row in rows}
    if choice.protocol == "grouped":
        return read_split(name)
    if choice.protocol.startswith("fold"):
        # Too few patients for a third side: what is validated on is the training side, and nothing is selected by it.
        return {
            image: "test" if fold == choice.protocol else "train" for image, fold in read_split(name).items()
        }
    if choice.protocol == "all":
        return {row.image_id: "train" for row in rows}
    order = np.random.default_rng(seed).permutation(len(rows))
    ends = np.cumsum(np.array(choice.shares) / sum(choice.shares)) * len(rows)
    return {
        rows[i].image_id: SIDES[int(np.searchsorted(ends, place, side="right"))]
        for place, i in enumerate(order)
    }


def _first_of_each_group(items: list[tuple[str, Row, int]]) -> list[tuple[str, Row, int]]:
    kept: dict[str, tuple[str, Row, int]] = {}
    for item in sorted(items, key=lambda item: item[1].image_id):
        kept.setdefault(item[1].group, item)
    return list(kept.values())
