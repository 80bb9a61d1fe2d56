"""Batches of a split for a network: the pixels are held in memory (or on the GPU) and augmented there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from lentigo.data.augment import augment
from lentigo.data.dataset import Dataset
from lentigo.data.metadata import SCHEMAS, Field
from lentigo.recipe import Recipe, Task

LARGEST = 256  # pixels of a side; no margin makes images larger than this, to save memory


@dataclass
class Batch:
    """Images, and what belongs to them.

    image: float [n, 3, s, s], normalised. mask: float [n, 1, s, s] in 0..1, or None. metadata: float [n,
    width], or None. labels: int64 [n].
    """

    image: Tensor
    mask: Tensor | None
    metadata: Tensor | None
    labels: Tensor

    def inputs(self, task: Task) -> tuple[Tensor | None, ...]:
        """What a network's forward takes: image; image and metadata; or image, mask and metadata."""
        if task == "fusion":
            return self.image, self.mask, self.metadata
        return (self.image,) if self.metadata is None else (self.image, self.metadata)


class BatchLoader:
    """The pixels of a split at one size."""

    def __init__(
        self, dataset: Dataset, split: str, size: int, device: torch.device, margin: float = 1.0
    ) -> None:
        """`margin` above 1 holds the pixels a little larger than `size`, as the source of random crops."""
        recipe = dataset.recipe
        self.recipe, self.size, self.device = recipe, size, device
        self.split = dataset.splits[split]
        stored = max(size, min(LARGEST, round(size * margin)))
        self.images = dataset.images(split, stored).to(device)
        self.masks = dataset.masks(split, stored).to(device) if recipe.task != "classification" else None
        self.metadata = self.split.metadata

    def plain(self, batch: int) -> Iterator[Batch]:
        """Every image once, in order, not augmented. Needs a margin of 1."""
        for start in range(0, len(self.split), batch):
            piece = slice(start, start + batch)
            mask = self.masks[piece].float() / 255 if self.masks is not None else None
            metadata = self.metadata[piece].to(self.device) if self.metadata is not None else None
            image = normalise(self.images[piece].float() / 255, self.recipe)
            yield Batch(image, mask, metadata, self.split.labels[piece].to(self.device))

    def augmented(self, indices: Tensor, generator: torch.Generator) -> Batch:
        """The images at `indices`, augmented, with some fields of their metadata set to "unknown"."""
        where = indices.to(self.device)
        masks = self.masks[where] if self.masks is not None else None
        pixels, masks = augment(self.recipe.augment, self.images[where], self.size, generator, masks)
        if masks is not None and self.recipe.task == "fusion":
            masks = perturb_masks(masks, self.recipe.data.mask_noise, generator)
        metadata = augmented_metadata(self, indices, generator)
        labels = self.split.labels[indices].to(self.device)
        return Batch(normalise(pixels, self.recipe), masks, metadata, labels)


def augmented_metadata(loader: BatchLoader, indices: Tensor, generator: torch.Generator) -> Tensor | None:
    """The metadata at `indices` after `metadata_dropout`, on the loader's device; None without metadata."""
    choice = loader.recipe.data
    if loader.metadata is None or choice.metadata is None:
        return None
    schema = SCHEMAS[choice.metadata]
    return metadata_dropout(loader.metadata[indices], schema, choice.metadata_dropout, generator).to(
        loader.device
    )


def normalise(pixels: Tensor, recipe: Recipe) -> Tensor:
    """[n, c, h, w] in 0..1 -> what the network sees: (pixels - mean) / std of the recipe, channels last."""
    mean = torch.tensor(recipe.mean, device=pixels.device).view(1, -1, 1, 1)
    std = torch.tensor(recipe.std, device=pixels.device).view(1, -1, 1, 1)
    return ((pixels - mean) / std).contiguous(memory_format=torch.channels_last)


def metadata_dropout(
    metadata: Tensor, schema: tuple[Field, ...], rate: float, generator: torch.Generator
) -> Tensor:
    """Sets each field of each row [n, width] to "unknown" with probability `rate`.

    In a third of `rate` of the rows all fields are set at once.
    """
    metadata, n, offset = metadata.clone(), metadata.shape[0], 0
    everything = torch.rand(n, generator=generator) < rate / 3
    for field in schema:
        rows = (torch.rand(n, generator=generator) < rate) | everything
        unknown = F.one_hot(torch.tensor(field.size - 1), field.size).to(metadata.dtype)
        metadata[rows, offset : offset + field.size] = unknown
        offset += field.size
    return metadata


def perturb_masks(masks: Tensor, rate: float, generator: torch.Generator) -> Tensor:
    """Changes a fraction `rate` of the masks (float [n, 1, s, s] in 0..1), as a segmenter errs.

    One in four of them becomes empty. The others grow or shrink by up to a twentieth of the side.
    """
    masks = masks.clone()
    reach = max(1, masks.shape[-1] // 20)
    for index in (torch.rand(len(masks), generator=generator) < rate).nonzero().flatten().tolist():
        kind = int(torch.randint(4, (1,), generator=generator))
        radius = int(torch.randint(1, reach + 1, (1,), generator=generator))
        mask = masks[index : index + 1]
        if kind == 0:
            masks[index] = 0
        elif kind == 1:
            masks[index] = -F.max_pool2d(-mask, 2 * radius + 1, 1, radius)[0]
        else:
            masks[index] = F.max_pool2d(mask, 2 * radius + 1, 1, radius)[0]
    return masks
