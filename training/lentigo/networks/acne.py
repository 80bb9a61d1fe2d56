"""The acne paper's network for 32x32 pixels, and the two Keras examples that it is compared with.

The paper names the layers, their order, 3x3 filters, 2x2 pools and the input. It gives no filter counts,
padding or dropout rates: those of AcneCNN are our reading, after the Keras example that its authors started
from.
"""

from torch import nn

from lentigo.networks.small import SmallNetwork, conv_relu


class AcneCNN(SmallNetwork):
    """The paper's own CNN.

    Conv, Conv+ReLU, Pool, Dropout, Conv+ReLU, Pool, Dense+ReLU, Pool, Dropout, Flatten, Dense+ReLU, softmax.

    Our reading: 32, 32 and 64 filters, "same" padding, 128 and 512 dense units, dropout 0.25. The first dense
    layer comes before Flatten and acts at each position, so it is a 1x1 convolution.
    """

    def __init__(self, classes: int, dropout: float = 0.25, channels: int = 3) -> None:
        layers = [
            nn.Conv2d(channels, 32, 3, padding=1),
            *conv_relu(32, 32, padding=1),
            nn.MaxPool2d(2),
            nn.Dropout(dropout),
            *conv_relu(32, 64, padding=1),
            nn.MaxPool2d(2),
            *conv_relu(64, 128, kernel=1),
            nn.MaxPool2d(2),
            nn.Dropout(dropout),
        ]
        super().__init__(layers, width=128, side=4, hidden=(512,), classes=classes, dropout=0.0)


def two_blocks(channels: int, padding: int) -> list[nn.Module]:
    """The beginning of both comparisons: twice (two 3x3 convolutions, pool, dropout).

    `padding` is that of the first convolution of each pair.
    """
    layers: list[nn.Module] = []
    for inputs, width in ((channels, 32), (32, 64)):
        first = conv_relu(inputs, width, padding=padding)
        layers += [*first, *conv_relu(width, width), nn.MaxPool2d(2), nn.Dropout(0.25)]
    return layers


class KECNN(SmallNetwork):
    """The Keras CIFAR-10 CNN example (examples/cifar10_cnn.py): 1,250,858 parameters with ten classes."""

    def __init__(self, classes: int, dropout: float = 0.5, channels: int = 3) -> None:
        super().__init__(
            two_blocks(channels, padding=1), width=64, side=6, hidden=(512,), classes=classes, dropout=dropout
        )


class KEVGG(SmallNetwork):
    """Our reading of a VGG-style network: the "VGG-like convnet" of Keras's guide to the sequential model."""

    def __init__(self, classes: int, dropout: float = 0.5, channels: int = 3) -> None:
        super().__init__(
            two_blocks(channels, padding=0), width=64, side=5, hidden=(256,), classes=classes, dropout=dropout
        )
