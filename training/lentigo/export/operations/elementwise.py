"""Operations on each element: arithmetic with broadcasting, activations, limits."""

import math
from collections.abc import Sequence

import numpy as np

from lentigo.export.builder import Builder
from lentigo.export.layout import Value, natural
from lentigo.export.registry import lowers
from lentigo.export.trace import UnsupportedOperation

Operand = Value | int | float


def binary(build: Builder, op: str, shape: tuple[int, ...], left: Operand, right: Operand) -> Value:
    """An arithmetic node. Its operands get the same order, and the same rank unless the order is natural."""
    order = common_order(len(shape), [left, right])
    return build.value(
        build.emit(op, [operand(build, left, order), operand(build, right, order)]), shape, order
    )


def common_order(rank: int, operands: Sequence[Operand]) -> tuple[int, ...]:
    """The order of the first full-rank operand that is no constant, so that the big tensor does not move."""
    for value in operands:
        if isinstance(value, Value) and value.array is None and value.rank == rank:
            return value.order
    return natural(rank)


def operand(build: Builder, value: Operand, order: tuple[int, ...]) -> str:
    """The name of a tensor that broadcasts, as in PyTorch, against tensors in `order`."""
    if not isinstance(value, Value):
        return build.number(float(value))
    missing = len(order) - value.rank
    if value.array is not None:
        # Without leading ones, a constant with a number per channel is a vector.
        array = value.array.reshape((1,) * missing + value.shape).transpose(order)
        leading = next((axis for axis, size in enumerate(array.shape) if size != 1), array.ndim)
        array = array.reshape(array.shape[leading:])
        return build.tensor(Value(value.name, array.shape, natural(array.ndim), array))
    if missing == 0:
        return build.tensor(value, order)
    if order == natural(len(order)):
        return build.tensor(value, natural(value.rank))
    name = build.reshape(build.tensor(value, natural(value.rank)), (1,) * missing + value.shape)
    return build.tensor(Value(name, (1,) * missing + value.shape, natural(len(order))), order)


def unary(build: Builder, op: str, shape: tuple[int, ...], input: Operand, **attributes: float) -> Value:
    if not isinstance(input, Value):
        raise UnsupportedOperation(f"{op} of a plain number")
    return build.value(build.emit(op, [build.tensor(input)], **attributes), shape, input.order)


@lowers("add")
def add(build: Builder, shape: tuple[int, ...], input: Operand, other: Operand, alpha: float = 1) -> Value:
    if alpha != 1:
        other = (
            other * alpha if not isinstance(other, Value) else binary(build, "Mul", other.shape, other, alpha)
        )
    return binary(build, "AddV2", shape, input, other)


@lowers("sub")
def sub(build: Builder, shape: tuple[int, ...], input: Operand, other: Operand, alpha: float = 1) -> Value:
    if alpha != 1:
        other = (
            other * alpha if not isinstance(other, Value) else binary(build, "Mul", other.shape, other, alpha)
        )
    return binary(build, "Sub", shape, input, other)


@lowers("rsub")
def rsub(build: Builder, shape: tuple[int, ...], input: Operand, other: Operand, alpha: float = 1) -> Value:
    return sub(build, shape, other, input, alpha)


@lowers("mul")
def mul(build: Builder, shape: tuple[int, ...], input: Operand, other: Operand) -> Value:
    return binary(build, "Mul", shape, input, other)


@lowers("div")
def div(
    build: Builder, shape: tuple[int, ...], input: Operand, other: Operand, rounding_mode: str | None = None
) -> Value:
    if rounding_mode is not None:
        raise UnsupportedOperation(f"rounding mode {rounding_mode}")
    return binary(build, "RealDiv", shape, input, other)


@lowers("maximum")
def maximum(build: Builder, shape: tuple[int, ...], input: Operand, other: Operand) -> Value:
    return binary(build, "Maximum", shape, input, other)


@lowers("minimum")
def minimum(build: Builder, shape: tuple[int, ...], input: Operand, other: Operand) -> Value:
    return binary(build, "Minimum", shape, input, other)


@lowers("pow")
def power(build: Builder, shape: tuple[int, ...], input: Operand, exponent: Operand) -> Value:
    op = (
        {2: "Square", 0.5: "Sqrt", -0.5: "Rsqrt"}.get(exponent)
        if isinstance(exponent, (int, float))
        else None
    )
    return unary(build, op, shape, input) if op else binary(build, "Pow", shape, input, exponent)


def _simple(name: str, op: str) -> None:
    def lowering(build: Builder, shape: tuple[int, ...], input: Value) -> Value:
        return unary(build, op, shape, input)

    lowers(name)(lowering)


for _name, _op in {
    "relu": "Relu", "relu6": "Relu6", "sigmoid": "Sigmoid", "tanh": "Tanh", "exp": "Exp", "log": "Log",
    "sqrt": "Sqrt", "rsqrt": "Rsqrt", "neg": "Neg", "abs": "Abs", "square": "Square", "erf": "Erf",
    "reciprocal": "Reciprocal",
}.items():  # fmt: skip
    _simple(_name, _op)


@lowers("silu")
def silu(build: Builder, shape: tuple[int, ...], input: Value) -> Value:
    # TensorFlow.js has no fused swish. The app's loader may fuse these two nodes.
    return binary(build, "Mul", shape, input, unary(build, "Sigmoid", shape, input))


@lowers("gelu")
def gelu(build: Builder, shape: tuple[int, ...], input: Value, approximate: str = "none") -> Value:
    """x Phi(x), or its tanh approximation: https://pytorch.org/docs/stable/generated/torch.nn.GELU.html"""

    def times(value: Operand, factor: Operand) -> Value:
        return binary(build, "Mul", shape, value, factor)

    if approximate == "none":
        curve = unary(build, "Erf", shape, times(input, 1 / math.sqrt(2)))
    else:
        cubed = times(times(input, input), input)
        inner = binary(build, "AddV2", shape, input, times(cubed, 0.044715))
        curve = unary(build, "Tanh", shape, times(inner, math.sqrt(2 / math.pi)))
    return times(times(input, 0.5), binary(build, "AddV2", shape, curve, 1))


@lowers("hardsigmoid")
def hardsigmoid(build: Builder, shape: tuple[int, ...], input: Value) -> Value:
    shifted = unary(build, "Relu6", shape, binary(build, "AddV2", shape, input, 3))
    return binary(build, "Mul", shape, shifted, 1 / 6)


@lowers("hardswish")
def hardswish(build: Builder, shape: tuple[int, ...], input: Value) -> Value:
    return binary(build, "Mul", shape, input, hardsigmoid(build, shape, input))


@lowers("leaky_relu")
def leaky_relu(build: Builder, shape: tuple[int, ...], input: Value, negative_slope: float = 0.01) -> Value:
    return unary(build, "LeakyRelu", shape, input, alpha=float(negative_slope))


@lowers("elu")
def elu(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    alpha: float = 1,
    scale: float = 1,
    input_scale: float = 1,
) -> Value:
    if (alpha, scale, input_scale) != (1, 1, 1):
        raise UnsupportedOperation("an elu with factors other than 1")
    return unary(build, "Elu", shape, input)


@lowers("hardtanh", "clamp", "clamp_min", "clamp_max")
def clamp(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    min: Operand | None = None,
    max: Operand | None = None,
    min_val: float = -1,
    max_val: float = 1,
) -> Value:
    if min is None and max is None:
        min, max = min_val, max_val
    if isinstance(min, Value) or isinstance(max, Value):
        raise UnsupportedOperation("limits that are tensors (use minimum and maximum)")
    if min == 0 and max == 6:
        return unary(build, "Relu6", shape, input)
    if max is None and min is not None:
        return binary(build, "Maximum", shape, input, min)
    if min is None and max is not None:
        return binary(build, "Minimum", shape, input, max)
    assert min is not None and max is not None
    node = build.emit("ClipByValue", [build.tensor(input), build.number(min), build.number(max)])
    return build.value(node, shape, input.order)


@lowers("clone", "detach")
def identity(build: Builder, shape: tuple[int, ...], input: Value, **_: object) -> Value:
    """Computes nothing. (Dropout becomes a clone in inference.)"""
    return input


@lowers("_to_copy")
def cast(build: Builder, shape: tuple[int, ...], input: Value, dtype: object = None, **_: object) -> Value:
    if input.array is not None:
        return Value(input.name, shape, input.order, input.array.astype(np.float32))
    if dtype is not None and str(dtype) != "torch.float32":
        raise UnsupportedOperation(f"a cast to {dtype}; the graph computes in float32")
    return input
