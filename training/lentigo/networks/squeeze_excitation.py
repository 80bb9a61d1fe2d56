"""Squeeze-and-excitation (Hu et al. 2018): channels scaled by a gate computed from their global means."""

from torch import Tensor, nn


class SqueezeExcitation(nn.Module):
    """Global mean, fc1, activation, fc2, sigmoid, channel scaling. [n, channels, h, w] -> the same shape.

    The two fully connected layers are 1x1 convolutions with torchvision's names.
    """

    def __init__(self, channels: int, squeezed: int, activation: type[nn.Module] = nn.ReLU) -> None:
        super().__init__()
        self.fc1 = nn.Conv2d(channels, squeezed, 1)
        self.activation = activation()
        self.fc2 = nn.Conv2d(squeezed, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        gate = self.fc2(self.activation(self.fc1(x.mean((2, 3), keepdim=True)))).sigmoid()
        return x * gate
