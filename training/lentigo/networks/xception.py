"""Xception (Chollet 2017) with the layer names of Cadene's pretrainedmodels.

Their weights were ported from Keras. The published files (xception-43020ad28.pth, and the older b5690688)
call the last layer `fc`, as here. The package itself calls it `last_linear` after loading. Both names load.
"""

from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier, initialise
from lentigo.networks.depthwise import DepthwiseConv2d

FEATURES = 2048


class SeparableConv2d(nn.Module):
    """Depthwise 3x3, then 1x1, with nothing between them."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv1 = DepthwiseConv2d(inputs, 3, padding=1)
        self.pointwise = nn.Conv2d(inputs, outputs, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.pointwise(self.conv1(x))


class Block(nn.Module):
    """Separable convolutions of `widths`, each between a ReLU and a norm, pooled by `stride`; a shortcut."""

    def __init__(self, inputs: int, widths: tuple[int, ...], stride: int, relu_first: bool = True) -> None:
        super().__init__()
        outputs = widths[-1]
        self.skip: nn.Conv2d | None = None
        if stride != 1 or inputs != outputs:
            self.skip = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
            self.skipbn = nn.BatchNorm2d(outputs)
        layers: list[nn.Module] = []
        for width in widths:
            # The first ReLU must not work in place, because the shortcut reads the same tensor.
            layers += [nn.ReLU(inplace=bool(layers)), SeparableConv2d(inputs, width), nn.BatchNorm2d(width)]
            inputs = width
        if stride != 1:
            layers.append(nn.MaxPool2d(3, stride, 1))
        self.rep = nn.Sequential(*layers[0 if relu_first else 1 :])

    def forward(self, x: Tensor) -> Tensor:
        return self.rep(x) + (x if self.skip is None else self.skipbn(self.skip(x)))


class Xception(ImageClassifier):
    """For 299 px (mean and std 0.5). The feature map has 2048 channels: 10x10 at 299 px, 7x7 at 224 px."""

    def __init__(self, classes: int, dropout: float = 0.0, channels: int = 3) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 32, 3, 2, bias=False)
        self.bn1 = nn.BatchNorm2d(32)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(32, 64, 3, bias=False)
        self.bn2 = nn.BatchNorm2d(64)
        self.block1 = Block(64, (128, 128), 2, relu_first=False)
        self.block2 = Block(128, (256, 256), 2)
        self.block3 = Block(256, (728, 728), 2)
        for number in range(4, 12):
            setattr(self, f"block{number}", Block(728, (728, 728, 728), 1))
        self.block12 = Block(728, (728, 1024), 2)
        self.conv3 = SeparableConv2d(1024, 1536)
        self.bn3 = nn.BatchNorm2d(1536)
        self.conv4 = SeparableConv2d(1536, FEATURES)
        self.bn4 = nn.BatchNorm2d(FEATURES)
        self.drop = nn.Dropout(dropout)
        self.fc = nn.Linear(FEATURES, classes)
        initialise(self)

    @property
    def head(self) -> nn.Linear:
        return self.fc

    @property
    def dropout(self) -> nn.Module:
        return self.drop

    def feature_map(self, image: Tensor) -> Tensor:
        x = self.relu(self.bn1(self.conv1(image)))
        x = self.relu(self.bn2(self.conv2(x)))
        for number in range(1, 13):
            x = getattr(self, f"block{number}")(x)
        x = self.relu(self.bn3(self.conv3(x)))
        return self.relu(self.bn4(self.conv4(x)))

    def translate_keys(self, state: dict[str, Tensor]) -> dict[str, Tensor]:
        translated = {}
        for name, tensor in state.items():
            if name.startswith("last_linear."):
                name = name.replace("last_linear.", "fc.")
            if name.endswith("pointwise.weight") and tensor.dim() == 2:  # the older file
                tensor = tensor[:, :, None, None]
            translated[name] = tensor
        return translated
