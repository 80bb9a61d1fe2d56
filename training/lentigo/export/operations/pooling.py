"""Pooling over windows, and over whole feature maps."""

import numpy as np

from lentigo.export.builder import Builder
from lentigo.export.layout import CHANNELS_LAST, Value
from lentigo.export.registry import lowers
from lentigo.export.trace import UnsupportedOperation

LOWEST = float(np.finfo(np.float32).min)


@lowers("max_pool2d")
def max_pool2d(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    kernel_size: list[int],
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    ceil_mode: bool,
) -> Value:
    if set(dilation) != {1}:
        raise UnsupportedOperation("a dilated max pooling")
    # TensorFlow's SAME differs: for an even size it pads only after the image, PyTorch on both sides.
    return _pool(build, "MaxPool", shape, input, kernel_size, stride, padding, ceil_mode, LOWEST)


@lowers("avg_pool2d")
def avg_pool2d(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    kernel_size: list[int],
    stride: list[int],
    padding: list[int],
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None,
) -> Value:
    if divisor_override is not None or (any(padding) and not count_include_pad):
        raise UnsupportedOperation("an average pooling that does not divide by its window")
    if ceil_mode and _extra(
        shape, input, _pair(kernel_size), _pair(stride or kernel_size), _pair(padding)
    ) != [0, 0]:
        raise UnsupportedOperation("an average pooling with windows over the edge (ceil_mode)")
    return _pool(build, "AvgPool", shape, input, kernel_size, stride, padding, ceil_mode, 0.0)


def _pool(
    build: Builder,
    op: str,
    shape: tuple[int, ...],
    input: Value,
    kernel_size: list[int],
    stride: list[int],
    padding: list[int],
    ceil_mode: bool,
    filler: float,
) -> Value:
    kernel, stride, padding = _pair(kernel_size), _pair(stride or kernel_size), _pair(padding)
    node = build.tensor(input, CHANNELS_LAST)
    after = [
        pad + more for pad, more in zip(padding, _extra(shape, input, kernel, stride, padding), strict=True)
    ]
    if any(padding + after):
        edges = [[0, 0], [padding[0], after[0]], [padding[1], after[1]], [0, 0]]
        node = build.emit("PadV2", [node, build.integers(edges), build.number(filler)])
    node = build.emit(
        op, [node], ksize=[1, *kernel, 1], strides=[1, *stride, 1], padding="VALID", data_format="NHWC"
    )
    return build.value(node, shape, CHANNELS_LAST)


def _extra(
    shape: tuple[int, ...], input: Value, kernel: list[int], stride: list[int], padding: list[int]
) -> list[int]:
    """Rows and columns of the last window beyond the padded edge (ceil_mode only)."""
    reach = [(shape[2 + d] - 1) * stride[d] + kernel[d] for d in range(2)]
    return [max(0, reach[d] - input.shape[2 + d] - 2 * padding[d]) for d in range(2)]


@lowers("adaptive_avg_pool2d")
def adaptive_avg_pool2d(
    build: Builder, shape: tuple[int, ...], input: Value, output_size: list[int]
) -> Value:
    return map_mean(build, shape, input)


@lowers("adaptive_max_pool2d")
def adaptive_max_pool2d(
    build: Builder, shape: list[tuple[int, ...]], input: Value, output_size: list[int]
) -> Value:
    return _even_windows(build, "MaxPool", shape[0], input)


def map_mean(build: Builder, shape: tuple[int, ...], input: Value) -> Value:
    """The mean over even windows of a feature map; `shape` is [n, c, rows, columns] of the result.

    AvgPool, because with channels last a Mean over rows and columns first transposes the map (on WASM and
    WebGPU), while an AvgPool kernel reads it in its own order.
    """
    return _even_windows(build, "AvgPool", shape, input)


def _even_windows(build: Builder, op: str, shape: tuple[int, ...], input: Value) -> Value:
    if any(input.shape[d] % shape[d] for d in (2, 3)):
        raise UnsupportedOperation(f"uneven windows ({input.shape[2:]} to {shape[2:]})")
    window = [input.shape[d] // shape[d] for d in (2, 3)]
    return _pool(build, op, shape, input, window, window, [0, 0], False, 0.0)


def _pair(sizes: list[int]) -> list[int]:
    return list(sizes) * (2 // len(sizes))
