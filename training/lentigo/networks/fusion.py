"""System B: an image, its lesion mask and the patient's metadata, joined by cross attention.

The metadata and the mask each ask a question (a query) of the image, whose features are keys and values. The paper takes
the image as one vector, where the softmax over a single key is always 1 and the query has no influence; with the 7x7
grid as 49 tokens the query chooses where to look. `keys` selects which of the two.
"""

from typing import Literal

import torch
from torch import Tensor, nn

from lentigo.networks.attention import CrossAttention
from lentigo.networks.efficientnet import EfficientNetTrunk, Variant


class Fusion(nn.Module):
    """Two encoders (or one shared) and a head.

    metadata: width of the metadata vector; 0 leaves the metadata out (ablation).
    mask: False leaves the mask out (ablation). Without both the answer rests on the image alone.
    join: "attention", or "concatenation" of the three vectors (the paper's comparison).
    keys: "spatial" (a token a grid position) or "vector" (one token, their mean: the paper's letter).
    shared: one encoder reads the image and the mask.
    width: what linear layers bring image, mask and metadata to.
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

        Gives the head's outputs and, so that the head can run again alone, `tokens` and `mask_vector`.
        """
        encoded = self.encode(image, mask)
        return {**self.head(encoded["tokens"], encoded.get("mask_vector"), metadata), **encoded}

    def encode(self, image: Tensor, mask: Tensor | None = None) -> dict[str, Tensor]:
        """`tokens` [n, t, features], row by row, and, with a mask, `mask_vector` [n, features]."""
        encoded = {"tokens": self.image_encoder(image).flatten(2).transpose(1, 2)}
        if self.has_mask:
            if mask is None:
                raise ValueError("this network reads a mask; an empty one is all zeros")
            encoder = self.image_encoder if self.shared else self.mask_encoder
            encoded["mask_vector"] = encoder(as_photo(mask, self.channels)).mean((2, 3))
        return encoded

    def head(
        self, tokens: Tensor, mask_vector: Tensor | None = None, metadata: Tensor | None = None
    ) -> dict[str, Tensor]:
        """What `encode` gave, and metadata -> `logits` [n, classes], `attention_meta`, `attention_mask`.

        The attentions are [n, heads, 1, t]; they are left out where there is no such query.
        """
        return self.fusion(tokens, mask_vector, metadata)


def as_photo(mask: Tensor, channels: int) -> Tensor:
    """A mask [n, 1, h, w] in 0..1 as an encoder sees it, [n, channels, h, w]: in about the range of a normalised photo,
    which is what the encoder's weights come from."""
    return ((mask - 0.5) * 4).expand(-1, channels, -1, -1)


class FusionHead(nn.Module):
    """From encoded features to logits. Everything in the network that does not look at pixels."""

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
    def final(self) -> nn.Linear:
        return self.classifier[3]

    def forward(
        self, tokens: Tensor, mask_vector: Tensor | None, metadata: Tensor | None
    ) -> dict[str, Tensor]:
        """See Fusion.head."""
        projected = self.image_projection(tokens)
        image = projected.mean(1)
        asked = projected if self.keys == "spatial" else projected.mean(1, keepdim=True)
        inputs = {"meta": metadata, "mask": mask_vector}
        parts, outputs = [], {}
        for name, embed in self.queries.items():
            given = inputs[name]
            if given is None:
                raise ValueError(f"this network has a {name} query, and got nothing for it")
            query = embed(given)
            if self.attends:
                query, outputs[f"attention_{name}"] = self.attention[name](query, asked)
            parts.append(query)
        return {"logits": self.classifier(torch.cat([*parts, image], 1)), **outputs}
