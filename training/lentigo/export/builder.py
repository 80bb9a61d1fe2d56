"""Builds the graph that lowering writes."""

from typing import Any

import numpy as np

from lentigo.export.graph import Graph
from lentigo.export.layout import CHANNELS_LAST, Value, natural, same_in_memory
from lentigo.export.trace import UnsupportedOperation, is_batch


class Builder:
    """Writes the graph for the lowerings: adds nodes, and gives values in the order that a node needs."""

    def __init__(self) -> None:
        self.graph = Graph()
        self.module_path = ""

    def input(self, name: str, shape: tuple[int, ...]) -> Value:
        order = CHANNELS_LAST if len(shape) == 4 else natural(len(shape))
        self.graph.inputs[name] = sizes(shape[d] for d in order)
        return Value(name, shape, order)

    def output(self, name: str, value: Value) -> Value:
        # Inputs may be outputs as well, under another name.
        if name in self.graph.inputs or name in self.graph.outputs:
            raise UnsupportedOperation(f'the name "{name}" is taken')
        node = self.tensor(value, natural(value.rank))
        if name in self.graph.nodes or name in self.graph.constants:
            raise UnsupportedOperation(f'the output name "{name}" is also the name of a layer')
        self.graph.add(name, "Identity", [node])
        self.graph.outputs[name] = sizes(value.shape)
        return Value(name, value.shape, natural(value.rank))

    def emit(self, op: str, inputs: list[str], **attributes: Any) -> str:
        """Adds a node with the name of the module that makes the call. Gives its name."""
        return self.graph.add(f"{self.module_path or 'network'}/{op.strip('_')}", op, inputs, **attributes)

    def integers(self, numbers: Any) -> str:
        """An int32 constant: a shape, axes, paddings."""
        return self.graph.add_constant("shape", np.array(numbers, dtype=np.int32))

    def number(self, number: float) -> str:
        return self.graph.add_constant("number", np.array(number, dtype=np.float32))

    def array(self, array: np.ndarray, name: str) -> str:
        """A float32 constant named `name` within the current module."""
        return self.graph.add_constant(f"{self.module_path}/{name}" if self.module_path else name, array)

    def tensor(self, value: Value, order: tuple[int, ...] | None = None) -> str:
        """The name of a tensor that holds `value` in `order` (None: in its own)."""
        order = value.order if order is None else order
        if value.array is not None:
            if not np.issubdtype(value.array.dtype, np.floating):
                raise UnsupportedOperation(
                    f"{value.name} has type {value.array.dtype}, but only floating-point tensors are known"
                )
            return self.graph.add_constant(value.name, value.array.transpose(order))
        if order == value.order:
            return value.name
        if same_in_memory(value.shape, value.order, order):
            return self.reshape(value.name, [value.shape[d] for d in order])
        permutation = [value.order.index(d) for d in order]
        return self.emit("Transpose", [value.name, self.integers(permutation)])

    def reshape(self, name: str, shape: Any) -> str:
        """Reshapes a tensor to `shape`, sizes in the order of the memory."""
        wanted = sizes(shape)
        if wanted.count(-1) > 1:
            raise UnsupportedOperation(
                f"a reshape to {wanted} has more than one size that depends on the batch"
            )
        return self.emit("Reshape", [name, self.integers(wanted)])

    def value(self, name: str, shape: tuple[int, ...], order: tuple[int, ...] | None = None) -> Value:
        return Value(name, tuple(shape), natural(len(shape)) if order is None else order)


def sizes(shape: Any) -> list[int]:
    """A shape for TensorFlow.js: -1 where a size depends on the batch."""
    return [-1 if is_batch(size) else int(size) for size in shape]
