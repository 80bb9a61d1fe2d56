"""Feeds batches of one side of the material to a network: held in memory (or on the GPU), augmented there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from lentigo.data import metadata
from lentigo.data.dataset import Material
from lentigo.recipe import Recipe


@dataclass
class Batch:
    """image float [n, 3, s, s] normalised; mask float [n, 1, s, s] 0..1 or None; facts float [n, width] or None;
    labels int64 [n]."""

    image: Tensor
    mask: Tensor | None
    facts: Tensor | None
    labels: Tensor

    def inputs(self, task: str) -> tuple[Tensor, ...]:
        """What the network's forward takes: image; image and metadata; or image, mask and metadata."""
        if task == "fusion":
            return self.image, self.mask, self.facts
        return (self.image,) if self.facts is None else (self.image, self.facts)


class Feed:
    """One side's pixels at one size."""

    def __init__(self, material: Material, side: str, size: int, device: torch.device, margin: float = 1.0):
        """`margin` > 1 keeps the pixels a little larger than `size`, as source for random crops."""
        recipe = material.recipe
        self.recipe, self.size, self.device = recipe, size, device
        self.side = material.sides[side]
        stored = min(256, round(size * margin))
        self.images = material.images(side, stored).to(device)
        self.masks = material.masks(side, stored).to(device) if recipe.task != "classification" else None
        self.facts = self.side.metadata

    def plain(self, batch: int) -> Iterator[Batch]:
        """Every image once, in order, unaugmented. Needs margin 1."""
        for start in range(0, len(self.side), batch):
            piece = slice(start, start + batch)
            mask = self.masks[piece].float() / 255 if self.masks is not None else None
            facts = self.facts[piece].to(self.device) if self.facts is not None else None
            image = normalise(self.images[piece].float() / 255, self.recipe)
            yield Batch(image, mask, facts, self.side.labels[piece].to(self.device))

    def augmented(self, indices: Tensor, generator: torch.Generator) -> Batch:
        """The images of `indices`, augmented; metadata with some fields set to "unknown"."""
        where = indices.to(self.device)
        masks = self.masks[where] if self.masks is not None else None
        pixels, masks = self.recipe.augment.apply(self.images[where], self.size, generator, masks)
        if masks is not None and self.recipe.task == "fusion":
            masks = misjudge(masks, self.recipe.data.mask_noise, generator)
        facts = None
        if self.facts is not None:
            schema = metadata.SCHEMAS[self.recipe.data.metadata]
            facts = forget(self.facts[indices], schema, self.recipe.data.unknown, generator).to(self.device)
        return Batch(normalise(pixels, self.recipe), masks, facts, self.side.labels[indices].to(self.device))


def normalise(pixels: Tensor, recipe: Recipe) -> Tensor:
    """[n, c, h, w] in 0..1 -> what the network sees: (pixels - mean) / std of the recipe, channels last."""
    mean = torch.tensor(recipe.mean, device=pixels.device).view(1, -1, 1, 1)
    std = torch.tensor(recipe.std, device=pixels.device).view(1, -1, 1, 1)
    return ((pixels - mean) / std).contiguous(memory_format=torch.channels_last)


def forget(
    facts: Tensor, schema: tuple[metadata.Field, ...], share: float, generator: torch.Generator
) -> Tensor:
    """Sets each field of each row to "unknown" with probability `share`; all fields at once in `share` / 3 of the rows."""
    facts, n, offset = facts.clone(), facts.shape[0], 0
    everything = torch.rand(n, generator=generator) < share / 3
    for field in schema:
        rows = (torch.rand(n, generator=generator) < share) | everything
        nothing = F.one_hot(torch.tensor(field.size - 1), field.size).to(facts.dtype)
        facts[rows, offset : offset + field.size] = nothing
        offset += field.size
    return facts


def misjudge(masks: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Errs as a segmenter does in `share` of the masks: one in four is emptied, the others are grown or shrunk by up to
    a tenth of the side. masks float [n, 1, s, s] in 0..1."""
    masks = masks.clone()
    reach = max(1, masks.shape[-1] // 20)
    for index in (torch.rand(len(masks), generator=generator) < share).nonzero().flatten().tolist():
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
