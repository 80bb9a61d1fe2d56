"""Depthwise convolutions whose backward pass is fast in bfloat16 on a CPU.

oneDNN has no vectorised bfloat16 code for two gradients of a depthwise convolution: that of the input at
stride 2, and that of a 5x5 kernel. PyTorch 2.13 falls back to a reference loop, up to fifty times as slow, in
which an EfficientNet spends two thirds of a training step. Here the same gradients come from operations that
oneDNN has. Elsewhere (another device, float32, evaluation, export) these are plain convolutions. This file
can go once oneDNN has those two gradients.
"""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

_backward = torch.ops.aten.convolution_backward


class DepthwiseConv2d(nn.Conv2d):
    """nn.Conv2d with as many groups as channels, and equal kernel size, stride and padding on both axes."""

    def __init__(
        self, channels: int, kernel_size: int, stride: int = 1, padding: int = 0, bias: bool = False
    ) -> None:
        super().__init__(channels, channels, kernel_size, stride, padding, groups=channels, bias=bias)

    def _conv_forward(self, x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        fast = (
            self.training
            and bias is None
            and x.device.type == "cpu"
            and torch.is_autocast_enabled("cpu")
            and torch.get_autocast_dtype("cpu") == torch.bfloat16
        )
        if not fast:
            return super()._conv_forward(x, weight, bias)
        return DepthwiseFunction.apply(x.bfloat16(), weight.bfloat16(), self.stride[0], self.padding[0])


class DepthwiseFunction(torch.autograd.Function):
    """x [n, c, h, w] and weight [c, 1, k, k] with odd k -> [n, c, h', w'], as F.conv2d with c groups."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, stride: int, padding: int) -> Tensor:
        ctx.save_for_backward(x, weight)
        ctx.stride, ctx.padding = stride, padding
        return F.conv2d(x, weight, None, stride, padding, groups=x.shape[1])

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, Tensor | None, None, None]:
        x, weight = ctx.saved_tensors
        gradient = gradient.contiguous(memory_format=torch.channels_last)
        of_input, of_weight = ctx.needs_input_grad[:2]
        return (
            input_gradient(gradient, x, weight, ctx.stride, ctx.padding) if of_input else None,
            weight_gradient(gradient, x, weight, ctx.stride, ctx.padding) if of_weight else None,
            None,
            None,
        )


def input_gradient(gradient: Tensor, x: Tensor, weight: Tensor, stride: int, padding: int) -> Tensor:
    """At stride 1 a convolution with the flipped kernel, otherwise oneDNN's float32 code."""
    if stride == 1:
        return F.conv2d(
            gradient, weight.flip(2, 3), None, 1, weight.shape[-1] - 1 - padding, groups=x.shape[1]
        )
    grad = _plain(gradient.float(), x.float(), weight.float(), stride, padding, (True, False))[0]
    return grad.to(x.dtype)


def weight_gradient(gradient: Tensor, x: Tensor, weight: Tensor, stride: int, padding: int) -> Tensor:
    """oneDNN's own for a 3x3 kernel. 3x3 kernels that overlap by a row cover a larger one.

    Each of them is the gradient for a shifted input.
    """
    kernel = weight.shape[-1]
    if kernel == 3:
        return _plain(gradient, x, weight, stride, padding, (False, True))[1]
    padded, result = F.pad(x, (padding,) * 4), torch.empty_like(weight)
    height, width = ((side - 1) * stride + 3 for side in gradient.shape[2:])
    part = weight[:, :, :3, :3].contiguous()
    for top in range(0, kernel - 1, 2):
        for left in range(0, kernel - 1, 2):
            piece = padded[:, :, top : top + height, left : left + width]
            piece = piece.contiguous(memory_format=torch.channels_last)
            result[:, :, top : top + 3, left : left + 3] = _plain(
                gradient, piece, part, stride, 0, (False, True)
            )[1]
    return result


def _plain(
    gradient: Tensor, x: Tensor, weight: Tensor, stride: int, padding: int, wanted: tuple[bool, bool]
) -> tuple[Tensor, Tensor]:
    strides, pads, channels = [stride] * 2, [padding] * 2, x.shape[1]
    return _backward(
        gradient, x, weight, None, strides, pads, [1, 1], False, [0, 0], channels, [*wanted, False]
    )[:2]
