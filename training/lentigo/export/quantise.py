"""How the weights are stored: float16 where it matters, int8 per output channel elsewhere (docs/model-package.md)."""

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


def int8_per_channel(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers from -127 to 127 and the scale of each channel (the last dimension), so that whole * scale ~ weight.

    The scale is the one of eleven between 0.8 and 1 times max|w| / 127 with the least squared error: clipping a few
    outliers costs less than rounding everything more coarsely. Scales are values that float16 holds (unless they are
    too small for it), so that storing them as float16 loses nothing.
    """
    rows = np.ascontiguousarray(weight.astype(np.float32).reshape(-1, weight.shape[-1]).T)
    largest = np.maximum(np.abs(rows).max(1), np.float32(1e-12)) / 127
    halves = (largest * 0.8).min() >= np.finfo(np.float16).smallest_normal and largest.max() < 6e4
    scales, errors = [], []
    for share in np.linspace(0.8, 1, 11, dtype=np.float32):
        scale = (largest * share).astype(np.float16).astype(np.float32) if halves else largest * share
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
    whole, scale = int8_per_channel(graph.constants.pop(name).array)
    layer = name.removesuffix("/weight")
    quantised, scales = graph.unique(f"{layer}/quantised"), graph.unique(f"{layer}/scale")
    graph.constants[quantised] = Constant(whole, "uint8")
    exact = np.array_equal(scale.astype(np.float16).astype(np.float32), scale)
    graph.constants[scales] = Constant(scale, "float16" if exact else "float32")
    # The product takes the name of the weights, so that their readers stay as they are. It runs before all of them.
    graph.nodes = {name: Node(name, "Mul", [quantised, scales]), **graph.nodes}


def _float16(name: str, array: np.ndarray) -> Constant:
    half = array.astype(np.float16)
    if not np.isfinite(half).all():
        raise OverflowError(f"{name} has weights beyond the range of float16 ({np.abs(array).max():.3g})")
    return Constant(half.astype(np.float32), "float16")
