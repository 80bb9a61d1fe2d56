"""ResNet-34 and ResNet-50 (He et al. 2016) with torchvision's layer names.

As in torchvision, ResNet-50 has its stride on the 3x3 convolution.
"""

from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier, initialise

STAGE_WIDTHS = (64, 128, 256, 512)


class BasicBlock(nn.Module):
    """Two 3x3 convolutions and a shortcut."""

    expansion = 1

    def __init__(self, inputs: int, width: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.downsample = shortcut(inputs, width, stride)

    def forward(self, x: Tensor) -> Tensor:
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return self.relu(y + (x if self.downsample is None else self.downsample(x)))


class Bottleneck(nn.Module):
    """1x1, 3x3, 1x1 convolutions and a shortcut."""

    expansion = 4

    def __init__(self, inputs: int, width: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, width * self.expansion, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(width * self.expansion)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = shortcut(inputs, width * self.expansion, stride)

    def forward(self, x: Tensor) -> Tensor:
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return self.relu(y + (x if self.downsample is None else self.downsample(x)))


def shortcut(inputs: int, outputs: int, stride: int) -> nn.Sequential | None:
    """A 1x1 projection where the shape changes, else None (the identity)."""
    if stride == 1 and inputs == outputs:
        return None
    return nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))


# Block, its repetitions in the four stages: table 1 of the paper.
Block = type[BasicBlock] | type[Bottleneck]
DEPTHS: dict[int, tuple[Block, tuple[int, ...]]] = {
    34: (BasicBlock, (3, 4, 6, 3)),
    50: (Bottleneck, (3, 4, 6, 3)),
}


class ResNetTrunk(nn.Module):
    """Everything but the classifier."""

    def __init__(self, depth: int, channels: int = 3) -> None:
        super().__init__()
        block, lengths = DEPTHS[depth]
        self.conv1 = nn.Conv2d(channels, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        inputs = 64
        for number, (width, length) in enumerate(zip(STAGE_WIDTHS, lengths, strict=True), start=1):
            blocks: list[nn.Module] = []
            for index in range(length):
                blocks.append(block(inputs, width, 2 if index == 0 and number > 1 else 1))
                inputs = width * block.expansion
            setattr(self, f"layer{number}", nn.Sequential(*blocks))
        self.width = inputs
        initialise(self)

    def pyramid(self, image: Tensor) -> list[Tensor]:
        """Feature maps at a half, a 4th, an 8th, a 16th and a 32nd of the image's side."""
        half = self.relu(self.bn1(self.conv1(image)))
        maps, x = [half], self.maxpool(half)
        for number in range(1, len(STAGE_WIDTHS) + 1):
            x = self.get_submodule(f"layer{number}")(x)
            maps.append(x)
        return maps

    def feature_map(self, image: Tensor) -> Tensor:
        return self.pyramid(image)[-1]

    def forward(self, image: Tensor) -> Tensor:
        return self.feature_map(image)


class ResNet(ResNetTrunk, ImageClassifier):
    """`depth` 34 or 50. The feature map has 512 or 2048 channels and a 32nd of the image's side."""

    def __init__(self, depth: int, classes: int, dropout: float = 0.0, channels: int = 3) -> None:
        super().__init__(depth, channels)
        self.drop = nn.Dropout(dropout)
        self.fc = nn.Linear(self.width, classes)

    @property
    def head(self) -> nn.Linear:
        return self.fc

    @property
    def dropout(self) -> nn.Module:
        return self.drop

    def forward(self, image: Tensor) -> Tensor:
        return ImageClassifier.forward(self, image)
