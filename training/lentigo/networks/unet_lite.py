"""A U-Net (Ronneberger et al. 2015) small enough for a phone.

It has an EfficientNet-Lite encoder and a decoder of depthwise separable convolutions, which ends at half the
image's side. The last doubling of the side, where a usual U-Net spends half its time, is a bilinear
enlargement of the logit alone.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from lentigo.networks.classifier import initialise
from lentigo.networks.depthwise import DepthwiseConv2d
from lentigo.networks.efficientnet import STAGES, EfficientNetTrunk, Variant

# Encoder stages that the decoder reads: at a half, a 4th, an 8th, a 16th and a 32nd of the image's side.
SKIPS = (1, 2, 3, 5, 7)
WIDTHS = (96, 64, 48, 32)  # of the decoder at a 16th, an 8th, a 4th and a half


def separable(inputs: int, outputs: int) -> nn.Sequential:
    """Depthwise 3x3, 1x1, each with batch norm, ReLU6 behind the second."""
    return nn.Sequential(
        DepthwiseConv2d(inputs, 3, padding=1),
        nn.BatchNorm2d(inputs),
        nn.Conv2d(inputs, outputs, 1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU6(inplace=True),
    )


class Merge(nn.Module):
    """Doubles the side, joins the encoder's map of that side, and applies two separable convolutions."""

    def __init__(self, inputs: int, skip: int, outputs: int) -> None:
        super().__init__()
        self.conv1 = separable(inputs + skip, outputs)
        self.conv2 = separable(outputs, outputs)

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        x = F.interpolate(x, scale_factor=2, mode="nearest")
        return self.conv2(self.conv1(torch.cat([x, skip], 1)))


class LiteEncoder(EfficientNetTrunk):
    """An EfficientNet-Lite without its head. Published weights need `drop=("features.8.", "classifier.")`."""

    def __init__(self, size: str, variant: Variant, channels: int) -> None:
        super().__init__(size, variant, channels)
        self.features = nn.Sequential(*list(self.features)[:-1])

    def pyramid(self, image: Tensor) -> list[Tensor]:
        """Feature maps at a half, a 4th, an 8th, a 16th and a 32nd of the image's side."""
        maps, x = [], image
        for number, stage in enumerate(self.features):
            x = stage(x)
            if number in SKIPS:
                maps.append(x)
        return maps


class UNetLite(nn.Module):
    """Image [n, channels, h, w] -> a logit per class and pixel, [n, classes, h, w]; h, w multiples of 32."""

    def __init__(self, size: str, classes: int = 1, variant: Variant = "tf", channels: int = 3) -> None:
        super().__init__()
        self.encoder = LiteEncoder(size, variant, channels)
        skips = [self.encoder.scale.channels(STAGES[stage - 1][3]) for stage in SKIPS]
        inputs, *skips = reversed(skips)
        self.bridge = nn.Sequential(
            nn.Conv2d(inputs, WIDTHS[0], 1, bias=False), nn.BatchNorm2d(WIDTHS[0]), nn.ReLU6(inplace=True)
        )
        before = (WIDTHS[0], *WIDTHS)
        self.decoder = nn.ModuleList(
            Merge(before[i], skip, width) for i, (skip, width) in enumerate(zip(skips, WIDTHS, strict=True))
        )
        self.segmentation_head = nn.Conv2d(WIDTHS[-1], classes, 3, padding=1)
        for part in (self.bridge, self.decoder, self.segmentation_head):
            initialise(part)

    def forward(self, image: Tensor) -> Tensor:
        return F.interpolate(self.decode(self.encoder.pyramid(image)), scale_factor=2, mode="bilinear")

    def decode(self, pyramid: Sequence[Tensor]) -> Tensor:
        """The logits at half the image's side."""
        deepest, *skips = reversed(pyramid)
        x = self.bridge(deepest)
        for merge, skip in zip(self.decoder, skips, strict=True):
            x = merge(x, skip)
        return self.segmentation_head(x)
