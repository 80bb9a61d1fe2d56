"""U-Net (Ronneberger et al. 2015) with a ResNet-34 encoder, named as in segmentation_models_pytorch."""

from collections.abc import Sequence
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from lentigo.networks.classifier import initialise
from lentigo.networks.resnet import ResNetTrunk

DECODER_WIDTHS = (256, 128, 64, 32, 16)
SKIP_WIDTHS = (256, 128, 64, 64, 0)
Upsampling = Literal["nearest", "bilinear"]


def conv_norm_relu(inputs: int, outputs: int) -> nn.Sequential:
    """3x3 convolution, batch norm, ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class DecoderBlock(nn.Module):
    """Upsamples by two, concatenates the encoder's map of that side, and applies two convolutions."""

    def __init__(self, inputs: int, skip: int, outputs: int, upsampling: Upsampling) -> None:
        super().__init__()
        self.upsampling = upsampling
        self.conv1 = conv_norm_relu(inputs + skip, outputs)
        self.conv2 = conv_norm_relu(outputs, outputs)

    def forward(self, x: Tensor, skip: Tensor | None) -> Tensor:
        corners = False if self.upsampling == "bilinear" else None
        x = F.interpolate(x, scale_factor=2, mode=self.upsampling, align_corners=corners)
        if skip is not None:
            x = torch.cat([x, skip], 1)
        return self.conv2(self.conv1(x))


class Decoder(nn.Module):
    """Five blocks, from a 32nd of the image's side to the whole side."""

    def __init__(self, inputs: int, upsampling: Upsampling) -> None:
        super().__init__()
        widths = [inputs, *DECODER_WIDTHS]
        self.blocks = nn.ModuleList(
            DecoderBlock(widths[i], SKIP_WIDTHS[i], widths[i + 1], upsampling)
            for i in range(len(DECODER_WIDTHS))
        )

    def forward(self, pyramid: Sequence[Tensor]) -> Tensor:
        x, *skips = reversed(pyramid)
        for block, skip in zip(self.blocks, [*skips, None], strict=True):
            x = block(x, skip)
        return x


class UNetResNet34(nn.Module):
    """Image [n, channels, h, w] -> logits [n, classes, h, w]; h and w are multiples of 32.

    Published ResNet-34 weights go into `encoder`: load_pretrained(network.encoder, path, drop=("fc.",)).
    """

    def __init__(self, classes: int = 1, upsampling: Upsampling = "nearest", channels: int = 3) -> None:
        super().__init__()
        if upsampling not in ("nearest", "bilinear"):
            raise ValueError(f"upsampling is nearest or bilinear, not {upsampling!r}")
        self.encoder = ResNetTrunk(34, channels)
        self.decoder = Decoder(self.encoder.width, upsampling)
        self.segmentation_head = nn.Sequential(nn.Conv2d(DECODER_WIDTHS[-1], classes, 3, padding=1))
        initialise(self.decoder)
        initialise(self.segmentation_head)

    def forward(self, image: Tensor) -> Tensor:
        return self.segmentation_head(self.decoder(self.encoder.pyramid(image)))
