"""How the weights are stored: float16 where it matters, int8 per output channel elsewhere (docs/model-package.md)."""

from dataclasses import replace

import numpy as np
import torch

from lentigo.export.graph import Constant, Graph, Node

WEIGHTED = (
    "Conv2D",
    "_FusedConv2D",
    "DepthwiseConv2dNative",
    "FusedDepthwiseConv2dNative",
    "MatMul",
    "_FusedMatMul",
)
# Tables smaller than this stay float32: biases, norms, class means.
SMALL = 1024


def quantise(graph: Graph, scheme: str = "mixed") -> Graph:
    """A copy of a folded graph with its weights stored by `scheme`.

    "float32" changes nothing; "float16" stores every large table as float16; "mixed" stores depthwise filters and the
    first and last layers (those with no weighted layer before or after them) as float16, and the others as int8 with one
    scale for each output channel: `<layer>/quantised` times `<layer>/scale`.
    The constants of the copy are exactly what a reader decodes. Raises OverflowError for weights beyond float16.
    """
    if scheme not in ("float32", "float16", "mixed"):
        raise ValueError(f'unknown scheme "{scheme}": float32, float16 or mixed')
    result = replace(graph, nodes=dict(graph.nodes), constants=dict(graph.constants))
    if scheme == "float32":
        return result
    as_int8 = _int8_weights(graph) if scheme == "mixed" else set()
    filters = _filters(graph)
    for name, constant in graph.constants.items():
        large = constant.storage == "float32" and constant.array.ndim > 1 and constant.array.size >= SMALL
        if name in as_int8:
            _store_int8(result, name)
        elif large or name in filters:
            result.constants[name] = _float16(name, constant.array)
    return result


def int8_per_channel(weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Whole numbers from -127 to 127 and the scale of each channel (the last dimension), so that whole * scale ~ weight.

    The scale is the one of 21 between 0.8 and 1 times max|w| / 127 with the least squared error: clipping a few outliers
    costs less than rounding everything more coarsely.
    """
    rows = weight.float().reshape(-1, weight.shape[-1])
    largest = rows.abs().amax(0).clamp_min(1e-12) / 127
    best, least = largest, torch.full_like(largest, torch.inf)
    for share in torch.linspace(0.8, 1, 21):
        scale = largest * share
        error = ((rows / scale).round().clamp(-127, 127) * scale - rows).square().sum(0)
        better = error < least
        best, least = torch.where(better, scale, best), torch.where(better, error, least)
    return (rows / best).round().clamp(-127, 127).reshape(weight.shape), best


def _filters(graph: Graph) -> dict[str, list[Node]]:
    """The weights of convolutions and products, and the layers that read them."""
    layers: dict[str, list[Node]] = {}
    for node in graph.nodes.values():
        if node.op in WEIGHTED and node.inputs[1] in graph.constants:
            layers.setdefault(node.inputs[1], []).append(node)
    return layers


def _int8_weights(graph: Graph) -> set[str]:
    """The filters that are stored as int8: of layers neither depthwise nor first nor last."""
    filters = _filters(graph)
    weighted = {node.name for layers in filters.values() for node in layers}
    after_one, before_one = set(), set()
    for node in graph.nodes.values():
        if any(name in weighted or name in after_one for name in node.inputs):
            after_one.add(node.name)
    for node in reversed(graph.nodes.values()):
        if node.name in weighted or node.name in before_one:
            before_one.update(node.inputs)
    return {
        name
        for name, layers in filters.items()
        if all(
            "Depthwise" not in node.op and node.name in after_one and node.name in before_one
            for node in layers
        )
    }


def _store_int8(graph: Graph, name: str) -> None:
    whole, scale = int8_per_channel(torch.from_numpy(graph.constants.pop(name).array))
    layer = name.removesuffix("/weight")
    quantised, scales = graph.unique(f"{layer}/quantised"), graph.unique(f"{layer}/scale")
    graph.constants[quantised] = Constant(whole.numpy(), "uint8")
    graph.constants[scales] = Constant(scale.numpy(), "float32")
    # The product takes the name of the weights, so that their readers stay as they are. It runs before all of them.
    graph.nodes = {name: Node(name, "Mul", [quantised, scales]), **graph.nodes}


def _float16(name: str, array: np.ndarray) -> Constant:
    half = array.astype(np.float16)
    if not np.isfinite(half).all():
        raise OverflowError(f"{name} has weights beyond the range of float16 ({np.abs(array).max():.3g})")
    return Constant(half.astype(np.float32), "float16")
