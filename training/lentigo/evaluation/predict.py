"""Runs a network over a split without augmentation, exactly as the app will."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import torch
from torch import Tensor, nn

from lentigo.data.batches import Batch
from lentigo.networks.classifier import ImageClassifier
from lentigo.recipe import Recipe

Network = Callable[[Batch], dict[str, Tensor]]


class PlainLoader(Protocol):
    """Whatever gives every image once, in order, not augmented."""

    def plain(self, batch: int) -> Iterator[Batch]: ...


@torch.no_grad()
def predict(
    network: Network, loader: PlainLoader, names: tuple[str, ...], batch: int = 16
) -> dict[str, Tensor]:
    """The named outputs for every image of the loader, in its order, on the CPU in float32."""
    outputs: dict[str, list[Tensor]] = {name: [] for name in names}
    for piece in loader.plain(batch):
        given = network(piece)
        for name in names:
            outputs[name].append(given[name].float().cpu())
    return {name: torch.cat(parts) for name, parts in outputs.items()}


def trained_network(recipe: Recipe, module: nn.Module) -> Network:
    """A network of PyTorch as a Network.

    A classifier gives "logits" and "pooled" (the image's pooled features alone), a segmenter "lesion".
    """
    module.eval()

    def run(batch: Batch) -> dict[str, Tensor]:
        if recipe.task == "segmentation":
            return {"lesion": module(batch.image)}
        if recipe.task == "fusion":
            outputs: dict[str, Tensor] = module(*batch.inputs("fusion"))
            return outputs | {"pooled": outputs["tokens"].mean(1)}
        if not isinstance(module, ImageClassifier):
            raise TypeError(f"{recipe.id}: {type(module).__name__} is no image classifier")
        feature_map = module.feature_map(batch.image)
        extra = () if batch.metadata is None else (batch.metadata,)
        pooled = module.pooled(feature_map, *extra)
        # Without metadata everything is the image's; with metadata the image's features come first.
        own = pooled[:, : feature_map.shape[1]] if extra else pooled
        return {"logits": module.head(pooled), "pooled": own}

    return run


def exported_network(recipe: Recipe, module: Callable[..., dict[str, Tensor]]) -> Network:
    """An exported graph (export.interpret.ExportedNetwork) as a Network."""
    return lambda batch: module(**network_inputs(recipe, batch))


def network_inputs(recipe: Recipe, batch: Batch) -> dict[str, Tensor]:
    """A batch under the names of the exported graph's inputs."""
    inputs = {"image": batch.image}
    if recipe.task == "fusion" and batch.mask is not None:
        inputs["mask"] = batch.mask
    if batch.metadata is not None:
        inputs["metadata"] = batch.metadata
    return inputs
