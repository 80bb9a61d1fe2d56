"""EfficientNet-B0 to B3 (Tan and Le 2019) and EfficientNet-Lite0 to Lite2, in two variants.

`variant="torchvision"`: "half" padding, batch-norm eps 1e-5. `variant="tf"`: as in TensorFlow and
efficientnet_pytorch, "same" padding (uneven where the stride is 2) and eps 1e-3. Weights of one variant do
not work in the other, although every shape fits. Variant "torchvision" refuses a file with
efficientnet_pytorch's names. A file with torchvision's names may be of either variant (this project's own
files have them in both), so the recipe has to know.

Lite (TensorFlow, 2020) has ReLU6 instead of SiLU and no squeeze-and-excitation, and does not scale the stem,
the head and the depth of the first and last stage. The layer names are torchvision's; Lite, which torchvision
does not have, has the names of B0 to B3.
"""

import math
from dataclasses import dataclass
from typing import Literal, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier, initialise
from lentigo.networks.depthwise import DepthwiseConv2d
from lentigo.networks.efficientnet_names import from_tf_names, is_tf_names
from lentigo.networks.squeeze_excitation import SqueezeExcitation

Variant = Literal["tf", "torchvision"]

# expansion, kernel, stride, output channels, repetitions: table 1 of the paper, for B0
STAGES = [
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 2),
    (6, 5, 2, 40, 2),
    (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3),
    (6, 5, 2, 192, 4),
    (6, 3, 1, 320, 1),
]
STEM, HEAD = 32, 1280


@dataclass(frozen=True)
class Scale:
    """Compound scaling: width and depth relative to B0, the published dropout, and whether it is a Lite."""

    width: float
    depth: float
    dropout: float
    lite: bool = False

    def channels(self, base: int) -> int:
        """The nearest multiple of 8, never below 90 % of the exact width."""
        exact = base * self.width
        rounded = max(8, int(exact + 4) // 8 * 8)
        return rounded + 8 if rounded < 0.9 * exact else rounded

    def stage_lengths(self) -> list[int]:
        """Number of blocks in each of the seven stages."""
        lengths = [math.ceil(repetitions * self.depth) for *_, repetitions in STAGES]
        return [1, *lengths[1:-1], 1] if self.lite else lengths

    def ends(self) -> tuple[int, int]:
        """Channels of the stem and of the head."""
        return (STEM, HEAD) if self.lite else (self.channels(STEM), self.channels(HEAD))

    @property
    def activation(self) -> type[nn.Module]:
        return nn.ReLU6 if self.lite else nn.SiLU


SCALES = {
    "b0": Scale(1.0, 1.0, 0.2),
    "b1": Scale(1.0, 1.1, 0.2),
    "b2": Scale(1.1, 1.2, 0.3),
    "b3": Scale(1.2, 1.4, 0.3),
    "lite0": Scale(1.0, 1.0, 0.2, lite=True),
    "lite1": Scale(1.0, 1.1, 0.2, lite=True),
    "lite2": Scale(1.1, 1.2, 0.3, lite=True),
}


class SameConv2d(nn.Conv2d):
    """TensorFlow's "same" padding for strides above 1: an odd pixel goes to the right and bottom."""

    def forward(self, x: Tensor) -> Tensor:
        (top, bottom), (left, right) = (self.edges(axis, x.shape[axis + 2]) for axis in (0, 1))
        return super().forward(F.pad(x, (left, right, top, bottom)))

    def edges(self, axis: int, side: int) -> tuple[int, int]:
        """Padding before and after an axis of length `side`."""
        stride, kernel = self.stride[axis], self.kernel_size[axis]
        total = max((-(-side // stride) - 1) * stride + kernel - side, 0)
        return total // 2, total - total // 2


class SameDepthwiseConv2d(SameConv2d, DepthwiseConv2d):
    """A depthwise convolution with TensorFlow's "same" padding."""


def conv_norm(
    inputs: int,
    outputs: int,
    kernel: int,
    stride: int,
    variant: Variant,
    activation: type[nn.Module] | None,
    depthwise: bool = False,
) -> nn.Sequential:
    """Convolution, batch norm and, unless it is None, the activation."""
    tf = variant == "tf"
    # With stride 1 and odd kernels both paddings are equal, so only strided convolutions need their own
    # class.
    same = tf and stride > 1
    padding = 0 if same else kernel // 2
    if depthwise:
        kind = SameDepthwiseConv2d if same else DepthwiseConv2d
        convolution: nn.Conv2d = kind(inputs, kernel, stride, padding)
    else:
        convolution = (SameConv2d if same else nn.Conv2d)(
            inputs, outputs, kernel, stride, padding, bias=False
        )
    norm = nn.BatchNorm2d(outputs, eps=1e-3 if tf else 1e-5, momentum=0.01 if tf else 0.1)
    return nn.Sequential(convolution, norm, *([activation(inplace=True)] if activation else []))


class MBConv(nn.Module):
    """Expand 1x1, depthwise, squeeze-and-excitation (not in a Lite), project 1x1.

    It has a shortcut where the shapes allow it. `drop` is the probability that an image skips the block in
    training (stochastic depth).
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        expansion: int,
        kernel: int,
        stride: int,
        drop: float,
        variant: Variant,
        lite: bool = False,
    ) -> None:
        super().__init__()
        hidden = inputs * expansion
        activation = nn.ReLU6 if lite else nn.SiLU
        self.shortcut = stride == 1 and inputs == outputs
        self.drop = drop
        expand = [] if expansion == 1 else [conv_norm(inputs, hidden, 1, 1, variant, activation)]
        self.block = nn.Sequential(
            *expand,
            conv_norm(hidden, hidden, kernel, stride, variant, activation, depthwise=True),
            # The identity keeps the names of the layers after it the same in all variants.
            nn.Identity() if lite else SqueezeExcitation(hidden, max(1, inputs // 4), nn.SiLU),
            conv_norm(hidden, outputs, 1, 1, variant, activation=None),
        )

    def forward(self, x: Tensor) -> Tensor:
        y = self.block(x)
        if not self.shortcut:
            return y
        if self.training and self.drop > 0:
            passes = torch.rand((y.shape[0], 1, 1, 1), dtype=y.dtype, device=y.device) >= self.drop
            y = y * passes / (1 - self.drop)
        return x + y


class EfficientNetTrunk(nn.Module):
    """Everything but the classifier: [n, channels, h, w] -> [n, width, ceil(h / 32), ceil(w / 32)]."""

    def __init__(
        self, size: str, variant: Variant = "tf", channels: int = 3, drop_connect: float = 0.2
    ) -> None:
        super().__init__()
        if size not in SCALES or variant not in ("tf", "torchvision"):
            raise ValueError(f"no EfficientNet {size!r} in variant {variant!r}")
        self.size, self.variant = size, variant
        self.scale = SCALES[size]
        width, self.width = self.scale.ends()
        activation, lite = self.scale.activation, self.scale.lite
        layers: list[nn.Module] = [conv_norm(channels, width, 3, 2, variant, activation)]
        blocks, built = sum(self.stage_lengths()), 0
        for (expansion, kernel, stride, base, _), length in zip(STAGES, self.stage_lengths(), strict=True):
            stage: list[nn.Module] = []
            for index in range(length):
                outputs, drop = self.scale.channels(base), drop_connect * built / blocks
                step = stride if index == 0 else 1
                stage.append(MBConv(width, outputs, expansion, kernel, step, drop, variant, lite))
                width, built = outputs, built + 1
            layers.append(nn.Sequential(*stage))
        layers.append(conv_norm(width, self.width, 1, 1, variant, activation))
        self.features = nn.Sequential(*layers)
        initialise(self)

    def feature_map(self, image: Tensor) -> Tensor:
        return self.features(image)

    def forward(self, image: Tensor) -> Tensor:
        return self.feature_map(image)

    def translate_keys(self, state: dict[str, Tensor]) -> dict[str, Tensor]:
        """efficientnet_pytorch's names -> torchvision's, which are this network's.

        Raises ValueError for efficientnet_pytorch's weights and variant "torchvision".
        """
        if is_tf_names(state):
            if self.variant != "tf":
                raise ValueError("these are efficientnet_pytorch's names: they need variant='tf'")
            return from_tf_names(state, self.stage_lengths())
        return state

    def stage_lengths(self) -> list[int]:
        """Number of blocks in each of the seven stages."""
        return self.scale.stage_lengths()


class EfficientNet(EfficientNetTrunk, ImageClassifier):
    """Its feature map has 1280 (B0, B1, Lite), 1408 (B2) or 1536 (B3) channels. Dropout None: published."""

    def __init__(
        self,
        size: str,
        classes: int,
        variant: Variant = "tf",
        dropout: float | None = None,
        drop_connect: float = 0.2,
        channels: int = 3,
    ) -> None:
        super().__init__(size, variant, channels, drop_connect)
        rate = self.scale.dropout if dropout is None else dropout
        self.classifier = nn.Sequential(nn.Dropout(rate), nn.Linear(self.width, classes))

    @property
    def head(self) -> nn.Linear:
        return cast(nn.Linear, self.classifier[1])

    @property
    def dropout(self) -> nn.Module:
        return self.classifier[0]

    def forward(self, image: Tensor) -> Tensor:
        return ImageClassifier.forward(self, image)
