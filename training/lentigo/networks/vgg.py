"""VGG-16 without batch norm (Simonyan and Zisserman 2015, configuration D) with torchvision's layer names."""

from typing import cast

from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier, initialise

# Output channels of the 3x3 convolutions; 0 is a 2x2 maximum pooling.
LAYERS = (64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0)
MAP_SIDE = 7


class VGG16(ImageClassifier):
    """The feature map has 512 channels and a 32nd of the image's side. The dense layers read 7x7 of it.

    Images of 224 px give 7x7; a feature map of any other size is averaged to it. The dense layers read
    positions, not a mean, so there is no class activation map.
    """

    pools_by_mean = False

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
        self.avgpool = nn.AdaptiveAvgPool2d(MAP_SIDE)
        self.classifier = nn.Sequential(
            nn.Linear(channels * MAP_SIDE**2, 4096),
            nn.ReLU(inplace=True),
            nn.Dropout(dropout),
            nn.Linear(4096, 4096),
            nn.ReLU(inplace=True),
            nn.Dropout(dropout),
            nn.Linear(4096, classes),
        )
        initialise(self)

    @property
    def head(self) -> nn.Linear:
        return cast(nn.Linear, self.classifier[6])

    @property
    def dropout(self) -> nn.Module:
        return self.classifier[5]

    def feature_map(self, image: Tensor) -> Tensor:
        return self.features(image)

    def pooled(self, feature_map: Tensor) -> Tensor:
        # Pooling 7x7 to 7x7 changes nothing. Without it the exported graph has an operation less.
        if feature_map.shape[2:] != (MAP_SIDE, MAP_SIDE):
            feature_map = self.avgpool(feature_map)
        return self.classifier[:5](feature_map.flatten(1))
