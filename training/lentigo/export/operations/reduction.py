"""Sums, means and extremes along dimensions; softmax."""

from lentigo.export.builder import Builder
from lentigo.export.layout import CHANNELS_LAST, Value, without
from lentigo.export.operations.elementwise import binary, unary
from lentigo.export.operations.pooling import map_mean
from lentigo.export.operations.shape import reshape
from lentigo.export.registry import lowers
from lentigo.export.trace import UnsupportedOperation, is_batch


def reduce(
    build: Builder, op: str, shape: tuple[int, ...], input: Value, dim: list[int] | int | None, keepdim: bool
) -> Value:
    dims = {d % input.rank for d in ([dim] if isinstance(dim, int) else dim or range(input.rank))}
    if any(is_batch(input.shape[d]) for d in dims):
        raise UnsupportedOperation("a reduction over the batch")
    axes = sorted(input.order.index(d) for d in dims)
    order = input.order if keepdim else without(input.order, dims)
    node = build.emit(op, [build.tensor(input), build.integers(axes)], keep_dims=keepdim)
    return build.value(node, shape, order)


@lowers("mean")
def mean(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    dim: list[int] | None = None,
    keepdim: bool = False,
    dtype: object = None,
) -> Value:
    if dim is not None and {d % input.rank for d in dim} == {2, 3} and input.order == CHANNELS_LAST:
        return reshape(build, shape, map_mean(build, (*input.shape[:2], 1, 1), input))
    return reduce(build, "Mean", shape, input, dim, keepdim)


@lowers("sum")
def sum_(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    dim: list[int] | None = None,
    keepdim: bool = False,
    dtype: object = None,
) -> Value:
    return reduce(build, "Sum", shape, input, dim, keepdim)


@lowers("amax")
def amax(
    build: Builder, shape: tuple[int, ...], input: Value, dim: list[int], keepdim: bool = False
) -> Value:
    return reduce(build, "Max", shape, input, dim, keepdim)


@lowers("amin")
def amin(
    build: Builder, shape: tuple[int, ...], input: Value, dim: list[int], keepdim: bool = False
) -> Value:
    return reduce(build, "Min", shape, input, dim, keepdim)


@lowers("max")
def max_(
    build: Builder, shape: list[tuple[int, ...]], input: Value, dim: int | None = None, keepdim: bool = False
) -> Value:
    return _extreme(build, "Max", shape, input, dim, keepdim)


@lowers("min")
def min_(
    build: Builder, shape: list[tuple[int, ...]], input: Value, dim: int | None = None, keepdim: bool = False
) -> Value:
    return _extreme(build, "Min", shape, input, dim, keepdim)


def _extreme(
    build: Builder, op: str, shape: list[tuple[int, ...]], input: Value, dim: int | None, keepdim: bool
) -> Value:
    """The values of `max(dim=...)` without indices. A call that reads those fails as an unknown result."""
    if dim is None:
        raise UnsupportedOperation("a reduction over the batch")
    return reduce(build, op, shape[0], input, dim, keepdim)


def _last(build: Builder, input: Value, dim: int) -> tuple[str, tuple[int, ...]]:
    """A tensor in which `dim` is last, and its order."""
    dim %= input.rank
    order = (*(d for d in input.order if d != dim), dim)
    return build.tensor(input, order), order


@lowers("softmax")
def softmax(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    dim: int,
    dtype: object = None,
    half_to_float: bool = False,
) -> Value:
    node, order = _last(build, input, dim)
    return build.value(build.emit("Softmax", [node]), shape, order)


@lowers("log_softmax")
def log_softmax(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    dim: int,
    dtype: object = None,
    half_to_float: bool = False,
) -> Value:
    node, order = _last(build, input, dim)
    return build.value(build.emit("LogSoftmax", [node]), shape, order)


@lowers("linalg_vector_norm")
def vector_norm(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    ord: float = 2,
    dim: list[int] | None = None,
    keepdim: bool = False,
    dtype: object = None,
) -> Value:
    if ord != 2:
        raise UnsupportedOperation(f"a norm of order {ord}")
    squares = binary(build, "Mul", input.shape, input, input)
    return unary(build, "Sqrt", shape, reduce(build, "Sum", shape, squares, dim, keepdim))
