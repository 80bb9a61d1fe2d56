"""A classifier compared with other runs and other masks, on the same test images."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from lentigo.data.batches import Batch, BatchLoader
from lentigo.evaluation.compare import compare
from lentigo.evaluation.predict import Network, predict
from lentigo.evaluation.predictions import Predictions
from lentigo.networks.ensemble import Ensemble
from lentigo.recipe import Recipe, read_recipe
from lentigo.train.init_weights import best_network
from lentigo.train.run import Run

DILATION = 0.05  # of the image's side: a segmenter that draws too large
PREDICTIONS = "{split}.npz"  # in a run's folder
ChangeMask = Callable[[Batch], Tensor]


def save_predictions(run: Run, validation: Predictions, test: Predictions) -> None:
    """Saves a run's predictions in its folder, for comparisons with other runs and for panels."""
    run.folder.mkdir(parents=True, exist_ok=True)
    for split, predictions in (("validation", validation), ("test", test)):
        predictions.save(run.folder / PREDICTIONS.format(split=split))


@dataclass(frozen=True)
class Comparison:
    """What runs and masks are compared with.

    base: the recipe's own predictions for the test split. members: coarse classes as lists of class indices,
    or None. positive: indices of the positive classes. runs: the folder of all runs.
    """

    recipe: Recipe
    base: Predictions
    members: list[list[int]] | None
    positive: tuple[int, ...]
    runs: Path
    report: Callable[[str], None]

    def with_runs(self) -> list[dict[str, Any]]:
        """A row for each run of `recipe.compare` that was measured. Reports the runs that were not."""
        rows = []
        for name in self.recipe.compare:
            if name == self.recipe.id:
                continue
            path = Run(read_recipe(name), self.runs).folder / PREDICTIONS.format(split="test")
            if path.is_file():
                rows.append(self._row(name, self.base, Predictions.load(path)))
            else:
                self.report(
                    f"{self.recipe.id}: {name} is not compared, because it was not measured here "
                    f"(`lentigo evaluate {name}` does)"
                )
        return rows

    def with_masks(self, network: Network, loader: BatchLoader) -> list[dict[str, Any]]:
        """A row for the same fusion network with predicted, dilated and empty masks each.

        loader: of the test split, or of a part of it. Where the segmenter is not trained, its row is left out
        and that is reported.
        """
        changes: dict[str, ChangeMask] = {"mask: grown": _dilated, "mask: empty": _empty}
        segmenter = _segmenter(self.recipe, self.runs)
        if segmenter is None:
            self.report(f"{self.recipe.id}: there is no trained segmenter; predicted masks are not measured")
        else:
            changes = {"mask: predicted": lambda batch: _predicted(segmenter, batch)} | changes
        base = self.base.subset(loader.split.ids())
        rows = []
        for name, change in changes.items():
            self.report(f"{self.recipe.id}: {name}")
            logits = predict(network, _ChangedMasks(loader, change), ("logits",))["logits"]
            other = Predictions(base.ids, base.labels, base.groups, logits.numpy())
            rows.append(self._row(name, base, other))
        return rows

    def _row(self, name: str, base: Predictions, other: Predictions) -> dict[str, Any]:
        return compare(name, base, other, members=self.members, positive=self.positive)


@dataclass
class _ChangedMasks:
    """A loader whose masks are changed."""

    loader: BatchLoader
    change: ChangeMask

    def plain(self, batch: int) -> Iterator[Batch]:
        for piece in self.loader.plain(batch):
            yield replace(piece, mask=self.change(piece))


def _mask(batch: Batch) -> Tensor:
    if batch.mask is None:
        raise ValueError("only a network that reads masks can be compared with other masks")
    return batch.mask


def _dilated(batch: Batch) -> Tensor:
    mask = _mask(batch)
    radius = max(1, round(mask.shape[-1] * DILATION))
    return F.max_pool2d(mask, 2 * radius + 1, 1, radius)


def _empty(batch: Batch) -> Tensor:
    return torch.zeros_like(_mask(batch))


@torch.no_grad()
def _predicted(segmenter: nn.Module, batch: Batch) -> Tensor:
    logits: Tensor = segmenter(batch.image)
    return (logits > 0).float()


def _segmenter(recipe: Recipe, runs: Path) -> nn.Module | None:
    """The recipe's trained segmenter, for images of the recipe's scale. ValueError for another size."""
    if not recipe.segmenter:
        return None
    parent = read_recipe(recipe.segmenter)
    if parent.size != recipe.size:
        raise ValueError(f"{recipe.id}: the images of its segmenter {parent.id} have another size")
    run = Run(parent, runs)
    if not run.has_best:
        return None
    network, scale = best_network(parent, run), (parent.mean, parent.std)
    return Ensemble([network], [scale], (recipe.mean, recipe.std)).eval()
