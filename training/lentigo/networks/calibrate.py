"""Gives real batch statistics back to a network whose batch norms were folded into its convolutions."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier, device_of


@torch.no_grad()
def recalibrate_batch_norms(network: nn.Module, images: Tensor | Iterable[Tensor]) -> int:
    """Sets every BatchNorm2d's running statistics to those of its input, and its weight and bias to match.

    images: a batch [n, channels, h, w], prepared as in training, or an iterable of batches; a few hundred
    images are enough. In eval mode the network computes the same function as before, but training its batch
    norms now starts near that function. A single pass is enough, because no layer's input changes. Returns
    the number of batch norms that were set; raises ValueError where there are none or there was no image.
    """
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    moments = {norm: Moments() for norm in norms}
    hooks = [norm.register_forward_pre_hook(lambda norm, x: moments[norm].add(x[0])) for norm in norms]
    was_training, device = network.training, device_of(network)
    # A classifier's batch norms come before its feature map. Its later layers may need more inputs than the
    # image.
    run = network.feature_map if isinstance(network, ImageClassifier) else network
    network.eval()
    try:
        for batch in [images] if isinstance(images, Tensor) else images:
            run(batch.to(device))
    finally:
        for hook in hooks:
            hook.remove()
        network.train(was_training)
    if not norms or any(moments[norm].count == 0 for norm in norms):
        raise ValueError(
            "nothing to calibrate: the network has no batch norm, or no image reached one of them"
        )
    for norm in norms:
        rebase(norm, moments[norm].mean, moments[norm].variance)
    return len(norms)


@torch.no_grad()
def rebase(norm: nn.BatchNorm2d, mean: Tensor, variance: Tensor) -> None:
    """Gives a batch norm new running statistics [channels] without changing its function in eval mode.

    w (x - m) / s + b = w' (x - m') / s' + b'  with  w' = w s' / s,  b' = b + w (m' - m) / s,  s = sqrt(v +
    eps).
    """
    if norm.running_mean is None or norm.running_var is None:
        raise ValueError("a batch norm without running statistics cannot be calibrated")
    slope = norm.weight.double() / (norm.running_var.double() + norm.eps).sqrt()
    norm.bias.copy_(norm.bias.double() + slope * (mean - norm.running_mean.double()))
    norm.weight.copy_(slope * (variance + norm.eps).sqrt())
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)


class Moments:
    """Mean and variance of each channel over many batches, merged in float64 (Chan et al. 1979)."""

    def __init__(self) -> None:
        self.count = 0
        self.mean: Tensor = torch.zeros(())
        self.variance: Tensor = torch.zeros(())

    def add(self, x: Tensor) -> None:
        """Adds a batch [n, channels, h, w]."""
        x = x.double()
        count, mean, variance = x.numel() // x.shape[1], x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        if self.count == 0:
            self.count, self.mean, self.variance = count, mean, variance
            return
        total, step = self.count + count, mean - self.mean
        fraction = count / total
        self.variance = (
            self.variance * (1 - fraction) + variance * fraction + step**2 * fraction * (1 - fraction)
        )
        self.mean = self.mean + step * fraction
        self.count = total
