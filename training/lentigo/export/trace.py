"""A PyTorch module -> a list of ATen calls with the shapes, names and parameters that lowering needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils import _pytree as pytree

# Replaces the batch size wherever a size is computed from it. It is a prime that no network has as a size, so
# a size is the batch or a multiple of it exactly where this divides it.
BATCH = 7919


class UnsupportedOperation(ValueError):
    """The exporter does not know an operation of the network. The message names it and its module."""


@dataclass(frozen=True)
class Reference:
    """An argument that is an input or the result of an earlier call."""

    name: str


@dataclass(frozen=True)
class Parameter:
    """An argument that is a parameter, a buffer, or computed from them alone."""

    name: str
    tensor: Tensor


@dataclass(frozen=True)
class Call:
    """An ATen call: the names and shapes of its results (BATCH for the batch size), and where it was made."""

    results: list[str]
    operation: str
    arguments: dict[str, Any]
    shapes: list[tuple[int, ...]]
    module: str
    source: str


@dataclass(frozen=True)
class Trace:
    inputs: dict[str, tuple[int, ...]]
    calls: list[Call]
    outputs: dict[str, Reference]


def trace(module: nn.Module, inputs: Mapping[str, Tensor]) -> Trace:
    """Traces `module(**inputs)`, which must give a dictionary of tensors, for any batch size.

    inputs: examples with a batch of two or more as their first dimension (tracing takes sizes 0 and 1 as
    fixed). Raises UnsupportedOperation where an output does not depend on an input.
    """
    batch = torch.export.Dim("batch")
    modes = {part: part.training for part in module.modules()}
    module.eval()
    try:
        with torch.no_grad():
            program = torch.export.export(
                module, (), dict(inputs), dynamic_shapes={name: {0: batch} for name in inputs}, strict=False
            ).run_decompositions({})
    finally:
        for part, training in modes.items():
            part.training = training
    return _Reader(program).read()


class _Reader:
    def __init__(self, program: torch.export.ExportedProgram) -> None:
        self.program = program
        self.known: dict[str, Any] = {}
        self.inputs: dict[str, tuple[int, ...]] = {}
        self.calls: list[Call] = []

    def read(self) -> Trace:
        signature = self.program.graph_signature
        stored = {**self.program.state_dict, **self.program.constants}
        owner = {
            **signature.inputs_to_parameters,
            **signature.inputs_to_buffers,
            **signature.inputs_to_lifted_tensor_constants,
        }
        results: list[Any] = []
        for node in self.program.graph.nodes:
            if node.op == "placeholder" and node.name in owner:
                path = owner[node.name]
                self.known[node.name] = Parameter(path.replace(".", "/"), stored[path].detach().cpu())
            elif node.op == "placeholder":
                self.inputs[node.name] = _shape(node.meta["val"])
                self.known[node.name] = Reference(node.name)
            elif node.op == "call_function":
                self._call(node)
            elif node.op == "output":
                results = [self._value(argument) for argument in node.args[0]]
        positions = pytree.tree_unflatten(list(range(len(results))), self.program.call_spec.out_spec)
        outputs = {name: results[position] for name, position in positions.items()}
        for name, result in outputs.items():
            if not isinstance(result, Reference):
                raise UnsupportedOperation(f'output "{name}" does not depend on any input')
        return Trace(self.inputs, self.calls, outputs)

    def _call(self, node: torch.fx.Node) -> None:
        value = node.meta.get("val")
        if isinstance(value, (int, float, torch.SymInt, torch.SymFloat)):
            self.known[node.name] = _number(value)
            return
        target: Any = node.target  # an ATen overload, or getitem
        if target.__name__ == "getitem":
            source, index = node.args
            self.known[node.name] = self._value(source)[index]
            return
        if value is None:  # an assertion about sizes or types: nothing to compute
            return
        schema = target._schema
        arguments = {argument.name: argument.default_value for argument in schema.arguments}
        names = [argument.name for argument in schema.arguments]
        arguments |= {name: self._value(argument) for name, argument in zip(names, node.args, strict=False)}
        arguments |= {name: self._value(argument) for name, argument in node.kwargs.items()}
        many = isinstance(value, (list, tuple))
        values = list(value) if many else [value]
        shapes = [() if result is None else _shape(result) for result in values]
        computed = any(isinstance(leaf, Reference) for leaf in pytree.tree_leaves(arguments))
        if not computed and not _depends_on_batch(shapes):
            self.known[node.name] = self._compute_now(node, arguments)
            return
        names = [f"{node.name}:{index}" for index in range(len(values))] if many else [node.name]
        self.known[node.name] = [Reference(name) for name in names] if many else Reference(node.name)
        stack = list(node.meta.get("nn_module_stack", {}).values())
        module = stack[-1][0] if stack else ""
        source = (node.meta.get("stack_trace") or "").strip().splitlines()
        self.calls.append(
            Call(
                names,
                str(node.target),
                arguments,
                shapes,
                module,
                source[-2].strip() if len(source) > 1 else "",
            )
        )

    def _compute_now(self, node: torch.fx.Node, arguments: dict[str, Any]) -> Any:
        """Computes a call on parameters alone, which needs no node in the graph."""
        parameters = [leaf for leaf in pytree.tree_leaves(arguments) if isinstance(leaf, Parameter)]
        name = parameters[0].name if parameters else node.name
        with torch.no_grad():
            real = pytree.tree_map(
                lambda leaf: leaf.tensor if isinstance(leaf, Parameter) else leaf, arguments
            )
            target: Any = node.target
            result = target(**real) if "self" not in real else target(real.pop("self"), **real)
        if isinstance(result, (list, tuple)):
            return [Parameter(f"{name}/{index}", item) for index, item in enumerate(result)]
        return Parameter(name, result)

    def _value(self, argument: Any) -> Any:
        """The argument with earlier results, parameters and plain numbers instead of graph nodes."""
        return pytree.tree_map(
            lambda leaf: self.known[leaf.name] if isinstance(leaf, torch.fx.Node) else leaf, argument
        )


def _number(value: Any) -> int | float:
    if isinstance(value, (torch.SymInt, torch.SymFloat)):
        expression = value.node.expr
        return int(expression.subs({symbol: BATCH for symbol in expression.free_symbols}))
    return value


def _shape(value: Tensor) -> tuple[int, ...]:
    return tuple(int(_number(size)) for size in value.shape)


def is_batch(size: int) -> bool:
    """Whether a size is the batch size or a multiple of it."""
    return size > 0 and size % BATCH == 0


def _depends_on_batch(shapes: list[tuple[int, ...]]) -> bool:
    return any(is_batch(size) for shape in shapes for size in shape)
