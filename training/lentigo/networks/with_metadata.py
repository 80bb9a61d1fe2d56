"""Image classifiers that also get the patient's metadata: age, region, what the person answered."""

import torch
from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier
from lentigo.networks.efficientnet import EfficientNet, Variant
from lentigo.networks.mobilenet import MobileNetV2

HIDDEN = 64  # width of the metadata's two layers


class WithMetadata(ImageClassifier):
    """Metadata, through two small layers, is concatenated to the image's features before the head.

    The first pooled features are the image's, so the head's first columns give the class activation map. The
    image-only ablation is the same network without this class.
    """

    classifier: nn.Sequential  # dropout and head: every network that this class is mixed into has it

    def add_metadata(self, metadata: int, hidden: int, dropout: float) -> None:
        """Puts the metadata's layers before a new head. metadata: width of the metadata vector."""
        features, classes = self.head.in_features, self.head.out_features
        del self.classifier  # to register it after the metadata's layers, as in the forward pass
        self.metadata = nn.Sequential(
            nn.Linear(metadata, hidden),
            nn.BatchNorm1d(hidden),
            nn.ReLU(inplace=True),
            nn.Dropout(dropout),
            nn.Linear(hidden, hidden),
            nn.ReLU(inplace=True),
        )
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(features + hidden, classes))

    def pooled(self, feature_map: Tensor, metadata: Tensor) -> Tensor:  # type: ignore[override]
        """Feature map [n, C, h', w'] and metadata [n, metadata] -> [n, C + hidden]."""
        return torch.cat([feature_map.mean((2, 3)), self.metadata(metadata)], 1)

    def forward(self, image: Tensor, metadata: Tensor) -> Tensor:  # type: ignore[override]
        """Image [n, channels, h, w] and metadata [n, metadata] -> logits [n, classes]."""
        return self.head(self.dropout(self.pooled(self.feature_map(image), metadata)))


class MobileNetV2WithMetadata(WithMetadata, MobileNetV2):
    """MobileNetV2 and metadata."""

    def __init__(
        self,
        classes: int,
        metadata: int,
        hidden: int = HIDDEN,
        dropout: float = 0.2,
        channels: int = 3,
    ) -> None:
        super().__init__(classes, dropout, channels)
        self.add_metadata(metadata, hidden, dropout)


class EfficientNetWithMetadata(WithMetadata, EfficientNet):  # type: ignore[misc]  # one input more
    """EfficientNet, or a Lite, and metadata."""

    def __init__(
        self,
        size: str,
        classes: int,
        metadata: int,
        hidden: int = HIDDEN,
        variant: Variant = "tf",
        dropout: float = 0.2,
        channels: int = 3,
    ) -> None:
        super().__init__(size, classes, variant, dropout, channels=channels)
        self.add_metadata(metadata, hidden, dropout)
