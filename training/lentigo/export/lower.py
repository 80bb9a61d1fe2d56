"""ATen calls -> TensorFlow nodes: applies the registered lowering of each operation of a trace."""

from collections.abc import Mapping
from typing import Any

from torch import Tensor, nn
from torch.utils import _pytree as pytree

from lentigo.export.builder import Builder
from lentigo.export.fold import fold
from lentigo.export.graph import Graph
from lentigo.export.layout import Value, natural
from lentigo.export.operations import load_operations
from lentigo.export.registry import LOWERINGS
from lentigo.export.trace import Call, Parameter, Reference, Trace, UnsupportedOperation, trace


def export_graph(module: nn.Module, inputs: Mapping[str, Tensor]) -> Graph:
    """The folded float32 graph of `module`, whose forward takes `inputs` by name and gives tensors by name.

    Four-dimensional inputs are [n, c, h, w] in PyTorch and [n, h, w, c] in the graph. Outputs have the same
    dimensions in both; a module that permutes its output to [n, h, w, c] costs nothing. Examples need a batch
    of at least two. Raises UnsupportedOperation with the operation and its module.
    """
    return fold(lower(trace(module, inputs)))


def lower(traced: Trace) -> Graph:
    """The graph before folding."""
    load_operations()
    build = Builder()
    values: dict[str, Value] = {}
    wanted: dict[str, list[str]] = {}
    for output, reference in traced.outputs.items():
        wanted.setdefault(reference.name, []).append(output)

    def store(name: str, value: Value) -> None:
        # An output is an Identity in PyTorch's order. All later nodes read it.
        for output in reversed(wanted.get(name, [])):
            value = build.output(output, value)
        values[name] = value

    for name, shape in traced.inputs.items():
        store(name, build.input(name, shape))
    for call in traced.calls:
        result = _lower_call(build, call, values)
        # A lowering may give only the first of several results (a norm's mean and variance).
        for name, value in zip(call.results, result if isinstance(result, list) else [result], strict=False):
            store(name, value)
    missing = traced.outputs.keys() - build.graph.outputs.keys()
    if missing:
        raise UnsupportedOperation(f"no result for output {', '.join(sorted(missing))}")
    build.graph.outputs = {name: build.graph.outputs[name] for name in traced.outputs}
    return build.graph


def _lower_call(build: Builder, call: Call, values: Mapping[str, Value]) -> Value | list[Value]:
    lowering = LOWERINGS.get(call.operation.removeprefix("aten.").split(".")[0])
    where = (
        f'{call.operation} in "{call.module or "the outermost module"}" ({call.source or "no source line"})'
    )
    if lowering is None:
        raise UnsupportedOperation(f"the exporter does not know {where}")

    def resolve(leaf: Any) -> Any:
        if isinstance(leaf, Reference):
            if leaf.name not in values:
                raise UnsupportedOperation(f"{where} reads {leaf.name}, which no lowering gives")
            return values[leaf.name]
        if isinstance(leaf, Parameter):
            array = leaf.tensor.numpy()
            return Value(leaf.name, array.shape, natural(array.ndim), array)
        return leaf

    build.module_path = call.module.replace(".", "/")
    arguments = pytree.tree_map(resolve, call.arguments)
    if "self" in arguments:
        arguments["input"] = arguments.pop("self")
    try:
        return lowering(build, call.shapes if len(call.shapes) > 1 else call.shapes[0], **arguments)
    except UnsupportedOperation as reason:
        raise UnsupportedOperation(f"{where}: {reason}") from None
