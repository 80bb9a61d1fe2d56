"""The fast gradients of a depthwise convolution are those of the plain convolution."""

import pytest
import torch
import torch.nn.functional as F

from lentigo.networks.depthwise import DepthwiseConv2d, DepthwiseFunction
from lentigo.networks.registry import build


@pytest.mark.parametrize("kernel", [3, 5])
@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)])
@pytest.mark.parametrize("side", [11, 14])
def test_gradients_are_those_of_the_plain_convolution(
    kernel: int, stride: int, padding: int, side: int
) -> None:
    torch.manual_seed(kernel * 100 + stride * 10 + padding)
    x = torch.randn(3, 16, side, side).contiguous(memory_format=torch.channels_last).requires_grad_()
    weight = torch.randn(16, 1, kernel, kernel, requires_grad=True)
    plain = F.conv2d(x, weight, None, stride, padding, groups=16)
    fast = DepthwiseFunction.apply(x, weight, stride, padding)
    assert torch.equal(fast, plain)
    direction = torch.randn_like(plain)
    wanted = torch.autograd.grad(plain, (x, weight), direction)
    for ours, theirs in zip(torch.autograd.grad(fast, (x, weight), direction), wanted, strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-4)


def test_a_network_learns_the_same_with_it_in_bfloat16(monkeypatch) -> None:
    network = build("efficientnet_lite0", 3).train()
    x = torch.randn(2, 3, 64, 64)

    def gradient_of_first_layer() -> torch.Tensor:
        network.zero_grad()
        torch.manual_seed(0)
        with torch.autocast("cpu", torch.bfloat16):
            network(x).float().square().mean().backward()
        return network.features[0][0].weight.grad.clone()

    fast = gradient_of_first_layer()
    monkeypatch.setattr(DepthwiseConv2d, "_conv_forward", torch.nn.Conv2d._conv_forward)
    plain = gradient_of_first_layer()
    cosine = F.cosine_similarity(fast.flatten(), plain.flatten(), 0)
    assert cosine > 0.99
