"""Operations that move or renumber elements, and compute nothing."""

import numpy as np

from lentigo.export.builder import Builder
from lentigo.export.layout import Value, natural, permuted, reshaped_order
from lentigo.export.operations.elementwise import common_order
from lentigo.export.registry import lowers
from lentigo.export.trace import UnsupportedOperation, is_batch


@lowers("view", "_unsafe_view", "unsqueeze", "squeeze")
def reshape(build: Builder, shape: tuple[int, ...], input: Value, **_: object) -> Value:
    """Every operation that does not change the sequence of the elements, to the shape of the result."""
    order = reshaped_order(input.shape, input.order, shape)
    if order is None:
        input = Value(build.tensor(input, natural(input.rank)), input.shape, natural(input.rank))
        order = reshaped_order(input.shape, input.order, shape) or natural(len(shape))
    if [input.shape[d] for d in input.order] == [shape[d] for d in order]:
        return build.value(input.name, shape, order)
    return build.value(build.reshape(input.name, [shape[d] for d in order]), shape, order)


@lowers("permute")
def permute(build: Builder, shape: tuple[int, ...], input: Value, dims: list[int]) -> Value:
    return build.value(input.name, shape, permuted(input.order, [d % input.rank for d in dims]))


@lowers("transpose")
def transpose(build: Builder, shape: tuple[int, ...], input: Value, dim0: int, dim1: int) -> Value:
    dims = list(range(input.rank))
    dims[dim0], dims[dim1] = dims[dim1], dims[dim0]
    return permute(build, shape, input, dims)


@lowers("expand")
def expand(
    build: Builder, shape: tuple[int, ...], input: Value, size: list[int], implicit: bool = False
) -> Value:
    if input.array is not None:
        raise UnsupportedOperation(
            f'repeating the constant "{input.name}" for each member of the batch (let it broadcast)'
        )
    if input.rank < len(shape):
        input = reshape(build, (1,) * (len(shape) - input.rank) + input.shape, input)
    repeats = [1 if input.shape[d] == shape[d] else shape[d] for d in input.order]
    if any(is_batch(count) for count in repeats):
        raise UnsupportedOperation(
            "repeating something for each member of the batch (let it broadcast instead)"
        )
    if set(repeats) == {1}:
        return build.value(input.name, shape, input.order)
    # BroadcastTo would need the batch size; Tile does not.
    return build.value(build.emit("Tile", [input.name, build.integers(repeats)]), shape, input.order)


@lowers("cat")
def concatenate(build: Builder, shape: tuple[int, ...], tensors: list[Value], dim: int = 0) -> Value:
    dim %= len(shape)
    if is_batch(shape[dim]) or any(value.array is not None for value in tensors):
        raise UnsupportedOperation("joining along the batch, or a constant to each member of it")
    order = common_order(len(shape), tensors)
    parts = [build.tensor(value, order) for value in tensors]
    axis = build.integers(order.index(dim))
    return build.value(build.emit("ConcatV2", [*parts, axis], N=len(parts)), shape, order)


@lowers("stack")
def stack(build: Builder, shape: tuple[int, ...], tensors: list[Value], dim: int = 0) -> Value:
    dim %= len(shape)
    alone = tuple(1 if d == dim else size for d, size in enumerate(shape))
    return concatenate(build, shape, [reshape(build, alone, value) for value in tensors], dim)


@lowers("slice")
def slice_(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    dim: int = 0,
    start: int | None = None,
    end: int | None = None,
    step: int = 1,
) -> Value:
    dim %= input.rank
    if shape == input.shape:
        return input
    size = input.shape[dim]
    start = 0 if start is None else max(0, start + size if start < 0 else start)
    if is_batch(size):
        raise UnsupportedOperation("taking a part of the batch")
    if step == 1:
        return _part(build, input, dim, start, shape[dim])
    axis = input.order.index(dim)
    begin = [start if position == axis else 0 for position in range(input.rank)]
    strides = [step if position == axis else 1 for position in range(input.rank)]
    last = start + (shape[dim] - 1) * step + 1
    ends = [last if position == axis else 0 for position in range(input.rank)]
    whole = sum(1 << position for position in range(input.rank) if position != axis)
    inputs = [build.tensor(input), build.integers(begin), build.integers(ends), build.integers(strides)]
    return build.value(
        build.emit("StridedSlice", inputs, begin_mask=whole, end_mask=whole), shape, input.order
    )


def _part(build: Builder, input: Value, dim: int, start: int, size: int) -> Value:
    axis = input.order.index(dim)
    begin = [start if position == axis else 0 for position in range(input.rank)]
    extent = [size if position == axis else -1 for position in range(input.rank)]
    node = build.emit("Slice", [build.tensor(input), build.integers(begin), build.integers(extent)])
    shape = tuple(size if d == dim else whole for d, whole in enumerate(input.shape))
    return build.value(node, shape, input.order)


@lowers("select")
def select(build: Builder, shape: tuple[int, ...], input: Value, dim: int, index: int) -> Value:
    dim %= input.rank
    if is_batch(input.shape[dim]):
        raise UnsupportedOperation("taking one member of the batch")
    return reshape(build, shape, _part(build, input, dim, index % input.shape[dim], 1))


@lowers("split", "split_with_sizes", "unbind")
def split(
    build: Builder, shape: list[tuple[int, ...]] | tuple[int, ...], input: Value, dim: int = 0, **_: object
) -> list[Value]:
    shapes = shape if isinstance(shape, list) else [shape]
    dim %= input.rank
    if is_batch(input.shape[dim]):
        raise UnsupportedOperation("splitting the batch")
    parts, start = [], 0
    for wanted in shapes:
        size = wanted[dim] if len(wanted) == input.rank else 1
        parts.append(reshape(build, wanted, _part(build, input, dim, start, size)))
        start += size
    return parts


@lowers("pad")
def pad(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    pad: list[int],
    value: float | None = 0,
    mode: str = "constant",
) -> Value:
    if mode != "constant" or any(width < 0 for width in pad):
        raise UnsupportedOperation(f"padding of mode {mode} or of negative width")
    # PyTorch lists (before, after) from the last dimension on.
    widths = {input.rank - 1 - d: list(pad[2 * d : 2 * d + 2]) for d in range(len(pad) // 2)}
    edges = np.array([widths.get(d, [0, 0]) for d in input.order], dtype=np.int32)
    node = build.emit("PadV2", [build.tensor(input), build.integers(edges), build.number(value or 0)])
    return build.value(node, shape, input.order)
