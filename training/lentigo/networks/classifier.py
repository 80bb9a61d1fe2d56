"""What every image classifier here has in common: a feature map, pooled features, and a last linear layer."""

import math

import torch
from torch import Tensor, nn


class ImageClassifier(nn.Module):
    """Image -> feature map -> pooled features -> logits.

    The three steps are separate methods because training, distillation, class activation maps and the
    out-of-distribution score each need one of the values between them. The attribute names of a network
    family stay the published names, so each family says through `head` which of them is its last layer.
    """

    #: Whether `pooled` begins with the plain mean of the feature map over its positions. Only then are the
    #: head's weights, applied to each position, a class activation map (Zhou et al. 2016).
    pools_by_mean = True

    def feature_map(self, image: Tensor) -> Tensor:
        """Image [n, channels, h, w] -> last feature map [n, C, h', w'], after its activation."""
        raise NotImplementedError

    def pooled(self, feature_map: Tensor) -> Tensor:
        """Feature map [n, C, h', w'] -> the head's input [n, features]."""
        return feature_map.mean((2, 3))

    @property
    def head(self) -> nn.Linear:
        """The last layer, features -> classes."""
        raise NotImplementedError

    @property
    def dropout(self) -> nn.Module:
        """The dropout between the pooled features and the head."""
        raise NotImplementedError

    def forward(self, image: Tensor) -> Tensor:
        """Image [n, channels, h, w] -> logits [n, classes]."""
        return self.head(self.dropout(self.pooled(self.feature_map(image))))

    def translate_keys(self, state: dict[str, Tensor]) -> dict[str, Tensor]:
        """Weights under another published set of names -> under this network's names. Unknown names stay."""
        return state


def parameter_count(network: nn.Module) -> int:
    """The number of parameters, frozen or not. The running statistics of batch norms do not count."""
    return sum(parameter.numel() for parameter in network.parameters())


def initialise(network: nn.Module) -> None:
    """He initialisation (2015; fan out) of convolutions, a small normal for linear layers, zero biases.

    The fan of a grouped convolution is that of one group. PyTorch's own counts all groups, which starts a
    depthwise convolution of C channels sqrt(C) times too small.
    """
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            fan = module.out_channels * module.kernel_size[0] * module.kernel_size[1] // module.groups
            nn.init.normal_(module.weight, 0, math.sqrt(2 / fan))
        elif isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, 0, 0.01)
        else:
            continue
        if module.bias is not None:
            nn.init.zeros_(module.bias)


def device_of(network: nn.Module) -> torch.device:
    """The device of the network's first parameter."""
    return next(network.parameters()).device


def channels_last(network: nn.Module, device: torch.device) -> nn.Module:
    """The network, moved to the device with its weights in channels-last memory."""
    moved: nn.Module = network.to(device=device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    return moved
