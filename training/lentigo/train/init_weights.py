"""Where a network's weights start, and which of them train."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn

from lentigo.data.batches import Feed
from lentigo.data.dataset import Material
from lentigo.data.weights import default_weights_folder, find
from lentigo.networks.calibrate import recalibrate_batch_norms
from lentigo.networks.freeze import freeze, freeze_all_but_last, thaw
from lentigo.networks.load import load_pretrained, load_state
from lentigo.networks.net2net import grown_state
from lentigo.networks.registry import build
from lentigo.recipe import Recipe, Stage, read_recipe
from lentigo.train.run import Run

CALIBRATION_IMAGES = 384


def start_network(
    network: nn.Module,
    recipe: Recipe,
    material: Material,
    run: Run,
    weights: Path,
    say: Callable[[str], None],
) -> None:
    """Fills in the starting weights that the recipe names. Says what was loaded and what was not."""
    initial = recipe.initial
    if initial.weights:
        path = find(initial.weights, (Path(weights), default_weights_folder()))
        say(
            f"{recipe.id}: {path.name}: {load_pretrained(network, path, partial=initial.partial, drop=initial.drop)}"
        )
    if initial.run:
        parent = read_recipe(initial.run)
        state = Run(parent, run.folder.parent).best()
        if initial.grow:
            state = _grown(recipe, parent, state)
        for part in initial.into or ("",):
            report = load_state(
                network.get_submodule(part), state, partial=initial.partial, drop=initial.drop
            )
            say(f"{recipe.id}: {part or 'all of it'} from {parent.id}: {report}")
    if initial.recalibrate:
        feed = Feed(
            material.thinned("train", CALIBRATION_IMAGES), "train", recipe.stages[0].size, torch.device("cpu")
        )
        batches = [batch.image for batch in feed.plain(64)]
        say(f"{recipe.id}: {recalibrate_batch_norms(network, batches)} batch norms measured anew")


def _grown(recipe: Recipe, parent: Recipe, state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The parent's weights in the recipe's network, or, of a fusion network, in one like its encoder. With the parent's
    head; a head of another size is dropped, and said, when the weights are loaded."""
    name, classes = recipe.network.name.removeprefix("fusion_"), len(parent.data.classes)
    options = recipe.network.options if name == recipe.network.name else parent.network.options
    return grown_state(parent, state, build(name, classes, **options))


def load_teacher(recipe: Recipe, run: Run, device: torch.device) -> nn.Module | None:
    """The finished network that a recipe learns from, frozen. Raises ValueError where its classes differ."""
    if not recipe.loss.teacher:
        return None
    parent = read_recipe(recipe.loss.teacher)
    if list(parent.data.classes) != list(recipe.data.classes):
        raise ValueError(f"{recipe.id}: its teacher {parent.id} has other classes")
    teacher = best_network(parent, Run(parent, run.folder.parent))
    return teacher.to(device, memory_format=torch.channels_last).requires_grad_(False)


def best_network(recipe: Recipe, run: Run) -> nn.Module:
    """The recipe's network with the run's best weights, in evaluation mode. FileNotFoundError before there are any."""
    network = build(recipe.network.name, len(recipe.data.classes) or 1, **recipe.network.options)
    network.load_state_dict(run.best())
    return network.eval()


def freeze_for(stage: Stage, network: nn.Module) -> None:
    """Freezes what the stage says stays as it is, its batch norms' statistics too; everything else trains."""
    thaw(network)
    if stage.last_layers:
        freeze_all_but_last(network, stage.last_layers)
    for name, part in network.named_modules():
        if stage.freeze and f"{name}.".startswith(stage.freeze):
            freeze(part)
