"""A quick score of a network on a split: it chooses the best weights and shows the progress of a run."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from lentigo.data.batches import Batch, BatchLoader
from lentigo.metrics import headline
from lentigo.recipe import Recipe
from lentigo.train.cached_features import Autocast, CachedFeatures

Loader = BatchLoader | CachedFeatures


@torch.no_grad()
def validate(recipe: Recipe, network: nn.Module, loader: Loader, autocast: Autocast) -> dict[str, float]:
    """Figures by name. `score` chooses the weights: the mean of balanced accuracy and macro AUC.

    Of a segmenter it is the mean Dice.
    """
    network.eval()
    if recipe.task == "segmentation":
        dice = torch.cat([_dice(network(batch.image), batch.mask) for batch in _batches(loader, autocast)])
        return {"score": float(dice.mean()), "dice": float(dice.mean())}
    outputs = [network(*batch.inputs(recipe.task)) for batch in _batches(loader, autocast)]
    logits = torch.cat([(o["logits"] if isinstance(o, dict) else o).float() for o in outputs]).cpu()
    figures = headline(loader.split.labels.numpy(), logits.softmax(1).double().numpy())
    balanced, auc = figures["balancedAccuracy"], figures["auc"]
    return {
        "score": (balanced + auc) / 2,
        "accuracy": figures["accuracy"],
        "balanced": balanced,
        "auc": auc,
    }


def _batches(loader: Loader, autocast: Autocast) -> Iterator[Batch]:
    with autocast():
        yield from loader.plain(64)


def _dice(logits: Tensor, masks: Tensor | None) -> Tensor:
    if masks is None:
        raise ValueError("a segmenter is validated on masks")
    predicted, truth = (logits > 0).float(), (masks > 0.5).float()
    overlap = (predicted * truth).sum((1, 2, 3))
    return (2 * overlap + 1e-6) / (predicted.sum((1, 2, 3)) + truth.sum((1, 2, 3)) + 1e-6)
