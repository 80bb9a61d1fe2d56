"""DenseNet-121 (Huang et al. 2017) with torchvision's layer names, and SE-DenseNet-121."""

import re
from collections import OrderedDict

import torch
from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier, initialise
from lentigo.networks.squeeze_excitation import SqueezeExcitation

GROWTH, BOTTLENECK, STEM = 32, 4, 64
BLOCKS = (6, 12, 24, 16)
REDUCTION = 16
# torchvision's published files still call a dense layer's parts norm.1, conv.1, ...
OLD_PART = re.compile(r"^(.*denselayer\d+\.(?:norm|conv))\.(\d\..*)$")


class DenseLayer(nn.Module):
    """Norm, ReLU, 1x1, norm, ReLU, 3x3; its 32 new channels are concatenated to the input."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.norm1 = nn.BatchNorm2d(inputs)
        self.relu1 = nn.ReLU(inplace=True)
        self.conv1 = nn.Conv2d(inputs, BOTTLENECK * GROWTH, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(BOTTLENECK * GROWTH)
        self.relu2 = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(BOTTLENECK * GROWTH, GROWTH, 3, padding=1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        new = self.conv1(self.relu1(self.norm1(x)))
        new = self.conv2(self.relu2(self.norm2(new)))
        return torch.cat([x, new], 1)


def transition(inputs: int) -> nn.Sequential:
    """Halves the channels and the side."""
    return nn.Sequential(
        OrderedDict(
            norm=nn.BatchNorm2d(inputs),
            relu=nn.ReLU(inplace=True),
            conv=nn.Conv2d(inputs, inputs // 2, 1, bias=False),
            pool=nn.AvgPool2d(2),
        )
    )


class DenseNet121(ImageClassifier):
    """The feature map has 1024 channels and a 32nd of the image's side.

    With `se`, squeeze-and-excitation of reduction 16 follows every dense block: our reading of the
    SE-DenseNet paper, which shows its place only in a figure. Its names are features.se1 to se4. The other
    names stay, so that torchvision's DenseNet-121 weights load (with `partial`).
    """

    def __init__(self, classes: int, se: bool = False, dropout: float = 0.0, channels: int = 3) -> None:
        super().__init__()
        layers: OrderedDict[str, nn.Module] = OrderedDict(
            conv0=nn.Conv2d(channels, STEM, 7, 2, 3, bias=False),
            norm0=nn.BatchNorm2d(STEM),
            relu0=nn.ReLU(inplace=True),
            pool0=nn.MaxPool2d(3, 2, 1),
        )
        width = STEM
        for number, length in enumerate(BLOCKS, start=1):
            dense = [(f"denselayer{i + 1}", DenseLayer(width + i * GROWTH)) for i in range(length)]
            layers[f"denseblock{number}"] = nn.Sequential(OrderedDict(dense))
            width += length * GROWTH
            if se:
                layers[f"se{number}"] = SqueezeExcitation(width, width // REDUCTION)
            if number < len(BLOCKS):
                layers[f"transition{number}"] = transition(width)
                width //= 2
        layers["norm5"] = nn.BatchNorm2d(width)
        self.features = nn.Sequential(layers)
        self.relu = nn.ReLU(inplace=True)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(width, classes)
        initialise(self)

    @property
    def head(self) -> nn.Linear:
        return self.classifier

    @property
    def dropout(self) -> nn.Module:
        return self.drop

    def feature_map(self, image: Tensor) -> Tensor:
        return self.relu(self.features(image))

    def translate_keys(self, state: dict[str, Tensor]) -> dict[str, Tensor]:
        return {OLD_PART.sub(r"\1\2", name): tensor for name, tensor in state.items()}
