"""Runs a network over one side of the material, unaugmented, exactly as the app will."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from lentigo.data.batches import Batch, Feed
from lentigo.recipe import Recipe

Network = Callable[[Batch], dict[str, Tensor]]


@dataclass
class Answers:
    """Outputs of every image of a side, by name, on the CPU in float32, in the order of the side's rows."""

    outputs: dict[str, Tensor]

    def __getitem__(self, name: str) -> Tensor:
        return self.outputs[name]


@torch.no_grad()
def answers(network: Network, feed: Feed, names: tuple[str, ...], batch: int = 16) -> Answers:
    """The named outputs for each image of the feed (a feed without margin)."""
    kept: dict[str, list[Tensor]] = {name: [] for name in names}
    for piece in feed.plain(batch):
        given = network(piece)
        for name in names:
            kept[name].append(given[name].float().cpu())
    return Answers({name: torch.cat(parts) for name, parts in kept.items()})


def trained_network(recipe: Recipe, module: nn.Module) -> Network:
    """A trained classifier as a Network that gives "logits" and "vector" (the image's pooled features alone)."""
    module.eval()

    def run(batch: Batch) -> dict[str, Tensor]:
        if recipe.task == "segmentation":
            return {"lesion": module(batch.image)}
        if recipe.task == "fusion":
            given = module(*batch.inputs("fusion"))
            return given | {"vector": given["tokens"].mean(1)}
        grid = module.grid(batch.image)
        if batch.facts is None:
            vector = module.vector(grid)
            return {"logits": module.final(vector), "vector": vector}
        vector = module.vector(grid, batch.facts)
        return {"logits": module.final(vector), "vector": vector[:, : grid.shape[1]]}

    return run


def exported_network(recipe: Recipe, module: nn.Module) -> Network:
    """The exported graph (export.interpret.ExportedNetwork) as a Network."""
    return lambda batch: module(**network_inputs(recipe, batch))


def network_inputs(recipe: Recipe, batch: Batch) -> dict[str, Tensor]:
    """A batch under the names of the exported graph's inputs."""
    inputs = {"image": batch.image}
    if recipe.task == "fusion":
        inputs["mask"] = batch.mask
    if batch.facts is not None:
        inputs["metadata"] = batch.facts
    return inputs
