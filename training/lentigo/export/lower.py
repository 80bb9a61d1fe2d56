"""ATen calls -> TensorFlow nodes: walks the trace and asks the registry for each operation's lowering."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from torch import Tensor, nn
from torch.utils import _pytree as pytree

from lentigo.export.fold import fold
from lentigo.export.graph import Graph
from lentigo.export.layout import CHANNELS_LAST, Value, natural, same_in_memory
from lentigo.export.registry import LOWERINGS, load_operations
from lentigo.export.trace import Call, Parameter, Reference, Trace, UnsupportedOperation, is_batch, trace


def export_graph(module: nn.Module, inputs: Mapping[str, Tensor]) -> Graph:
    """The folded float32 graph of `module`, whose forward takes `inputs` by name and gives a dictionary of tensors.

    Four-dimensional inputs are [n, c, h, w] in PyTorch and [n, h, w, c] in the graph; outputs have the same dimensions in
    both (a module that wants [n, h, w, c] out permutes; that costs nothing). Examples need a batch of at least two.
    Raises UnsupportedOperation, naming the operation and the module it stands in.
    """
    return fold(lower(trace(module, inputs)))


def lower(traced: Trace) -> Graph:
    """The graph before anything is folded."""
    load_operations()
    build = Builder()
    values: dict[str, Value] = {}
    wanted: dict[str, list[str]] = {}
    for output, reference in traced.outputs.items():
        wanted.setdefault(reference.name, []).append(output)

    def store(name: str, value: Value) -> None:
        # An output is an Identity in PyTorch's order, and whatever comes later reads that Identity.
        for output in reversed(wanted.get(name, [])):
            value = build.output(output, value)
        values[name] = value

    for name, shape in traced.inputs.items():
        store(name, build.input(name, shape))
    for call in traced.calls:
        result = _lower_call(build, call, values)
        # Of several results (a norm's mean and variance) a lowering may give the first alone.
        for name, value in zip(call.results, result if isinstance(result, list) else [result], strict=False):
            store(name, value)
    missing = traced.outputs.keys() - build.graph.outputs.keys()
    if missing:
        raise UnsupportedOperation(f"no result for output {', '.join(sorted(missing))}")
    build.graph.outputs = {name: build.graph.outputs[name] for name in traced.outputs}
    return build.graph


def _lower_call(build: "Builder", call: Call, values: Mapping[str, Value]) -> Value | list[Value]:
    lowering = LOWERINGS.get(call.operation.removeprefix("aten.").split(".")[0])
    where = (
        f'{call.operation} in "{call.module or "the outermost module"}" ({call.source or "no source line"})'
    )
    if lowering is None:
        raise UnsupportedOperation(f"the exporter does not know {where}")

    def resolve(leaf: Any) -> Any:
        if isinstance(leaf, Reference):
            if leaf.name not in values:
                raise UnsupportedOperation(f"{where} reads a result that no lowering gives ({leaf.name})")
            return values[leaf.name]
        if isinstance(leaf, Parameter):
            array = leaf.tensor.numpy()
            return Value(leaf.name, array.shape, natural(array.ndim), array)
        return leaf

    build.place = call.module.replace(".", "/")
    arguments = pytree.tree_map(resolve, call.arguments)
    if "self" in arguments:
        arguments["input"] = arguments.pop("self")
    try:
        return lowering(build, call.shapes if len(call.shapes) > 1 else call.shapes[0], **arguments)
    except UnsupportedOperation as reason:
        raise UnsupportedOperation(f"{where}: {reason}") from None


class Builder:
    """What a lowering writes with: emits nodes, and hands out values in the order that a node needs."""

    def __init__(self) -> None:
        self.graph = Graph()
        self.place = ""

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
            raise UnsupportedOperation(f'the output name "{name}" is the name of a layer, too')
        self.graph.add(name, "Identity", [node])
        self.graph.outputs[name] = sizes(value.shape)
        return Value(name, value.shape, natural(value.rank))

    def emit(self, op: str, inputs: list[str], **attributes: Any) -> str:
        """Adds a node named after the module in which the call stands; gives its name."""
        return self.graph.add(f"{self.place or 'network'}/{op.strip('_')}", op, inputs, **attributes)

    def integers(self, numbers: Any) -> str:
        """An int32 constant: a shape, axes, paddings."""
        return self.graph.add_constant("shape", np.array(numbers, dtype=np.int32))

    def number(self, number: float) -> str:
        return self.graph.add_constant("number", np.array(number, dtype=np.float32))

    def array(self, array: np.ndarray, name: str) -> str:
        """A float32 constant named `name` within the current module."""
        return self.graph.add_constant(f"{self.place}/{name}" if self.place else name, array)

    def tensor(self, value: Value, order: tuple[int, ...] | None = None) -> str:
        """The name of a tensor that holds `value` in `order` (in the one it has where none is given)."""
        order = value.order if order is None else order
        if value.array is not None:
            if not np.issubdtype(value.array.dtype, np.floating):
                raise UnsupportedOperation(
                    f"{value.name} has type {value.array.dtype}; only floating-point tensors are known"
                )
            return self.graph.add_constant(value.name, value.array.transpose(order))
        if order == value.order:
            return value.name
        if same_in_memory(value.shape, value.order, order):
            return self.reshape(value.name, [value.shape[d] for d in order])
        permutation = [value.order.index(d) for d in order]
        return self.emit("Transpose", [value.name, self.integers(permutation)])

    def reshape(self, name: str, shape: Any) -> str:
        """Reshapes a tensor to `shape`, sizes in the order in which they lie."""
        wanted = sizes(shape)
        if wanted.count(-1) > 1:
            raise UnsupportedOperation(
                f"a reshape to {wanted} has more than one size that depends on the batch"
            )
        return self.emit("Reshape", [name, self.integers(wanted)])

    def value(self, name: str, shape: tuple[int, ...], order: tuple[int, ...] | None = None) -> Value:
        return Value(name, tuple(shape), natural(len(shape)) if order is None else order)


def sizes(shape: Any) -> list[int]:
    """A shape as TensorFlow.js gets it: -1 where a size depends on the batch."""
    return [-1 if is_batch(size) else int(size) for size in shape]
