"""The initial weights of a network, and which of its weights train."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn

from lentigo.data.batches import BatchLoader
from lentigo.data.dataset import Dataset
from lentigo.data.weights import default_weights_folder, find
from lentigo.networks.calibrate import recalibrate_batch_norms
from lentigo.networks.classifier import channels_last
from lentigo.networks.freeze import freeze, freeze_all_but_last, unfreeze
from lentigo.networks.load import load_pretrained, load_state
from lentigo.networks.net2net import net2net_state
from lentigo.networks.registry import build
from lentigo.recipe import Recipe, Stage, read_recipe
from lentigo.train.run import Run

CALIBRATION_IMAGES = 384


def init_weights(
    network: nn.Module,
    recipe: Recipe,
    dataset: Dataset,
    run: Run,
    weights: Path,
    report: Callable[[str], None],
) -> None:
    """Loads the initial weights that the recipe names. Reports what was loaded and what was not."""
    initial = recipe.initial
    if initial.weights:
        path = find(initial.weights, (Path(weights), default_weights_folder()))
        loaded = load_pretrained(network, path, partial=initial.partial, drop=initial.drop)
        report(f"{recipe.id}: {path.name}: {loaded}")
    if initial.run:
        parent = read_recipe(initial.run)
        state = Run(parent, run.folder.parent).best()
        if initial.net2net:
            state = _widened(recipe, parent, state)
        for name in initial.into or ("",):
            part = network.get_submodule(name)
            loaded = load_state(part, state, partial=initial.partial, drop=initial.drop)
            report(f"{recipe.id}: {name or 'the whole network'} from {parent.id}: {loaded}")
    if initial.recalibrate:
        some = dataset.subsampled("train", CALIBRATION_IMAGES)
        loader = BatchLoader(some, "train", recipe.stages[0].size, torch.device("cpu"))
        count = recalibrate_batch_norms(network, [batch.image for batch in loader.plain(64)])
        report(f"{recipe.id}: statistics of {count} batch norms measured")


def _widened(recipe: Recipe, parent: Recipe, state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The parent's weights in the recipe's network, or in a classifier like the encoder of a fusion network.

    They include the parent's head. A head of another size is dropped and reported when the weights are
    loaded.
    """
    name, classes = recipe.network.name.removeprefix("fusion_"), len(parent.data.classes)
    options = recipe.network.options if name == recipe.network.name else parent.network.options
    return net2net_state(parent, state, build(name, classes, **options))


def load_teacher(recipe: Recipe, run: Run, device: torch.device) -> nn.Module | None:
    """The trained network that a recipe learns from, frozen. Raises ValueError where its classes differ."""
    if not recipe.loss.teacher:
        return None
    parent = read_recipe(recipe.loss.teacher)
    if list(parent.data.classes) != list(recipe.data.classes):
        raise ValueError(f"{recipe.id}: its teacher {parent.id} has other classes")
    teacher = best_network(parent, Run(parent, run.folder.parent))
    return channels_last(teacher, device).requires_grad_(False)


def build_network(recipe: Recipe) -> nn.Module:
    """The recipe's network with random weights."""
    return build(recipe.network.name, len(recipe.data.classes) or 1, **recipe.network.options)


def best_network(recipe: Recipe, run: Run) -> nn.Module:
    """The recipe's network with the run's best weights, in eval mode. FileNotFoundError without weights."""
    network = build_network(recipe)
    network.load_state_dict(run.best())
    return network.eval()


def freeze_for(stage: Stage, network: nn.Module) -> None:
    """Freezes the parts that the stage names, batch norms included. Everything else trains."""
    unfreeze(network)
    if stage.last_layers:
        freeze_all_but_last(network, stage.last_layers)
    for name, part in network.named_modules():
        if stage.freeze and f"{name}.".startswith(stage.freeze):
            freeze(part)
