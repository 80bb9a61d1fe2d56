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
from lentigo.networks.ensemble import Ensemble
from lentigo.networks.freeze import freeze, freeze_all_but_last, unfreeze
from lentigo.networks.load import load_state, read_state
from lentigo.networks.net2net import net2net_state, net2net_widen
from lentigo.networks.registry import build
from lentigo.recipe import Recipe, Stage, read_recipe
from lentigo.train.run import Run

CALIBRATION_IMAGES = 384
IMAGENET_CLASSES = 1000


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
        state = read_state(path)
        if initial.network:
            state = _widened_from_file(recipe, initial.network, state)
        _load(network, recipe, state, path.name, report)
    if initial.run:
        parent = read_recipe(initial.run)
        state = Run(parent, run.folder.parent).best()
        if initial.net2net:
            state = _widened(recipe, parent, state)
        _load(network, recipe, state, parent.id, report)
    if initial.recalibrate:
        some = dataset.subsampled("train", CALIBRATION_IMAGES)
        loader = BatchLoader(some, "train", recipe.stages[0].size, torch.device("cpu"))
        count = recalibrate_batch_norms(network, [batch.image for batch in loader.plain(64)])
        report(f"{recipe.id}: statistics of {count} batch norms measured")


def _load(
    network: nn.Module, recipe: Recipe, state: dict[str, Tensor], source: str, report: Callable[[str], None]
) -> None:
    initial = recipe.initial
    for name in initial.into or ("",):
        part = network.get_submodule(name)
        loaded = load_state(part, state, partial=initial.partial, drop=initial.drop)
        report(f"{recipe.id}: {name or 'the whole network'} from {source}: {loaded}")


def _widened_from_file(recipe: Recipe, name: str, state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weights of the published network `name`, widened and deepened to the recipe's network."""
    source = build(name, IMAGENET_CLASSES)
    load_state(source, state)
    target = build(recipe.network.name.removeprefix("fusion_"), IMAGENET_CLASSES)
    net2net_widen(source, target, seed=recipe.seed)
    return target.state_dict()


def _widened(recipe: Recipe, parent: Recipe, state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The parent's weights in the recipe's network, or in a classifier like the encoder of a fusion network.

    They include the parent's head. A head of another size is dropped and reported when the weights are
    loaded.
    """
    name, classes = recipe.network.name.removeprefix("fusion_"), len(parent.data.classes)
    options = recipe.network.options if name == recipe.network.name else parent.network.options
    return net2net_state(parent, state, build(name, classes, **options))


def load_teachers(recipe: Recipe, run: Run, device: torch.device) -> nn.Module | None:
    """The trained networks that a recipe learns from, frozen. Raises ValueError where classes differ."""
    if not recipe.loss.teachers:
        return None
    parents = [read_recipe(name) for name in recipe.loss.teachers]
    for parent in parents:
        if list(parent.data.classes) != list(recipe.data.classes):
            raise ValueError(f"{recipe.id}: its teacher {parent.id} has other classes")
    networks = [best_network(parent, Run(parent, run.folder.parent)) for parent in parents]
    scales = [(parent.mean, parent.std) for parent in parents]
    ensemble = Ensemble(networks, scales, (recipe.mean, recipe.std))
    return channels_last(ensemble, device).requires_grad_(False).eval()


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
