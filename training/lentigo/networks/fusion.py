"""Fusion of an image, its lesion mask and the patient's metadata by cross attention.

The metadata and the mask are queries; the image's features are keys and values. The paper takes the image as
a single vector, but the softmax over a single key is always 1, so that the query has no influence. With the
7x7 feature map as 49 tokens the query chooses where to look. `keys` selects between the two.
"""

from typing import Literal, cast

import torch
from torch import Tensor, nn

from lentigo.networks.attention import CrossAttention
from lentigo.networks.efficientnet import EfficientNetTrunk, Variant


class Fusion(nn.Module):
    """Two encoders, or a shared encoder, and a head.

    metadata: width of the metadata vector; 0 leaves the metadata out (ablation).
    mask: False leaves the mask out (ablation). Without both, the logits depend on the image alone.
    join: "attention", or "concatenation" of the three vectors (the paper's comparison).
    keys: "spatial" (a token per position of the feature map) or "vector" (their mean, as in the paper).
    shared: a single encoder reads both the image and the mask.
    width: the common width to which linear layers project image, mask and metadata.
    """

    def __init__(
        self,
        size: str,
        classes: int,
        metadata: int = 18,
        mask: bool = True,
        join: Literal["attention", "concatenation"] = "attention",
        keys: Literal["spatial", "vector"] = "spatial",
        shared: bool = False,
        width: int = 192,
        heads: int = 8,
        dropout: float = 0.3,
        drop_connect: float = 0.2,
        variant: Variant = "tf",
        channels: int = 3,
    ) -> None:
        super().__init__()
        if join not in ("attention", "concatenation") or keys not in ("spatial", "vector"):
            raise ValueError(f"no fusion by {join!r} with {keys!r} keys")
        self.channels = channels
        self.has_mask, self.has_metadata = mask, metadata > 0
        self.image_encoder = EfficientNetTrunk(size, variant, channels, drop_connect)
        if mask and not shared:
            self.mask_encoder = EfficientNetTrunk(size, variant, channels, drop_connect)
        self.shared = shared
        self.fusion = FusionHead(
            self.image_encoder.width, classes, metadata, mask, join, keys, width, heads, dropout
        )

    def forward(
        self, image: Tensor, mask: Tensor | None = None, metadata: Tensor | None = None
    ) -> dict[str, Tensor]:
        """Image [n, channels, h, w], mask [n, 1, h, w] (lesion 1, background 0), metadata [n, metadata].

        Gives the outputs of `fuse`, and its inputs `tokens` and `mask_vector`, so that it can run again
        alone.
        """
        encoded = self.encode(image, mask)
        return {**self.fuse(encoded["tokens"], encoded.get("mask_vector"), metadata), **encoded}

    def encode(self, image: Tensor, mask: Tensor | None = None) -> dict[str, Tensor]:
        """`tokens` [n, t, features], row by row of the map, and, with a mask, `mask_vector` [n, features]."""
        encoded = {"tokens": self.image_encoder(image).flatten(2).transpose(1, 2)}
        if self.has_mask:
            if mask is None:
                raise ValueError("this network reads a mask; an empty mask is all zeros")
            encoder = self.image_encoder if self.shared else self.mask_encoder
            encoded["mask_vector"] = encoder(as_photo(mask, self.channels)).mean((2, 3))
        return encoded

    def fuse(
        self, tokens: Tensor, mask_vector: Tensor | None = None, metadata: Tensor | None = None
    ) -> dict[str, Tensor]:
        """The outputs of `encode`, and metadata -> `logits` [n, classes], `attention_meta`, `attention_mask`.

        The attentions are [n, heads, 1, t]. An attention without its query is left out.
        """
        return self.fusion(tokens, mask_vector, metadata)

    @property
    def head(self) -> nn.Linear:
        """The last layer, features -> classes."""
        return self.fusion.head


def as_photo(mask: Tensor, channels: int) -> Tensor:
    """A mask [n, 1, h, w] in 0..1 as an encoder sees it, [n, channels, h, w].

    Its range is about that of a normalised photo, because the encoder was pretrained on photos.
    """
    return ((mask - 0.5) * 4).expand(-1, channels, -1, -1)


class FusionHead(nn.Module):
    """From encoded features to logits: everything in the network that does not read pixels."""

    def __init__(
        self,
        features: int,
        classes: int,
        metadata: int,
        mask: bool,
        join: str,
        keys: str,
        width: int,
        heads: int,
        dropout: float,
    ) -> None:
        super().__init__()
        self.attends, self.keys = join == "attention", keys
        self.image_projection = nn.Linear(features, width)
        self.queries = nn.ModuleDict()
        if metadata:
            self.queries["meta"] = nn.Sequential(
                nn.Linear(metadata, width), nn.BatchNorm1d(width), nn.ReLU(inplace=True), nn.Dropout(dropout)
            )
        if mask:
            self.queries["mask"] = nn.Linear(features, width)
        if self.attends:
            self.attention = nn.ModuleDict({name: CrossAttention(width, heads) for name in self.queries})
        self.classifier = nn.Sequential(
            nn.Linear(width * (1 + len(self.queries)), width),
            nn.ReLU(inplace=True),
            nn.Dropout(dropout),
            nn.Linear(width, classes),
        )

    @property
    def head(self) -> nn.Linear:
        return cast(nn.Linear, self.classifier[3])

    def forward(
        self, tokens: Tensor, mask_vector: Tensor | None, metadata: Tensor | None
    ) -> dict[str, Tensor]:
        """See Fusion.fuse."""
        projected = self.image_projection(tokens)
        image = projected.mean(1)
        keys = projected if self.keys == "spatial" else projected.mean(1, keepdim=True)
        inputs = {"meta": metadata, "mask": mask_vector}
        parts, outputs = [], {}
        for name, embed in self.queries.items():
            value = inputs[name]
            if value is None:
                raise ValueError(f"this network has a {name} query, but its input is missing")
            query = embed(value)
            if self.attends:
                query, outputs[f"attention_{name}"] = self.attention[name](query, keys)
            parts.append(query)
        return {"logits": self.classifier(torch.cat([*parts, image], 1)), **outputs}
