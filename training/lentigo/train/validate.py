"""A quick score of a network on one side, for choosing weights and for watching a run."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from lentigo.recipe import Recipe
from lentigo.train.feed import Feed


@torch.no_grad()
def score(recipe: Recipe, network: nn.Module, feed: Feed, autocast: Callable) -> dict[str, float]:
    """`score` is what weights are chosen by: Dice for segmentation, else the mean of balanced accuracy and macro AUC."""
    network.eval()
    if recipe.task == "segmentation":
        dice = torch.cat([_dice(network(batch.image), batch.mask) for batch in _batches(feed, autocast)])
        return {"score": float(dice.mean()), "dice": float(dice.mean())}
    outputs = [network(*batch.inputs(recipe.task)) for batch in _batches(feed, autocast)]
    logits = torch.cat([(o["logits"] if isinstance(o, dict) else o).float() for o in outputs]).cpu()
    labels, right = feed.side.labels, logits.argmax(1) == feed.side.labels
    recalls = [float(right[labels == k].float().mean()) for k in labels.unique()]
    aucs = [_auc(logits.softmax(1)[:, k], labels == k) for k in labels.unique().tolist()]
    balanced, auc = sum(recalls) / len(recalls), sum(aucs) / len(aucs)
    return {
        "score": (balanced + auc) / 2,
        "accuracy": float(right.float().mean()),
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


def _auc(scores: Tensor, positive: Tensor) -> float:
    """Area under the ROC curve by ranks (ties by their mean rank)."""
    positives, n = int(positive.sum()), len(scores)
    if positives in (0, n):
        return 0.5
    _, inverse, counts = scores.unique(return_inverse=True, return_counts=True)
    ends = counts.cumsum(0).double()
    ranks = (ends - (counts.double() - 1) / 2)[inverse]
    return float((ranks[positive].sum() - positives * (positives + 1) / 2) / (positives * (n - positives)))
