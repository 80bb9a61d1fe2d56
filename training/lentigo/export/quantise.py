"""Stores weights as int8 per output channel, or as float16 for accuracy (docs/model-package.md)."""

from dataclasses import replace

import numpy as np

from lentigo.export.graph import Constant, Graph, Node

WEIGHTED = (
    "Conv2D",
    "_FusedConv2D",
    "DepthwiseConv2dNative",
    "FusedDepthwiseConv2dNative",
    "MatMul",
    "_FusedMatMul",
)
# Smaller tensors stay float32: biases, norms, class means.
MIN_SIZE = 1024


def quantise(graph: Graph, scheme: str = "mixed") -> Graph:
    """A copy of a folded graph with its weights stored by `scheme`.

    "float32" changes nothing. "float16" stores every large tensor as float16. "mixed" stores depthwise
    filters and the first and last layers (with no weighted layer before or after them) as float16, and other
    layers as int8 with a scale per output channel: `<layer>/quantised` times `<layer>/scale`. The constants
    of the copy are exactly what a reader decodes. Raises OverflowError for weights beyond float16.
    """
    if scheme not in ("float32", "float16", "mixed"):
        raise ValueError(f'unknown scheme "{scheme}": float32, float16 or mixed')
    result = replace(graph, nodes=dict(graph.nodes), constants=dict(graph.constants))
    if scheme == "float32":
        return result
    as_int8 = _int8_weights(graph) if scheme == "mixed" else set()
    filters = _filters(graph)
    for name, constant in graph.constants.items():
        large = constant.storage == "float32" and constant.array.ndim > 1 and constant.array.size >= MIN_SIZE
        if name in as_int8:
            _store_int8(result, name)
        elif large or name in filters:
            result.constants[name] = _float16(name, constant.array)
    return result


def int8_per_channel(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers from -127 to 127 and a scale per channel (the last dimension): whole * scale ~ weight.

    The scale is the best, by squared error, of eleven from 0.8 to 1 times max|w| / 127: clipping a few
    outliers costs less than rounding everything more coarsely. Scales are values that float16 holds (unless
    they are too small for it), so that storing them as float16 loses nothing.
    """
    rows = np.ascontiguousarray(weight.astype(np.float32).reshape(-1, weight.shape[-1]).T)
    largest = np.maximum(np.abs(rows).max(1), np.float32(1e-12)) / 127
    halves = (largest * 0.8).min() >= np.finfo(np.float16).smallest_normal and largest.max() < 6e4
    scales, errors = [], []
    for factor in np.linspace(0.8, 1, 11, dtype=np.float32):
        scale = (largest * factor).astype(np.float16).astype(np.float32) if halves else largest * factor
        difference = np.clip(np.rint(rows / scale[:, None]), -127, 127) * scale[:, None] - rows
        scales.append(scale)
        errors.append(np.einsum("cw,cw->c", difference, difference))
    best = np.array(scales)[np.argmin(errors, 0), np.arange(len(rows))]
    whole = np.clip(np.rint(rows / best[:, None]), -127, 127)
    return np.ascontiguousarray(whole.T).reshape(weight.shape), best


def _filters(graph: Graph) -> dict[str, list[Node]]:
    """The weights of convolutions and products, and the layers that read them."""
    layers: dict[str, list[Node]] = {}
    for node in graph.nodes.values():
        if node.op in WEIGHTED and node.inputs[1] in graph.constants:
            layers.setdefault(node.inputs[1], []).append(node)
    return layers


def _int8_weights(graph: Graph) -> set[str]:
    """The filters that are stored as int8: of layers that are neither depthwise nor first nor last."""
    filters = _filters(graph)
    weighted = {node.name for layers in filters.values() for node in layers}
    after: set[str] = set()
    before: set[str] = set()
    for node in graph.nodes.values():
        if any(name in weighted or name in after for name in node.inputs):
            after.add(node.name)
    for node in reversed(graph.nodes.values()):
        if node.name in weighted or node.name in before:
            before.update(node.inputs)
    return {
        name
        for name, layers in filters.items()
        if all("Depthwise" not in node.op and node.name in after and node.name in before for node in layers)
    }


def _store_int8(graph: Graph, name: str) -> None:
    whole, scale = int8_per_channel(graph.constants.pop(name).array)
    layer = name.removesuffix("/weight")
    quantised, scales = graph.unique(f"{layer}/quantised"), graph.unique(f"{layer}/scale")
    graph.constants[quantised] = Constant(whole, "uint8")
    exact = np.array_equal(scale.astype(np.float16).astype(np.float32), scale)
    graph.constants[scales] = Constant(scale, "float16" if exact else "float32")
    # The product has the name of the weights, so that their readers need no change. It runs before all of
    # them.
    graph.nodes = {name: Node(name, "Mul", [quantised, scales]), **graph.nodes}


def _float16(name: str, array: np.ndarray) -> Constant:
    half = array.astype(np.float16)
    if not np.isfinite(half).all():
        raise OverflowError(f"{name} has weights beyond the range of float16 ({np.abs(array).max():.3g})")
    return Constant(half.astype(np.float32), "float16")
