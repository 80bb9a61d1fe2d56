"""Simplifies a graph: convolutions and products absorb padding, factors, offsets, biases and activations.

After lowering, a convolution with batch norm and activation is Conv2D, Mul, AddV2, Relu6, each a node. Here
it becomes a single `_FusedConv2D` whose filter is multiplied by the factor (batch norm: weight /
sqrt(variance + eps)) in float64. A factor or an offset after an activation and before a convolution
(DenseNet) stays a Mul and an AddV2.
"""

from collections import Counter

import numpy as np

from lentigo.export.graph import Graph, Node

FUSED = {
    "Conv2D": "_FusedConv2D",
    "DepthwiseConv2dNative": "FusedDepthwiseConv2dNative",
    "MatMul": "_FusedMatMul",
}
# The activations of the fused kernels of all three back ends (tfjs-core/src/ops/fused_types.ts).
ACTIVATIONS = {"Relu", "Relu6", "Sigmoid", "Elu"}


def fold(graph: Graph) -> Graph:
    """Folds in place, drops unused nodes and constants, and gives the graph."""
    renamed: dict[str, str] = {}
    readers = graph.readers()
    for node in list(graph.nodes.values()):
        node.inputs = [renamed.get(name, name) for name in node.inputs]
        if node.op in ("Conv2D", "DepthwiseConv2dNative"):
            _take_padding(graph, node, readers)
        layer = _layer_before(graph, node, readers)
        if layer is not None and _absorb(graph, layer, node, readers):
            # The layer's output is now the node's, so the node's readers read the layer.
            readers[layer.name] = readers[node.name]
            renamed[node.name] = layer.name
            del graph.nodes[node.name]
    graph.prune()
    return graph


def _layer_before(graph: Graph, node: Node, readers: Counter[str]) -> Node | None:
    """The convolution or product that only `node` reads, if it can still absorb a node; otherwise None."""
    for name in node.inputs:
        layer = graph.nodes.get(name)
        if (
            layer
            and layer.op in (*FUSED, *FUSED.values())
            and readers[name] == 1
            and len(_activations(layer)) == 0
        ):
            return layer if layer.inputs[1] in graph.constants else None
    return None


def _activations(layer: Node) -> list[str]:
    return layer.attributes.get("fused_ops", [])[1:]


def _absorb(graph: Graph, layer: Node, node: Node, readers: Counter[str]) -> bool:
    if node.op in ACTIVATIONS:
        if len(layer.inputs) == 2:
            give_bias(graph, layer, np.zeros(_channels(graph, layer)))
        layer.attributes["fused_ops"] = ["BiasAdd", node.op]
        return True
    if node.op not in ("Mul", "AddV2", "Sub"):
        return False
    numbers = _per_channel(graph, layer, node)
    if numbers is None:
        return False
    bias = graph.constants[layer.inputs[2]].array.astype(np.float64) if len(layer.inputs) > 2 else None
    if node.op == "Mul":
        _scale_filter(graph, layer, numbers, readers)
        if bias is not None:
            give_bias(graph, layer, bias * numbers)
    else:
        offset = -numbers if node.op == "Sub" else numbers
        give_bias(graph, layer, offset if bias is None else bias + offset)
    return True


def _per_channel(graph: Graph, layer: Node, node: Node) -> np.ndarray | None:
    """The constant operand as a number per output channel of `layer`, or None for another shape."""
    position = 1 - node.inputs.index(layer.name)
    constant = graph.constants.get(node.inputs[position])
    if constant is None or (node.op == "Sub" and position == 0):
        return None
    channels = _channels(graph, layer)
    if constant.array.size != 1 and constant.array.shape != (channels,):
        return None
    return np.broadcast_to(constant.array.astype(np.float64).reshape(-1), channels)


def _channels(graph: Graph, layer: Node) -> int:
    shape = graph.constants[layer.inputs[1]].array.shape
    return shape[-1] * shape[-2] if "Depthwise" in layer.op else shape[-1]


def _scale_filter(graph: Graph, layer: Node, factor: np.ndarray, readers: Counter[str]) -> None:
    name = layer.inputs[1]
    weights = graph.constants[name].array
    shape = weights.shape[-2:] if "Depthwise" in layer.op else weights.shape[-1:]
    readers[name] -= 1
    if readers[name] == 0:  # otherwise another layer reads the same filter, and the graph needs both
        del graph.constants[name]
    layer.inputs[1] = graph.add_constant(name, weights * factor.reshape(shape))
    readers[layer.inputs[1]] += 1


def give_bias(graph: Graph, layer: Node, bias: np.ndarray) -> None:
    """Sets the bias [channels] of a convolution or product, and makes it the fused operation."""
    name = layer.inputs[2] if len(layer.inputs) > 2 else f"{layer.inputs[1].removesuffix('/weight')}/bias"
    layer.inputs = [*layer.inputs[:2], graph.add_constant(name, bias)]
    layer.attributes |= {"fused_ops": ["BiasAdd"], "num_args": 1}
    layer.op = FUSED.get(layer.op, layer.op)


def _take_padding(graph: Graph, convolution: Node, readers: Counter[str]) -> None:
    """Zero padding before a convolution that alone reads it becomes the convolution's own padding."""
    pad = graph.nodes.get(convolution.inputs[0])
    if (
        pad is None
        or pad.op != "PadV2"
        or readers[pad.name] != 1
        or graph.constants[pad.inputs[2]].array != 0
    ):
        return
    edges = graph.constants[pad.inputs[1]].array
    if edges.shape != (4, 2) or edges[0].any() or edges[3].any():
        return
    own = np.array(convolution.attributes.get("explicit_paddings", [0] * 8)).reshape(4, 2)
    convolution.inputs[0] = pad.inputs[0]
    convolution.attributes |= {"padding": "EXPLICIT", "explicit_paddings": (own + edges).reshape(-1).tolist()}
