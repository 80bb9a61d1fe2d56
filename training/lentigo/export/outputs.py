"""Modules that stand around a network at export and name what the graph gives (docs/model-package.md, outputs)."""

import torch.nn.functional as F
from torch import Tensor, nn


class OodScore(nn.Module):
    """How far features lie from all classes: the least squared distance to a class mean, after a projection.

    With a projection that also whitens (the within-class covariance becomes the identity) this is the squared Mahalanobis
    distance of Lee et al., "A simple unified framework for detecting out-of-distribution samples" (2018), equation 2.

    projection: [d, c] (d is 64), means: [classes, d], the class means after the projection.
    """

    def __init__(self, projection: Tensor, means: Tensor) -> None:
        super().__init__()
        self.register_buffer("projection", projection.detach().float().clone())
        self.register_buffer("means", means.detach().float().clone())

    def forward(self, vector: Tensor) -> Tensor:
        """vector: [n, c] pooled features -> [n, 1], zero at a class mean, larger is stranger."""
        projected = F.linear(vector, self.projection)
        # Differences and not |a|^2 - 2ab + |b|^2, which loses digits where distances are small against the norms.
        differences = projected.unsqueeze(1) - self.means.unsqueeze(0)
        return differences.square().sum(-1).amin(1, keepdim=True)


class ClassifierOutputs(nn.Module):
    """An ImageClassifier with its class activation map and, where it has been fitted, its out-of-distribution score.

    Gives logits [n, classes]; cam [n, h, w, classes] where the network's vector begins with the mean of its grid; ood [n, 1]
    with `ood`, which sees the image's features alone. Takes `metadata` where the network does.
    """

    def __init__(self, network: nn.Module, ood: OodScore | None = None) -> None:
        super().__init__()
        self.network = network
        self.ood = ood

    def forward(self, image: Tensor, metadata: Tensor | None = None) -> dict[str, Tensor]:
        grid = self.network.grid(image)
        vector = self.network.vector(grid) if metadata is None else self.network.vector(grid, metadata)
        outputs = {"logits": self.network.final(vector)}
        if self.network.vector_is_mean_of_grid:
            outputs["cam"] = class_activation_map(grid, self.network.final.weight)
        if self.ood is not None:
            outputs["ood"] = self.ood(vector[:, : self.ood.projection.shape[1]])
        return outputs


class FusionOutputs(nn.Module):
    """A Fusion network; its own outputs, and `ood` [n, 1] of the mean of its tokens where that has been fitted."""

    def __init__(self, network: nn.Module, ood: OodScore | None = None) -> None:
        super().__init__()
        self.network = network
        self.ood = ood

    def forward(
        self, image: Tensor, mask: Tensor | None = None, metadata: Tensor | None = None
    ) -> dict[str, Tensor]:
        outputs = self.network(image, mask, metadata)
        return outputs if self.ood is None else {**outputs, "ood": self.ood(outputs["tokens"].mean(1))}


def class_activation_map(grid: Tensor, weight: Tensor) -> Tensor:
    """[n, c, h, w] and the last layer's [classes, c or more] -> [n, h, w, classes], before bias and softmax.

    Zhou et al., "Learning deep features for discriminative localization" (2016), equation 2. Columns beyond the grid's
    channels (of metadata joined to the vector) have no place in the image and are left out.
    """
    return F.conv2d(grid, weight[:, : grid.shape[1], None, None]).permute(0, 2, 3, 1)


class SegmenterOutputs(nn.Module):
    """A segmentation network, [n, 3, h, w] -> [n, 1, h, w], with its logit as `lesion` [n, h, w, 1]."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        return {"lesion": self.network(image).permute(0, 2, 3, 1)}
