"""Small networks of convolutions and dense layers: what they share, and the three-layer CNN.

A dense layer over a flattened map is a convolution here, with the whole map as its window. The numbers are
the same, and there is no order of flattening that could differ between NCHW here and NHWC in the browser.
"""

from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier


class SmallNetwork(ImageClassifier):
    """Layers to a feature map, dense layers over the whole of it, the head. Images have a fixed size.

    `side` is the feature map's side, `width` its channels, `hidden` the units of the dense layers. These read
    positions, not a mean, so there is no class activation map.
    """

    pools_by_mean = False

    def __init__(
        self,
        layers: list[nn.Module],
        width: int,
        side: int,
        hidden: tuple[int, ...],
        classes: int,
        dropout: float,
    ) -> None:
        super().__init__()
        self.side = side
        self.features = nn.Sequential(*layers)
        dense: list[nn.Module] = []
        for units in hidden:
            dense += conv_relu(width, units, kernel=1 if dense else side)
            width = units
        self.dense = nn.Sequential(*dense)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(width, classes)

    @property
    def head(self) -> nn.Linear:
        return self.classifier

    @property
    def dropout(self) -> nn.Module:
        return self.drop

    def feature_map(self, image: Tensor) -> Tensor:
        return self.features(image)

    def pooled(self, feature_map: Tensor) -> Tensor:
        """Raises ValueError for the feature map of an image that does not have the network's size."""
        if feature_map.shape[2:] != (self.side, self.side):
            raise ValueError(
                f"{type(self).__name__} needs a feature map of side {self.side}, "
                f"got {tuple(feature_map.shape[2:])}"
            )
        return self.dense(feature_map).flatten(1)


class ThreeLayerCNN(SmallNetwork):
    """The network with which the nevus-melanoma paper compares MobileNetV2.

    The paper gives its size, 34.4 M parameters, and no layout. Our reading: images of 128 px, three times 128
    filters of 3x3 ("same" padding) with ReLU and 2x2 pooling, dense layers of 1024 and 512, dropout 0.5. That
    is 34,380,034 parameters with two classes, the nearest of all 3x3 layouts with powers of two for filters
    and units and pooling after each convolution.
    """

    def __init__(self, classes: int, dropout: float = 0.5, channels: int = 3) -> None:
        layers = []
        for _ in range(3):
            layers += [*conv_relu(channels, 128, padding=1), nn.MaxPool2d(2)]
            channels = 128
        super().__init__(layers, width=128, side=16, hidden=(1024, 512), classes=classes, dropout=dropout)


def conv_relu(inputs: int, outputs: int, kernel: int = 3, padding: int = 0) -> list[nn.Module]:
    """A convolution and its ReLU."""
    return [nn.Conv2d(inputs, outputs, kernel, padding=padding), nn.ReLU(inplace=True)]
