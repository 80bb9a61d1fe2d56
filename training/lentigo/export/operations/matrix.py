"""Products of matrices: linear layers, matmul, attention."""

import math

import numpy as np

from lentigo.export.builder import Builder
from lentigo.export.layout import Value, natural
from lentigo.export.operations.elementwise import binary
from lentigo.export.registry import lowers
from lentigo.export.trace import UnsupportedOperation


@lowers("linear")
def linear(
    build: Builder, shape: tuple[int, ...], input: Value, weight: Value, bias: Value | None = None
) -> Value:
    if weight.array is None or weight.rank != 2:
        return matmul(build, shape, input, _swapped(weight)) if bias is None else _refuse_computed_weight()
    array = weight.array.T
    weights = build.tensor(Value(weight.name, array.shape, natural(2), array))
    node = build.tensor(input, natural(input.rank))
    if input.rank != 2:
        # As a single tall matrix, because the fused kernels take two dimensions.
        node = build.reshape(node, [math.prod(input.shape[:-1]), input.shape[-1]])
    node = build.emit("MatMul", [node, weights], transpose_a=False, transpose_b=False)
    if bias is not None:
        node = build.emit("AddV2", [node, build.tensor(bias)])
    return build.value(build.reshape(node, shape) if input.rank != 2 else node, shape)


def _refuse_computed_weight() -> Value:
    raise UnsupportedOperation("a linear layer whose weights are computed from the input")


def _swapped(value: Value) -> Value:
    order = tuple(
        {value.rank - 1: value.rank - 2, value.rank - 2: value.rank - 1}.get(d, d) for d in value.order
    )
    shape = (*value.shape[:-2], value.shape[-1], value.shape[-2])
    array = None if value.array is None else np.swapaxes(value.array, -1, -2)
    return Value(value.name, shape, natural(value.rank) if array is not None else order, array)


@lowers("addmm")
def addmm(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    mat1: Value,
    mat2: Value,
    beta: float = 1,
    alpha: float = 1,
) -> Value:
    if beta != 1 or alpha != 1:
        raise UnsupportedOperation("factors other than 1")
    product = matmul(build, shape, mat1, mat2)
    return binary(build, "AddV2", shape, product, input)


@lowers("matmul", "mm", "bmm")
def matmul(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    other: Value | None = None,
    mat2: Value | None = None,
) -> Value:
    other = mat2 if other is None else other
    if other is None:
        raise UnsupportedOperation("a product without a second factor")
    if other.array is not None and other.rank == 2:
        return linear(build, shape, input, _swapped(other))
    if input.rank < 2 or other.rank < 2:
        raise UnsupportedOperation("a product with a vector")
    left, adjoint_left = _matrix(build, input)
    right, adjoint_right = _matrix(build, other)
    if len(shape) == 2:
        return build.value(
            build.emit("MatMul", [left, right], transpose_a=adjoint_left, transpose_b=adjoint_right), shape
        )
    return build.value(
        build.emit("BatchMatMulV2", [left, right], adj_x=adjoint_left, adj_y=adjoint_right), shape
    )


def _matrix(build: Builder, value: Value) -> tuple[str, bool]:
    """A tensor whose last two dimensions are the matrix, and whether they are swapped in memory."""
    swapped = (*range(value.rank - 2), value.rank - 1, value.rank - 2)
    if value.array is None and value.order == swapped:
        return build.tensor(value), True
    return build.tensor(value, natural(value.rank)), False


@lowers("scaled_dot_product_attention")
def attention(
    build: Builder,
    shape: tuple[int, ...],
    query: Value,
    key: Value,
    value: Value,
    attn_mask: Value | None = None,
    dropout_p: float = 0,
    is_causal: bool = False,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> Value:
    """softmax(Q K^T / sqrt(d)) V, "Attention is all you need" (Vaswani et al., 2017), equation 1."""
    if attn_mask is not None or is_causal or enable_gqa:
        raise UnsupportedOperation("attention with a mask or grouped queries")
    scaled = binary(
        build, "Mul", query.shape, query, 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    )
    scores_shape = (*query.shape[:-1], key.shape[-2])
    scores = matmul(build, scores_shape, scaled, _swapped(key))
    weights = build.value(build.emit("Softmax", [scores.name]), scores_shape)
    return matmul(build, shape, weights, value)
