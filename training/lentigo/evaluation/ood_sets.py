"""Pictures that are not of a model's kind, to judge its out-of-distribution score on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from lentigo.data import metadata
from lentigo.data.batches import Batch, normalise
from lentigo.data.pack import readers
from lentigo.data.pixels import load_images
from lentigo.data.tables import SETS, TRAIN_ONLY, read_table
from lentigo.evaluation.ood import noise_images, synthetic_images
from lentigo.recipe import Recipe

COUNT = 150
NAMES = {"derm": "dermoscopy", "breakhis": "histology", "acne": "acne", "phone": "phone"}


class Strangers:
    """Pictures with no labels, fed like a side; metadata are "unknown"."""

    def __init__(self, recipe: Recipe, images: Tensor):
        self.recipe, self.images = recipe, images

    def plain(self, batch: int) -> Iterator[Batch]:
        schema = metadata.SCHEMAS[self.recipe.data.metadata] if self.recipe.data.metadata else None
        for pixels in self.images.split(batch):
            n = len(pixels)
            facts = torch.from_numpy(metadata.unknown(schema)).expand(n, -1) if schema else None
            masks = torch.zeros(n, 1, *pixels.shape[2:]) if self.recipe.task == "fusion" else None
            image = normalise(pixels.float() / 255, self.recipe)
            yield Batch(image, masks, facts, torch.full((n,), -1))


def strange_pictures(recipe: Recipe, data: Path) -> Iterator[tuple[str, Strangers]]:
    """(name, pictures): 150 of each data set that the recipe does not use, evenly over its table, then drawn ones and
    noise."""
    for name in SETS:
        if name in recipe.data.sets or name in TRAIN_ONLY:
            continue
        rows = read_table(data, name)
        rows = rows[:: max(1, len(rows) // COUNT)][:COUNT]
        images = load_images(
            [row.image_id for row in rows], readers(data, name)[0], recipe.size, recipe.data.fit
        )
        yield NAMES[name], Strangers(recipe, images)
    yield "synthetic", Strangers(recipe, torch.from_numpy(synthetic_images(COUNT, recipe.size)))
    yield "noise", Strangers(recipe, torch.from_numpy(noise_images(COUNT, recipe.size)))
