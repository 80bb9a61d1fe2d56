"""What every image classifier here has in common: a feature grid, a feature vector, a final linear layer."""

import math

import torch
from torch import Tensor, nn


class ImageClassifier(nn.Module):
    """Image -> grid -> vector -> logits.

    The three steps are separate methods because training, distillation, class activation maps and the
    out-of-distribution score each need one of the values between them. Attribute names of a family stay the
    published ones; a family therefore says where its last layer is through `final`.
    """

    #: Whether `vector` begins with the plain mean of `grid` over its positions. Only then are the final layer's
    #: weights, applied to each position of the grid, a class activation map (Zhou et al. 2016).
    vector_is_mean_of_grid = True

    def grid(self, image: Tensor) -> Tensor:
        """Image [n, channels, h, w] -> last feature map [n, C, h', w'] after its activation."""
        raise NotImplementedError

    def vector(self, grid: Tensor) -> Tensor:
        """Grid [n, C, h', w'] -> what the final layer reads, [n, features]."""
        return grid.mean((2, 3))

    @property
    def final(self) -> nn.Linear:
        """The last layer, features -> classes."""
        raise NotImplementedError

    @property
    def dropout(self) -> nn.Module:
        """The dropout between the vector and the last layer."""
        raise NotImplementedError

    def forward(self, image: Tensor) -> Tensor:
        """Image [n, channels, h, w] -> logits [n, classes]."""
        return self.final(self.dropout(self.vector(self.grid(image))))

    def translate_keys(self, state: dict[str, Tensor]) -> dict[str, Tensor]:
        """Weights under another published set of names -> under this network's names. Unknown names stay."""
        return state


def parameter_count(network: nn.Module) -> int:
    """Number of trainable and frozen parameters; batch norms' running statistics do not count."""
    return sum(parameter.numel() for parameter in network.parameters())


def initialise(network: nn.Module) -> None:
    """He initialisation (2015; fan out) of every convolution, a small normal of every linear layer; biases zero.

    The fan of a grouped convolution is that of one group. PyTorch's own counts all groups, which starts a depthwise
    convolution of C channels sqrt(C) times too small.
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
