"""Runs an exported graph in PyTorch, with exactly the written weights, for metrics and golden samples."""

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from lentigo.export.graph import Graph, Node

ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "Relu": F.relu, "Relu6": F.relu6, "Sigmoid": torch.sigmoid, "Elu": F.elu,
}  # fmt: skip
ELEMENTWISE: dict[str, Callable[..., Tensor]] = {
    **ACTIVATIONS,
    "Tanh": torch.tanh, "Exp": torch.exp, "Log": torch.log, "Sqrt": torch.sqrt, "Rsqrt": torch.rsqrt,
    "Neg": torch.neg, "Abs": torch.abs, "Square": torch.square, "Erf": torch.erf,
    "Reciprocal": torch.reciprocal, "Identity": lambda x: x,
    "AddV2": torch.add, "Sub": torch.sub, "Mul": torch.mul, "RealDiv": torch.div, "Pow": torch.pow,
    "Maximum": torch.maximum, "Minimum": torch.minimum, "ClipByValue": torch.clamp,
    "Softmax": lambda x: x.softmax(-1), "LogSoftmax": lambda x: x.log_softmax(-1),
}  # fmt: skip
REDUCTIONS: dict[str, Callable[..., Tensor]] = {
    "Mean": torch.mean,
    "Sum": torch.sum,
    "Max": torch.amax,
    "Min": torch.amin,
}


def pytorch_filter(weight: Tensor, *, depthwise: bool) -> Tensor:
    """A convolution's filter [h, w, in, out], or [h, w, channels, multiplier], in PyTorch's order."""
    if depthwise:
        return weight.flatten(2).permute(2, 0, 1).unsqueeze(1)
    return weight.permute(3, 2, 0, 1).contiguous(memory_format=torch.channels_last)


class ExportedNetwork(nn.Module):
    """The exported graph as a module: the graph's inputs by name -> its outputs by name.

    Four-dimensional inputs are [n, c, h, w], as of the module that was exported. Outputs have the graph's
    dimensions. It works on any device (`.to("cuda")`) and within autocast. Raises KeyError for an operation
    that the exporter does not write, and for a missing input that an output needs.
    """

    def __init__(self, graph: Graph) -> None:
        super().__init__()
        self.graph = graph
        self.numbers: dict[str, Any] = {}
        self.buffer_names: dict[str, str] = {}
        for index, (name, constant) in enumerate(graph.constants.items()):
            if constant.storage == "int32":
                self.numbers[name] = constant.array.tolist()
            else:
                self.buffer_names[name] = f"constant_{index}"
                self.register_buffer(self.buffer_names[name], torch.from_numpy(constant.array.copy()))
        self._prepare_filters()
        self._last_read = {name: node.name for node in graph.nodes.values() for name in node.inputs}

    def _prepare_filters(self) -> None:
        """Decodes int8 weights and brings filters into PyTorch's layout, once."""
        self.nodes = []
        for node in self.graph.nodes.values():
            if all(name in self.buffer_names for name in node.inputs) and node.op == "Mul":
                self.buffer_names[node.name] = f"product_{len(self.buffer_names)}"
                product = torch.mul(*(getattr(self, self.buffer_names[name]) for name in node.inputs))
                self.register_buffer(self.buffer_names[node.name], product)
            else:
                self.nodes.append(node)
        for node in self.nodes:
            if "Conv2" in node.op and f"{node.inputs[1]} as filter" not in self.buffer_names:
                weight = getattr(self, self.buffer_names[node.inputs[1]])
                weight = pytorch_filter(weight, depthwise="Depthwise" in node.op)
                position = self.buffer_names[f"{node.inputs[1]} as filter"] = (
                    f"filter_{len(self.buffer_names)}"
                )
                self.register_buffer(position, weight.clone())
        # A constant that is only read as a filter is not held twice.
        read = {
            n
            for node in self.nodes
            for position, n in enumerate(node.inputs)
            if position != 1 or "Conv2" not in node.op
        }
        for name in [
            name for name in self.buffer_names if not name.endswith(" as filter") and name not in read
        ]:
            delattr(self, self.buffer_names.pop(name))

    @torch.no_grad()
    def forward(self, **inputs: Tensor) -> dict[str, Tensor]:
        values = {name: x.permute(0, 2, 3, 1) if x.ndim == 4 else x for name, x in inputs.items()}
        for node in self.nodes:
            if node.name in values:
                continue
            values[node.name] = self._run(node, values)
            for name in node.inputs:
                if self._last_read[name] == node.name and name not in self.graph.outputs:
                    values.pop(name, None)
        return {name: values[name] for name in self.graph.outputs}

    def _run(self, node: Node, values: dict[str, Tensor]) -> Tensor:
        def read(position: int) -> Tensor:
            name = node.inputs[position]
            return values[name] if name in values else getattr(self, self.buffer_names[name])

        def numbers(position: int) -> Any:
            return self.numbers[node.inputs[position]]

        if node.op in ELEMENTWISE:
            return ELEMENTWISE[node.op](*(read(position) for position in range(len(node.inputs))))
        attributes = node.attributes
        if "Conv2" in node.op:
            return self._convolve(node, read)
        if node.op in ("MatMul", "_FusedMatMul", "BatchMatMulV2"):
            left, right = read(0), read(1)
            left = left.mT if attributes.get("transpose_a") or attributes.get("adj_x") else left
            right = right.mT if attributes.get("transpose_b") or attributes.get("adj_y") else right
            return self.activate(
                node, left @ right if len(node.inputs) < 3 else torch.addmm(read(2), left, right)
            )
        if node.op in REDUCTIONS:
            return REDUCTIONS[node.op](read(0), dim=numbers(1), keepdim=attributes["keep_dims"])
        if node.op in ("MaxPool", "AvgPool"):
            pool = F.max_pool2d if node.op == "MaxPool" else F.avg_pool2d
            image = read(0).permute(0, 3, 1, 2)
            return pool(image, attributes["ksize"][1:3], attributes["strides"][1:3]).permute(0, 2, 3, 1)
        return self._move(node, read, numbers)

    def _convolve(self, node: Node, read: Callable[[int], Tensor]) -> Tensor:
        weight = getattr(self, self.buffer_names[f"{node.inputs[1]} as filter"])
        image = read(0).permute(0, 3, 1, 2)
        top, bottom, left, right = node.attributes.get("explicit_paddings", [0] * 8)[2:6]
        if (top, left) != (bottom, right):
            image, top, left = F.pad(image, (left, right, top, bottom)), 0, 0
        result = F.conv2d(
            image,
            weight,
            read(2) if len(node.inputs) > 2 else None,
            node.attributes["strides"][1:3],
            (top, left),
            node.attributes["dilations"][1:3],
            image.shape[1] if "Depthwise" in node.op else 1,
        )
        return self.activate(node, result.permute(0, 2, 3, 1))

    def activate(self, node: Node, result: Tensor) -> Tensor:
        """Applies the activation of a fused convolution or product to its `result` (channels last)."""
        for activation in node.attributes.get("fused_ops", [])[1:]:
            result = ACTIVATIONS[activation](result)
        return result

    def _move(self, node: Node, read: Callable[[int], Tensor], numbers: Callable[[int], Any]) -> Tensor:
        attributes, x = node.attributes, read(0)
        match node.op:
            case "Reshape":
                return x.reshape(numbers(1))
            case "Transpose":
                return x.permute(numbers(1))
            case "ConcatV2":
                axis = numbers(attributes["N"])
                return torch.cat([read(position) for position in range(attributes["N"])], dim=axis)
            case "PadV2":
                return F.pad(
                    x, [size for pair in reversed(numbers(1)) for size in pair], value=float(read(2))
                )
            case "Tile":
                return x.tile(numbers(1))
            case "Slice":
                slices = [
                    slice(b, None if size < 0 else b + size)
                    for b, size in zip(numbers(1), numbers(2), strict=True)
                ]
                return x[tuple(slices)]
            case "StridedSlice":
                whole = [bool(attributes["begin_mask"] >> position & 1) for position in range(x.ndim)]
                steps = zip(whole, numbers(1), numbers(2), numbers(3), strict=True)
                return x[tuple(slice(None) if all_ else slice(b, e, step) for all_, b, e, step in steps)]
            case "LeakyRelu":
                return F.leaky_relu(x, attributes["alpha"])
            case "ResizeNearestNeighbor" | "ResizeBilinear":
                mode = "bilinear" if node.op == "ResizeBilinear" else "nearest"
                corners = attributes["align_corners"] if mode == "bilinear" else None
                mode = "nearest-exact" if mode == "nearest" and attributes["half_pixel_centers"] else mode
                image = x.permute(0, 3, 1, 2)
                return F.interpolate(image, size=numbers(1), mode=mode, align_corners=corners).permute(
                    0, 2, 3, 1
                )
        raise KeyError(f"{node.name}: no way to run {node.op} in PyTorch")
