"""A finished classifier beside others on the same test images: ablations, and fusion with masks of other quality."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from lentigo.data.batches import Batch, Feed
from lentigo.evaluation.compare import compare
from lentigo.evaluation.predict import Network, answers
from lentigo.evaluation.predictions import Predictions
from lentigo.recipe import Recipe, read_recipe
from lentigo.train.init_weights import best_network
from lentigo.train.run import Run

DILATION = 0.05  # of the image's side, as a segmenter that errs outwards
PREDICTIONS = "test.npz"


def keep_predictions(run: Run, test: Predictions) -> None:
    """Keeps what a run said of its test side beside it, for comparisons with runs to come."""
    test.save(run.folder / PREDICTIONS)


def beside_other_runs(
    recipe: Recipe,
    base: Predictions,
    runs: Path,
    members: list[list[int]] | None,
    positive: tuple[int, ...],
    report: Callable[[str], None],
) -> list[dict]:
    """One row for each run of `recipe.compare` that was measured. Says which were not."""
    rows = []
    for name in recipe.compare:
        if name == recipe.id:
            continue
        path = Run(read_recipe(name), runs).folder / PREDICTIONS
        if not path.is_file():
            report(
                f"{recipe.id}: {name} was not measured here (`lentigo evaluate {name}`), and is not compared"
            )
            continue
        rows.append(compare(name, base, Predictions.load(path), members=members, positive=positive))
    return rows


def with_other_masks(
    recipe: Recipe,
    base: Predictions,
    network: Network,
    feed: Feed,
    runs: Path,
    members: list[list[int]] | None,
    positive: tuple[int, ...],
    report: Callable[[str], None],
) -> list[dict]:
    """The same fusion network, asked with masks that a segmenter drew, grown ones and empty ones, instead of the true
    ones. `feed` is of the test side, or of a part of it. The segmenter's row is left out, and that is said, where it is not
    trained."""
    kinds: dict[str, Callable[[Batch], Tensor]] = {"mask: grown": _grown, "mask: empty": _empty}
    segmenter = _segmenter(recipe, runs)
    if segmenter is None:
        report(f"{recipe.id}: no trained segmenter; predicted masks are not measured")
    else:
        kinds = {"mask: predicted": lambda batch: _predicted(segmenter, batch)} | kinds
    base = base.only(feed.side.ids())
    rows = []
    for name, change in kinds.items():
        report(f"{recipe.id}: {name}")
        logits = answers(network, _Remasked(feed, change), ("logits",))["logits"]
        other = Predictions(base.ids, base.labels, base.groups, logits.numpy())
        rows.append(compare(name, base, other, members=members, positive=positive))
    return rows


@dataclass
class _Remasked:
    """A feed whose masks are changed."""

    feed: Feed
    change: Callable[[Batch], Tensor]

    def plain(self, batch: int) -> Iterator[Batch]:
        for piece in self.feed.plain(batch):
            yield replace(piece, mask=self.change(piece))


def _grown(batch: Batch) -> Tensor:
    radius = max(1, round(batch.mask.shape[-1] * DILATION))
    return F.max_pool2d(batch.mask, 2 * radius + 1, 1, radius)


def _empty(batch: Batch) -> Tensor:
    return torch.zeros_like(batch.mask)


@torch.no_grad()
def _predicted(segmenter: nn.Module, batch: Batch) -> Tensor:
    return (segmenter(batch.image) > 0).float()


def _segmenter(recipe: Recipe, runs: Path) -> nn.Module | None:
    """The trained segmenter that the recipe names. Raises ValueError where it sees photos otherwise than the recipe."""
    if not recipe.segmenter:
        return None
    parent = read_recipe(recipe.segmenter)
    if (parent.mean, parent.std, parent.size) != (recipe.mean, recipe.std, recipe.size):
        raise ValueError(f"{recipe.id}: {parent.id} takes photos of another size or scale")
    run = Run(parent, runs)
    return best_network(parent, run) if run.has_best else None
