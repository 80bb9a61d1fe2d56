"""A quick score of a network on one side, for choosing weights and for watching a run."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from lentigo.data.batches import Feed
from lentigo.evaluation.metrics import headline
from lentigo.recipe import Recipe


@torch.no_grad()
def score(recipe: Recipe, network: nn.Module, feed: Feed, autocast: Callable) -> dict[str, float]:
    """`score` is what weights are chosen by: Dice for segmentation, else the mean of balanced accuracy and macro AUC."""
    network.eval()
    if recipe.task == "segmentation":
        dice = torch.cat([_dice(network(batch.image), batch.mask) for batch in _batches(feed, autocast)])
        return {"score": float(dice.mean()), "dice": float(dice.mean())}
    outputs = [network(*batch.inputs(recipe.task)) for batch in _batches(feed, autocast)]
    logits = torch.cat([(o["logits"] if isinstance(o, dict) else o).float() for o in outputs]).cpu()
    figures = headline(feed.side.labels.numpy(), logits.softmax(1).double().numpy())
    balanced, auc = figures["balancedAccuracy"], figures["auc"]
    return {
        "score": (balanced + auc) / 2,
        "accuracy": figures["accuracy"],
        "balanced": balanced,
        "auc": auc,
    }


def _batches(feed: Feed, autocast: Callable):
    with autocast():
        yield from feed.plain(64)


def _dice(logits: Tensor, masks: Tensor) -> Tensor:
    guess, truth = (logits > 0).float(), (masks > 0.5).float()
    overlap = (guess * truth).sum((1, 2, 3))
    return (2 * overlap + 1e-6) / (guess.sum((1, 2, 3)) + truth.sum((1, 2, 3)) + 1e-6)
