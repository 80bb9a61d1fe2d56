"""The weights of a network, read back from the package that was exported of it.

A package holds what the network computes, not what it trained with: batch norms are folded into the layers
before them, and large filters are rounded to int8. So a batch norm comes back with a mean of 0, a variance of
1 and the folded offset; `recalibrate_on` gives it the statistics of real images again.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from lentigo.export.graph import Graph
from lentigo.export.interpret import pytorch_filter
from lentigo.export.quantise import WEIGHTED
from lentigo.networks.calibrate import BatchNorm

ROOT = "network/"  # the name that the modules of export/outputs.py give to the network they wrap
LAYERS = (nn.Conv2d, nn.Linear)


@torch.no_grad()
def load_exported(network: nn.Module, graph: Graph, *inputs: Tensor) -> list[str]:
    """Fills `network` with the weights of `graph`, in place, and leaves it in eval mode.

    inputs: any batch that the network takes, an image [n, channels, h, w] first; it shows which batch norm
    follows which layer. Gives the paths of layers whose offset has no place in the network: bias correction
    (export/correct.py) adds a small one to layers that have neither a bias nor a batch norm after them
    (DenseNet). Raises ValueError, with the path, for a layer that the graph lacks or that has another shape.
    """
    layers, norms = _layers(network), _norms(network)
    for norm in norms.values():
        _make_neutral(norm)
    after = _norm_after(network.eval(), inputs)
    filters = _filters(graph)
    without_place = []
    for path, layer in layers.items():
        if path not in filters:
            raise ValueError(f"the package has no weights of {path}: it is of another network")
        weight, bias = filters[path]
        _copy(path, layer.weight, _in_pytorch_order(layer, weight))
        if bias is None:
            continue
        target = layer.bias if layer.bias is not None else getattr(after.get(path), "bias", None)
        if target is None:
            without_place.append(path)
        else:
            _copy(path, target, torch.from_numpy(bias.copy()))
    for path, norm in norms.items():  # those that no layer precedes (DenseNet's)
        name = f"{ROOT}{path.replace('.', '/')}"
        if f"{name}/factor" in graph.constants:
            _copy(path, norm.weight, torch.from_numpy(graph.constants[f"{name}/factor"].array.copy()))
            _copy(path, norm.bias, torch.from_numpy(graph.constants[f"{name}/offset"].array.copy()))
    return without_place


def _layers(network: nn.Module) -> dict[str, nn.Conv2d | nn.Linear]:
    return {path: module for path, module in network.named_modules() if isinstance(module, LAYERS)}


def _norms(network: nn.Module) -> dict[str, BatchNorm]:
    return {path: module for path, module in network.named_modules() if isinstance(module, BatchNorm)}


def _make_neutral(norm: BatchNorm) -> None:
    """Makes a batch norm compute y = x + bias in eval mode, with a bias of 0."""
    if norm.running_mean is None or norm.running_var is None:
        raise ValueError("a batch norm without running statistics is never folded")
    norm.running_mean.zero_()
    norm.running_var.fill_(1)
    norm.weight.fill_((1 + norm.eps) ** 0.5)
    norm.bias.zero_()


def _norm_after(network: nn.Module, inputs: tuple[Tensor, ...]) -> dict[str, BatchNorm]:
    """Path of a layer -> the batch norm that reads its output."""
    made: dict[int, tuple[str, Tensor]] = {}  # the tensor is kept, so that its id is not used again
    found: dict[str, BatchNorm] = {}

    def remember(path: str) -> object:
        def hook(_: nn.Module, __: object, output: Tensor) -> None:
            made[id(output)] = (path, output)

        return hook

    def match(norm: nn.Module, given: tuple[Tensor, ...]) -> None:
        if id(given[0]) in made and isinstance(norm, BatchNorm):
            found[made[id(given[0])][0]] = norm

    hooks = [layer.register_forward_hook(remember(path)) for path, layer in _layers(network).items()]  # type: ignore[arg-type]
    hooks += [norm.register_forward_pre_hook(match) for norm in _norms(network).values()]
    try:
        network(*inputs)
    finally:
        for hook in hooks:
            hook.remove()
    return found


def _filters(graph: Graph) -> dict[str, tuple[np.ndarray, np.ndarray | None]]:
    """Path of a layer -> its filter as TensorFlow.js orders it, and its offset, both decoded."""
    found: dict[str, tuple[np.ndarray, np.ndarray | None]] = {}
    for node in graph.nodes.values():
        name = node.inputs[1] if node.op in WEIGHTED and len(node.inputs) > 1 else ""
        if not name.startswith(ROOT):
            continue
        path = name.removeprefix(ROOT).rsplit("/", 1)[0].replace("/", ".")
        product = graph.nodes.get(name)
        if product is not None:
            whole, scale = (graph.constants[part].array for part in product.inputs)
            weight = whole.astype(np.float32) * scale
        else:
            weight = graph.constants[name].array
        offset = graph.constants[node.inputs[2]].array if len(node.inputs) > 2 else None
        found.setdefault(path, (weight, offset))
    return found


def _in_pytorch_order(layer: nn.Conv2d | nn.Linear, weight: np.ndarray) -> Tensor:
    tensor = torch.from_numpy(weight.copy())
    if isinstance(layer, nn.Linear):
        return tensor.T
    return pytorch_filter(tensor, depthwise=layer.groups > 1)


def _copy(path: str, target: Tensor, values: Tensor) -> None:
    if target.shape != values.shape:
        shapes = f"{tuple(values.shape)} in the package, {tuple(target.shape)} in the network"
        raise ValueError(f"{path}: {shapes}")
    target.copy_(values)
