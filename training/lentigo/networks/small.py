"""Small networks of convolutions and dense layers: what they share, and the three-layer CNN of system D.

A dense layer over a flattened map is written here as a convolution whose window is the whole map. The numbers are the
same, and there is no order of flattening that could differ between NCHW here and NHWC in the browser.
"""

from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier


class SmallNetwork(ImageClassifier):
    """Layers to a grid, dense layers over the whole of it, the last layer. Images have one fixed size.

    `side` is the grid's, `width` its channels, `hidden` the units of the dense layers. They read places, not a mean, so
    there is no class activation map.
    """

    vector_is_mean_of_grid = False

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
    def final(self) -> nn.Linear:
        return self.classifier

    @property
    def dropout(self) -> nn.Module:
        return self.drop

    def grid(self, image: Tensor) -> Tensor:
        return self.features(image)

    def vector(self, grid: Tensor) -> Tensor:
        """Raises ValueError for the grid of an image of another size than the network's."""
        if grid.shape[2:] != (self.side, self.side):
            raise ValueError(
                f"{type(self).__name__} wants a grid of side {self.side}, got {tuple(grid.shape[2:])}"
            )
        return self.dense(grid).flatten(1)


class ThreeLayerCNN(SmallNetwork):
    """The network that system D's paper compares MobileNetV2 with. It gives its size, 34.4 M parameters, and no layout.

    Our reading: images of 128 px, three times 128 filters of 3x3 ("same" padding) with ReLU and 2x2 pooling, dense
    layers of 1024 and 512, dropout 0.5. That is 34,380,034 parameters with two classes, the nearest among 3x3 layouts
    with powers of two for filters and units and pooling after each convolution.
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
