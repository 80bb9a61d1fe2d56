from pathlib import Path

import pytest
import torch
from torch import nn

from lentigo.networks.calibrate import recalibrate_batch_norms
from lentigo.networks.load import load_pretrained
from lentigo.networks.registry import build


@torch.no_grad()
def test_calibration_leaves_the_function_and_finds_the_statistics(shared: Path) -> None:
    network = build("mobilenet_v2", 1000).eval()
    load_pretrained(network, shared / "weights/mobilenet_v2_imagenet.pth")
    images = torch.randn(24, 3, 96, 96, generator=torch.Generator().manual_seed(1))
    before = network(images)
    assert recalibrate_batch_norms(network, images.split(8)) == 52
    torch.testing.assert_close(network(images), before, rtol=1e-4, atol=1e-4)
    assert not network.training
    # The network now has the statistics of the batch, so training mode computes nearly the same.
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    for norm in norms:
        norm.train()
    after = network.head(network.pooled(network.feature_map(images)))
    assert (after - before).abs().max() < 0.02 * before.abs().max()


@torch.no_grad()
def test_statistics_are_those_of_all_batches_together() -> None:
    network = nn.Sequential(nn.BatchNorm2d(3))
    images = torch.randn(10, 3, 4, 4) * 5 + torch.arange(10.0).reshape(10, 1, 1, 1)
    recalibrate_batch_norms(network, [images[:3], images[3:4], images[4:]])
    torch.testing.assert_close(network[0].running_mean, images.mean((0, 2, 3)))
    torch.testing.assert_close(network[0].running_var, images.var((0, 2, 3), unbiased=False))


def test_calibration_without_images_or_norms_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing to calibrate"):
        recalibrate_batch_norms(nn.Sequential(nn.BatchNorm2d(3)), [])
    with pytest.raises(ValueError, match="nothing to calibrate"):
        recalibrate_batch_norms(nn.Sequential(nn.Conv2d(3, 3, 1)), torch.randn(1, 3, 4, 4))


def test_a_network_with_metadata_needs_only_images() -> None:
    assert (
        recalibrate_batch_norms(build("mobilenet_v2_metadata", 6, metadata=9), torch.randn(4, 3, 32, 32))
        == 52
    )
