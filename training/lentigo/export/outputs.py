"""Modules that wrap a network for export and name the graph's outputs (docs/model-package.md, outputs)."""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

TINY = 1e-12  # keeps the length of an embedding above 0


class OodScore(nn.Module):
    """The out-of-distribution score: the smallest squared distance to a class mean, after a projection.

    With a projection that also whitens (the within-class covariance becomes the identity) this is the squared
    Mahalanobis distance of Lee et al., "A simple unified framework for detecting out-of-distribution samples"
    (2018), equation 2.

    projection: [d, c]. means: [classes, d], the class means after the projection.
    """

    def __init__(self, projection: Tensor, means: Tensor) -> None:
        super().__init__()
        self.projection: Tensor
        self.means: Tensor
        self.register_buffer("projection", projection.detach().float().clone())
        self.register_buffer("means", means.detach().float().clone())

    def forward(self, pooled: Tensor) -> Tensor:
        """pooled: [n, c] -> [n, 1], 0 at a class mean, larger further from the training data."""
        projected = F.linear(pooled, self.projection)
        # |a|^2 - 2ab + |b|^2 would lose digits where distances are small compared with the norms.
        differences = projected.unsqueeze(1) - self.means.unsqueeze(0)
        return differences.square().sum(-1).amin(1, keepdim=True)


class UnitEmbedding(nn.Module):
    """Pooled features minus their mean, projected, of unit length (evaluation/embedding.py fits it).

    projection: [d, c]. mean: [c].
    """

    def __init__(self, projection: Tensor, mean: Tensor) -> None:
        super().__init__()
        self.projection: Tensor
        self.offset: Tensor
        self.register_buffer("projection", projection.detach().float().clone())
        self.register_buffer("offset", -(projection.double() @ mean.double()).float())

    def forward(self, pooled: Tensor) -> Tensor:
        """pooled: [n, c] -> [n, d], of length 1."""
        projected = F.linear(pooled, self.projection, self.offset)
        return projected * torch.rsqrt(projected.square().sum(1, keepdim=True) + TINY)


class ClassifierOutputs(nn.Module):
    """An ImageClassifier with its class activation map and what has been fitted on its features.

    Gives logits [n, classes]; cam [n, h, w, classes] where the network pools by the mean; ood [n, 1] with
    `ood` and embedding [n, d] with `embedding`, which both read the image's features alone. Takes `metadata`
    where the network does.
    """

    def __init__(
        self, network: Any, ood: OodScore | None = None, embedding: UnitEmbedding | None = None
    ) -> None:
        super().__init__()
        self.network = network
        self.ood = ood
        self.embedding = embedding

    def forward(self, image: Tensor, metadata: Tensor | None = None) -> dict[str, Tensor]:
        feature_map = self.network.feature_map(image)
        pooled = self.network.pooled(feature_map, *(() if metadata is None else (metadata,)))
        outputs = {"logits": self.network.head(pooled)}
        if self.network.pools_by_mean:
            outputs["cam"] = class_activation_map(feature_map, self.network.head.weight)
        if self.ood is not None:
            outputs["ood"] = self.ood(pooled[:, : self.ood.projection.shape[1]])
        if self.embedding is not None:
            outputs["embedding"] = self.embedding(pooled[:, : self.embedding.projection.shape[1]])
        return outputs


class FusionOutputs(nn.Module):
    """A Fusion network: its own outputs, and `ood` and `embedding` of the mean of its tokens if fitted."""

    def __init__(
        self, network: nn.Module, ood: OodScore | None = None, embedding: UnitEmbedding | None = None
    ) -> None:
        super().__init__()
        self.network = network
        self.ood = ood
        self.embedding = embedding

    def forward(
        self, image: Tensor, mask: Tensor | None = None, metadata: Tensor | None = None
    ) -> dict[str, Tensor]:
        outputs: dict[str, Tensor] = dict(self.network(image, mask, metadata))
        pooled = outputs["tokens"].mean(1)
        if self.ood is not None:
            outputs["ood"] = self.ood(pooled)
        if self.embedding is not None:
            outputs["embedding"] = self.embedding(pooled)
        return outputs


def class_activation_map(feature_map: Tensor, weight: Tensor) -> Tensor:
    """Feature map [n, c, h, w], the head's weight [classes, c or more] -> [n, h, w, classes].

    The map is before bias and softmax. Zhou et al., "Learning deep features for discriminative localization"
    (2016), equation 2. Further columns of the weight (of metadata joined to the features) have no position in
    the image and are left out.
    """
    own = weight[:, : feature_map.shape[1], None, None]
    return F.conv2d(feature_map, own).permute(0, 2, 3, 1)


class SegmenterOutputs(nn.Module):
    """A segmentation network, [n, 3, h, w] -> [n, 1, h, w], with its logit as `lesion` [n, h, w, 1]."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        return {"lesion": self.network(image).permute(0, 2, 3, 1)}
