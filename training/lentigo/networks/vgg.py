"""VGG-16 without batch norm (Simonyan and Zisserman 2015, configuration D), torchvision's layer names."""

from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier, initialise

# output channels of the 3x3 convolutions; 0 is a 2x2 maximum pooling
LAYERS = (64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0)
GRID_SIDE = 7


class VGG16(ImageClassifier):
    """The grid has 512 channels and a 32nd of the image's side; the published fully connected head reads 7x7 of it.

    Images of 224 px give that; the grid of any other size is averaged to it. The head reads places, not a mean, so
    there is no class activation map.
    """

    vector_is_mean_of_grid = False

    def __init__(self, classes: int, dropout: float = 0.5, channels: int = 3) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for width in LAYERS:
            if width == 0:
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU(inplace=True)]
                channels = width
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(GRID_SIDE)
        self.classifier = nn.Sequential(
            nn.Linear(channels * GRID_SIDE**2, 4096),
            nn.ReLU(inplace=True),
            nn.Dropout(dropout),
            nn.Linear(4096, 4096),
            nn.ReLU(inplace=True),
            nn.Dropout(dropout),
            nn.Linear(4096, classes),
        )
        initialise(self)

    @property
    def final(self) -> nn.Linear:
        return self.classifier[6]

    @property
    def dropout(self) -> nn.Module:
        return self.classifier[5]

    def grid(self, image: Tensor) -> Tensor:
        return self.features(image)

    def vector(self, grid: Tensor) -> Tensor:
        # pooling 7x7 to 7x7 changes nothing, and without it the exported graph has one operation less
        seven = grid if grid.shape[2:] == (GRID_SIDE, GRID_SIDE) else self.avgpool(grid)
        return self.classifier[:5](seven.flatten(1))
