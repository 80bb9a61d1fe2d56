from types import SimpleNamespace

import pytest
import torch
from settled import furthest, settle
from torch import nn

from lentigo.networks.efficientnet import EfficientNet
from lentigo.networks.net2net import Channels, net2net_state, net2net_widen


def trained(variant: str = "tf") -> EfficientNet:
    """A B0 whose batch norms have statistics, weights and biases of their own, as after training."""
    torch.manual_seed(5)
    network = EfficientNet("b0", 7, variant=variant, drop_connect=0.0, dropout=0.0)
    for norm in network.modules():
        if isinstance(norm, nn.BatchNorm2d):
            nn.init.uniform_(norm.weight, 0.5, 1.5)
            nn.init.normal_(norm.bias, 0, 0.3)
    settle(network, torch.randn(8, 3, 64, 64))
    nn.init.normal_(network.head.weight, 0, 0.02)
    return network


@pytest.fixture(scope="module")
def source() -> EfficientNet:
    return trained()


@pytest.mark.parametrize("size", ["b1", "b2", "b3"])
@torch.no_grad()
def test_the_widened_network_computes_the_same(source: EfficientNet, size: str) -> None:
    images = torch.randn(3, 3, 64, 64, generator=torch.Generator().manual_seed(2))
    target = EfficientNet(size, 7).eval()
    assert (target(images) - source(images)).abs().max() > 0.1
    net2net_widen(source, target, seed=1)
    expected = source(images)
    assert expected.std() > 0.1
    assert furthest(target(images), expected) < 1e-5


@torch.no_grad()
def test_the_functions_are_equal_but_for_rounding() -> None:
    source = trained("torchvision").double()
    images = torch.randn(1, 3, 64, 64, dtype=torch.float64)
    target = EfficientNet("b3", 7, variant="torchvision").double().eval()
    net2net_widen(source, target)
    torch.testing.assert_close(target(images), source(images), rtol=1e-10, atol=1e-10)


def test_copies_get_uneven_parts_that_differ_between_readers() -> None:
    random = torch.Generator().manual_seed(0)
    channels = Channels.widened(4, 7, random)
    assert channels.origin[:4].tolist() == [0, 1, 2, 3] and channels.origin[4:].unique().numel() == 3
    weight = torch.randn(5, 4, 3, 3)
    split = channels.split(weight, random)
    added = torch.zeros(5, 4, 3, 3, dtype=torch.float64).index_add_(1, channels.origin, split)
    torch.testing.assert_close(added, weight.double())
    copy, original = split[:, 4], split[:, channels.origin[4]]
    ratios = (copy / original)[:, 0, 0]
    assert ((ratios - 1).abs() > 1e-3).all() and ratios.std() > 0.05


def test_copies_learn_different_things(source: EfficientNet) -> None:
    """Two copies with parallel gradients would always stay copies."""
    target = EfficientNet("b2", 7, drop_connect=0.0, dropout=0.0)
    net2net_widen(source, target)
    target(torch.randn(4, 3, 64, 64)).square().sum().backward()
    # 1280 channels became 1408. The bias of a copy identifies its original.
    bias = target.features[8][1].bias.detach()
    gradient = nn.functional.normalize(target.features[8][0].weight.grad.flatten(1), dim=1)
    originals = (bias[1280:, None] == bias[None, :1280]).float().argmax(1)
    assert torch.equal(bias[1280:], bias[originals])
    alike = (gradient[1280:] * gradient[originals]).sum(1)
    assert alike.median() < 0.99


def test_what_cannot_be_widened_is_an_error(source: EfficientNet) -> None:
    with pytest.raises(ValueError, match="variant tf"):
        net2net_widen(source, EfficientNet("b1", 7, variant="torchvision"))
    with pytest.raises(ValueError, match="cannot deepen"):
        net2net_widen(EfficientNet("b1", 7), EfficientNet("b0", 7))
    with pytest.raises(TypeError, match="Net2Net needs an EfficientNet"):
        net2net_widen(source, nn.Linear(2, 2))


@torch.no_grad()
def test_a_parent_runs_weights_become_a_networks(source: EfficientNet) -> None:
    parent = SimpleNamespace(
        network=SimpleNamespace(name="efficientnet_b0", options={"variant": "tf"}), seed=3
    )
    target = EfficientNet("b2", 7).eval()
    state = net2net_state(parent, source.state_dict(), target)
    fresh = EfficientNet("b2", 7).eval()
    fresh.load_state_dict(state)
    images = torch.randn(2, 3, 64, 64)
    assert furthest(fresh(images), source(images)) < 1e-5
