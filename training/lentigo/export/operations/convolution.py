"""Convolutions. Filters become [height, width, in, out], or [height, width, channels, multiplier]."""

from lentigo.export.builder import Builder
from lentigo.export.layout import CHANNELS_LAST, Value, natural
from lentigo.export.registry import lowers
from lentigo.export.trace import UnsupportedOperation


@lowers("conv2d")
def conv2d(
    build: Builder,
    shape: tuple[int, ...],
    input: Value,
    weight: Value,
    bias: Value | None,
    stride: list[int],
    padding: list[int] | str,
    dilation: list[int],
    groups: int,
) -> Value:
    if weight.array is None or weight.rank != 4:
        raise UnsupportedOperation("only two-dimensional convolutions with constant weights")
    channels = input.shape[1]
    depthwise = groups == channels and groups > 1
    if groups != 1 and not depthwise:
        raise UnsupportedOperation(
            f"a grouped convolution ({groups} groups of {channels // groups} channels)"
        )
    stride, dilation = (list(pair) * (2 // len(pair)) for pair in (stride, dilation))
    before, after = _padding(padding, weight.shape[2:], dilation)
    attributes = {
        "strides": [1, *stride, 1],
        "dilations": [1, *dilation, 1],
        "data_format": "NHWC",
        "padding": "VALID",
    }
    if any(before + after):
        explicit = [0, 0, before[0], after[0], before[1], after[1], 0, 0]
        attributes |= {"padding": "EXPLICIT", "explicit_paddings": explicit}
    array = weight.array
    if depthwise:
        multiplier = weight.shape[0] // channels
        array = array.reshape(channels, multiplier, *weight.shape[2:]).transpose(2, 3, 0, 1)
    else:
        array = array.transpose(2, 3, 1, 0)
    weights = build.tensor(Value(weight.name, array.shape, natural(4), array))
    op = "DepthwiseConv2dNative" if depthwise else "Conv2D"
    node = build.emit(op, [build.tensor(input, CHANNELS_LAST), weights], **attributes)
    if bias is not None:
        node = build.emit("AddV2", [node, build.tensor(bias)])
    return build.value(node, shape, CHANNELS_LAST)


def _padding(
    padding: list[int] | str, kernel: tuple[int, ...], dilation: list[int]
) -> tuple[list[int], list[int]]:
    """Rows and columns before and after. "same" puts an odd row after, as TensorFlow does at stride 1."""
    if padding == "valid":
        return [0, 0], [0, 0]
    if padding == "same":
        whole = [step * (size - 1) for step, size in zip(dilation, kernel, strict=True)]
        return [size // 2 for size in whole], [size - size // 2 for size in whole]
    if isinstance(padding, str):
        raise UnsupportedOperation(f"padding {padding}")
    pair = list(padding) * (2 // len(padding))
    return pair, pair
