"""Gives real batch statistics back to a network whose batch norms were folded into its convolutions."""

from collections.abc import Callable, Iterable, Sequence

import torch
from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier, device_of

BatchNorm = nn.BatchNorm1d | nn.BatchNorm2d


def recalibrate_batch_norms(network: nn.Module, images: Tensor | Iterable[Tensor]) -> int:
    """Gives the batch norms of a network's image part the statistics of real images.

    The same as `recalibrate_on`, for images alone: a classifier's batch norms come before its feature map,
    and its later layers may need more inputs than the image.
    """
    run = network.feature_map if isinstance(network, ImageClassifier) else network
    batches = [images] if isinstance(images, Tensor) else images
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    return _recalibrate(network, run, norms, ((batch,) for batch in batches))


def recalibrate_on(network: nn.Module, batches: Iterable[tuple[Tensor, ...]]) -> int:
    """Sets every batch norm's running statistics to those of its input, and its weight and bias to match.

    batches: what the network's forward takes, prepared as in training; a few hundred images are enough. In
    eval mode the network computes the same function as before, but training its batch norms now starts near
    that function. A single pass is enough, because no layer's input changes. Returns the number of batch
    norms that were set; raises ValueError where there are none or there was no image.
    """
    norms = [module for module in network.modules() if isinstance(module, BatchNorm)]
    return _recalibrate(network, network, norms, batches)


@torch.no_grad()
def _recalibrate(
    network: nn.Module,
    run: Callable[..., object],
    norms: Sequence[BatchNorm],
    batches: Iterable[tuple[Tensor, ...]],
) -> int:
    moments = {norm: Moments() for norm in norms}
    hooks = [norm.register_forward_pre_hook(lambda norm, x: moments[norm].add(x[0])) for norm in norms]
    was_training, device = network.training, device_of(network)
    network.eval()
    try:
        for batch in batches:
            run(*(part.to(device) for part in batch))
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
def rebase(norm: BatchNorm, mean: Tensor, variance: Tensor) -> None:
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
        """Adds a batch [n, channels, h, w] or [n, channels]."""
        x = x.double().movedim(1, 0).flatten(1)
        count, mean, variance = x.shape[1], x.mean(1), x.var(1, unbiased=False)
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
