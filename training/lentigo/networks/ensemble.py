"""Trained classifiers as one: the mean of their logits."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

Scale = tuple[Sequence[float], Sequence[float]]  # mean and standard deviation a channel


class Ensemble(nn.Module):
    """Networks that each see the image normalised as they were trained.

    scales: mean and std of each network. given: those of the image that `forward` gets.
    """

    def __init__(self, networks: Sequence[nn.Module], scales: Sequence[Scale], given: Scale) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)
        rescaled = [rescaling(given, wanted) for wanted in scales]
        self.factors: Tensor
        self.offsets: Tensor
        self.register_buffer("factors", torch.stack([factor for factor, _ in rescaled]))
        self.register_buffer("offsets", torch.stack([offset for _, offset in rescaled]))

    def forward(self, image: Tensor, *answers: Tensor | None) -> Tensor:
        """Image [n, channels, h, w] -> logits [n, classes], float32.

        answers: what every network takes beside the image, as it is (the fields of a phone photo).
        """
        parts = zip(self.networks, self.factors, self.offsets, strict=True)
        logits = [network(image * factor + offset, *answers).float() for network, factor, offset in parts]
        return torch.stack(logits).mean(0)


def rescaling(given: Scale, wanted: Scale) -> tuple[Tensor, Tensor]:
    """Factor and offset [channels, 1, 1] that renormalise an image from `given` to `wanted`."""
    (old_mean, old_std), (mean, std) = (
        tuple(torch.tensor(values).view(-1, 1, 1) for values in scale) for scale in (given, wanted)
    )
    return old_std / std, (old_mean - mean) / std
