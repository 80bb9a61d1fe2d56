"""Upsampling of feature maps."""

from lentigo.export.builder import Builder
from lentigo.export.layout import CHANNELS_LAST, Value
from lentigo.export.registry import lowers
from lentigo.export.trace import UnsupportedOperation


@lowers("upsample_nearest2d")
def nearest(build: Builder, shape: tuple[int, ...], input: Value, **_: object) -> Value:
    return _resize(build, "ResizeNearestNeighbor", shape, input, half_pixel_centers=False)


@lowers("_upsample_nearest_exact2d")
def nearest_exact(build: Builder, shape: tuple[int, ...], input: Value, **_: object) -> Value:
    return _resize(build, "ResizeNearestNeighbor", shape, input, half_pixel_centers=True)


@lowers("upsample_bilinear2d")
def bilinear(build: Builder, shape: tuple[int, ...], input: Value, align_corners: bool, **_: object) -> Value:
    return _resize(
        build,
        "ResizeBilinear",
        shape,
        input,
        align_corners=align_corners,
        half_pixel_centers=not align_corners,
    )


def _resize(
    build: Builder,
    op: str,
    shape: tuple[int, ...],
    input: Value,
    half_pixel_centers: bool,
    align_corners: bool = False,
) -> Value:
    # For a factor that is not whole, PyTorch may round differently from the size that TensorFlow.js gets.
    if op == "ResizeNearestNeighbor" and any(shape[d] % input.shape[d] for d in (2, 3)):
        raise UnsupportedOperation(
            f"nearest neighbour by a factor that is not whole ({input.shape[2:]} to {shape[2:]})"
        )
    node = build.emit(
        op,
        [build.tensor(input, CHANNELS_LAST), build.integers(shape[2:])],
        align_corners=align_corners,
        half_pixel_centers=half_pixel_centers,
    )
    return build.value(node, shape, CHANNELS_LAST)
