"""Moves logits from the class frequencies that training drew towards the natural frequencies.

Saerens et al., "Adjusting the outputs of a classifier to new a priori probabilities" (2002); Menon et al.,
"Long-tail learning via logit adjustment" (2021).
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from lentigo.data.sampler import sampled_frequencies
from lentigo.metrics import accuracy, balanced_accuracy
from lentigo.recipe import Recipe

CANDIDATES = tuple(step / 4 for step in range(-4, 5))


def log_frequency_ratio(recipe: Recipe, labels: Tensor) -> Tensor:
    """log(natural / drawn) frequency of each class, float64 [classes], from training labels int64 [n]."""
    natural = torch.bincount(labels, minlength=len(recipe.data.classes)).double()
    return torch.log(natural / natural.sum() / sampled_frequencies(recipe, labels))


def choose_logit_adjustment(logits: Tensor, labels: Tensor, log_ratio: Tensor) -> float:
    """The candidate with the highest mean of accuracy and balanced accuracy on the validation split.

    logits [n, k], labels int64 [n]. Of equal candidates the nearest to 0. Raises ValueError without an image.
    """
    if not len(labels):
        raise ValueError(
            "there is no validation split to choose the logit adjustment on: name it in the recipe"
        )
    truth = labels.numpy()

    def score(adjustment: float) -> float:
        probabilities: np.ndarray = (logits.double() + adjustment * log_ratio).softmax(1).numpy()
        return accuracy(truth, probabilities) + balanced_accuracy(truth, probabilities)

    return max(sorted(CANDIDATES, key=abs), key=score)


@torch.no_grad()
def adjust_logits(head: nn.Linear, adjustment: float, log_ratio: Tensor) -> None:
    """Adds adjustment * log_ratio to the bias of the last layer."""
    head.bias.add_((adjustment * log_ratio).to(head.bias.dtype))
