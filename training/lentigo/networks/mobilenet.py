"""MobileNetV2 (Sandler et al. 2018) with torchvision's layer names."""

from typing import cast

from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier, initialise
from lentigo.networks.depthwise import DepthwiseConv2d

# expansion, output channels, repetitions, stride of the first: table 2 of the paper
STAGES = [
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
]
FEATURES = 1280


def conv_norm_relu6(
    inputs: int, outputs: int, kernel: int = 3, stride: int = 1, depthwise: bool = False
) -> nn.Sequential:
    """Convolution with "half" padding, batch norm, ReLU6."""
    if depthwise:
        convolution: nn.Conv2d = DepthwiseConv2d(inputs, kernel, stride, kernel // 2)
    else:
        convolution = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU6(inplace=True))


class InvertedResidual(nn.Module):
    """Expand 1x1, depthwise 3x3, project 1x1; a shortcut where shapes allow it."""

    def __init__(self, inputs: int, outputs: int, stride: int, expansion: int) -> None:
        super().__init__()
        hidden = inputs * expansion
        self.shortcut = stride == 1 and inputs == outputs
        expand = [] if expansion == 1 else [conv_norm_relu6(inputs, hidden, kernel=1)]
        self.conv = nn.Sequential(
            *expand,
            conv_norm_relu6(hidden, hidden, stride=stride, depthwise=True),
            nn.Conv2d(hidden, outputs, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.conv(x) if self.shortcut else self.conv(x)


class MobileNetV2(ImageClassifier):
    """Width 1.0. The feature map has 1280 channels and a 32nd of the image's side."""

    def __init__(self, classes: int, dropout: float = 0.2, channels: int = 3) -> None:
        super().__init__()
        layers: list[nn.Module] = [conv_norm_relu6(channels, 32, stride=2)]
        width = 32
        for expansion, outputs, repetitions, stride in STAGES:
            for index in range(repetitions):
                layers.append(InvertedResidual(width, outputs, stride if index == 0 else 1, expansion))
                width = outputs
        layers.append(conv_norm_relu6(width, FEATURES, kernel=1))
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(FEATURES, classes))
        initialise(self)

    @property
    def head(self) -> nn.Linear:
        return cast(nn.Linear, self.classifier[1])

    @property
    def dropout(self) -> nn.Module:
        return self.classifier[0]

    def feature_map(self, image: Tensor) -> Tensor:
        return self.features(image)
