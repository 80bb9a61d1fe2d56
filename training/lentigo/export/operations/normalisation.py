"""Batch norm (with its stored statistics) and layer norm."""

import numpy as np

from lentigo.export.builder import Builder
from lentigo.export.layout import Value, natural
from lentigo.export.operations.elementwise import binary, unary
from lentigo.export.operations.reduction import reduce
from lentigo.export.registry import lowers
from lentigo.export.trace import UnsupportedOperation


@lowers("_native_batch_norm_legit_no_training")
def batch_norm(
    build: Builder,
    shapes: list[tuple[int, ...]],
    input: Value,
    weight: Value | None,
    bias: Value | None,
    running_mean: Value,
    running_var: Value,
    momentum: float,
    eps: float,
    **_: object,
) -> Value:
    """A factor and an offset per channel: a Mul and an AddV2, which an earlier convolution can absorb."""
    shape = shapes[0]  # the other results are statistics for training
    mean, variance = _numbers(running_mean), _numbers(running_var)
    factor = (1.0 if weight is None else _numbers(weight)) / np.sqrt(variance + eps)
    offset = (0.0 if bias is None else _numbers(bias)) - mean * factor
    along_channels = (-1, *(1 for _ in input.shape[2:]))
    layer = running_mean.name.rsplit("/", 1)[0]
    for op, name, numbers in (("Mul", "factor", factor), ("AddV2", "offset", offset)):
        numbers = numbers.reshape(along_channels).astype(np.float32)
        input = binary(
            build, op, shape, input, Value(f"{layer}/{name}", numbers.shape, natural(numbers.ndim), numbers)
        )
    return input


def _numbers(value: Value) -> np.ndarray:
    if value.array is None:
        raise UnsupportedOperation(f"a batch norm whose {value.name} is computed from the input")
    return value.array.astype(np.float64)


@lowers("layer_norm")
def layer_norm(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    normalized_shape: list[int],
    weight: Value | None,
    bias: Value | None,
    eps: float = 1e-5,
    cudnn_enable: bool = True,
) -> Value:
    dims = list(range(len(shape) - len(normalized_shape), len(shape)))
    alone = tuple(1 if d in dims else size for d, size in enumerate(shape))
    centred = binary(build, "Sub", shape, input, reduce(build, "Mean", alone, input, dims, True))
    variance = reduce(build, "Mean", alone, unary(build, "Square", shape, centred), dims, True)
    scale = unary(build, "Rsqrt", alone, binary(build, "AddV2", alone, variance, eps))
    result = binary(build, "Mul", shape, centred, scale)
    if weight is not None:
        result = binary(build, "Mul", shape, result, weight)
    return result if bias is None else binary(build, "AddV2", shape, result, bias)
