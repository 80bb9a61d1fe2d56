"""Images that are not of a model's kind, to measure its out-of-distribution score on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from lentigo.data.batches import Batch, normalise
from lentigo.data.metadata import SCHEMAS, unknown
from lentigo.data.pixels import load_images
from lentigo.data.shards import readers
from lentigo.data.tables import SETS, TRAIN_ONLY, read_table
from lentigo.evaluation.ood_images import noise_images, synthetic_images
from lentigo.recipe import Recipe

COUNT = 150
NAMES = {"derm": "dermoscopy", "breakhis": "histology", "acne": "acne", "phone": "phone"}


class OodSet:
    """Images uint8 [n, 3, s, s] without labels, loaded like a split. Their metadata are "unknown"."""

    def __init__(self, recipe: Recipe, images: Tensor) -> None:
        self.recipe, self.images = recipe, images

    def plain(self, batch: int) -> Iterator[Batch]:
        """Every image once, in order."""
        schema = SCHEMAS[self.recipe.data.metadata] if self.recipe.data.metadata else None
        for pixels in self.images.split(batch):
            n = len(pixels)
            metadata = torch.from_numpy(unknown(schema)).expand(n, -1) if schema else None
            masks = torch.zeros(n, 1, *pixels.shape[2:]) if self.recipe.task == "fusion" else None
            image = normalise(pixels.float() / 255, self.recipe)
            yield Batch(image, masks, metadata, torch.full((n,), -1))


def ood_sets(recipe: Recipe, data: Path) -> Iterator[tuple[str, OodSet]]:
    """(name, images): 150 images of each data set that the recipe does not use, drawn patterns, and noise.

    The images of a data set are taken evenly over its table.
    """
    for name in SETS:
        if name in recipe.data.sets or name in TRAIN_ONLY:
            continue
        rows = read_table(data, name)
        rows = rows[:: max(1, len(rows) // COUNT)][:COUNT]
        ids, (read_image, _) = [row.image_id for row in rows], readers(data, name)
        yield NAMES[name], OodSet(recipe, load_images(ids, read_image, recipe.size, recipe.data.fit))
    yield "synthetic", OodSet(recipe, torch.from_numpy(synthetic_images(COUNT, recipe.size)))
    yield "noise", OodSet(recipe, torch.from_numpy(noise_images(COUNT, recipe.size)))
