"""Gives real batch statistics back to a network whose batch norms were folded into its convolutions."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier, device_of


@torch.no_grad()
def recalibrate_batch_norms(network: nn.Module, images: Tensor | Iterable[Tensor]) -> int:
    """Set every BatchNorm2d's running mean and variance to its input's, and weight and bias so that nothing changes.

    `images` is one batch [n, channels, h, w], prepared as in training, or an iterable of such; a few hundred images
    are enough. The network computes the same function before and after (in eval mode); what changes is that
    batch-norm training then starts near that function. One pass suffices, as no layer's input moves. Returns the
    number of batch norms that were set; raises ValueError when there are none or no image came.
    """
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    moments = {norm: Moments() for norm in norms}
    hooks = [norm.register_forward_pre_hook(lambda norm, x: moments[norm].add(x[0])) for norm in norms]
    was_training, device = network.training, device_of(network)
    # a classifier's batch norms stand before its grid; what comes after may ask for more than the image
    see = network.grid if isinstance(network, ImageClassifier) else network
    network.eval()
    try:
        for batch in [images] if isinstance(images, Tensor) else images:
            see(batch.to(device))
    finally:
        for hook in hooks:
            hook.remove()
        network.train(was_training)
    if not norms or any(moments[norm].count == 0 for norm in norms):
        raise ValueError(
            "nothing to calibrate: no batch norm in the network, or no image went through one of them"
        )
    for norm in norms:
        rebase(norm, moments[norm].mean, moments[norm].variance)
    return len(norms)


@torch.no_grad()
def rebase(norm: nn.BatchNorm2d, mean: Tensor, variance: Tensor) -> None:
    """New running statistics [channels] for a batch norm that keeps computing the same function in eval mode.

    w (x - m) / s + b = w' (x - m') / s' + b'  with  w' = w s' / s,  b' = b + w (m' - m) / s,  s = sqrt(v + eps).
    """
    slope = norm.weight.double() / (norm.running_var.double() + norm.eps).sqrt()
    norm.bias.copy_(norm.bias.double() + slope * (mean - norm.running_mean.double()))
    norm.weight.copy_(slope * (variance + norm.eps).sqrt())
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)


class Moments:
    """Mean and variance a channel over many batches, merged in float64 (Chan et al. 1979)."""

    def __init__(self) -> None:
        self.count = 0
        self.mean: Tensor = torch.zeros(())
        self.variance: Tensor = torch.zeros(())

    def add(self, x: Tensor) -> None:
        """Take in a batch [n, channels, h, w]."""
        x = x.double()
        count, mean, variance = x.numel() // x.shape[1], x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        if self.count == 0:
            self.count, self.mean, self.variance = count, mean, variance
            return
        total, step = self.count + count, mean - self.mean
        share = count / total
        self.variance = self.variance * (1 - share) + variance * share + step**2 * share * (1 - share)
        self.mean = self.mean + step * share
        self.count = total
