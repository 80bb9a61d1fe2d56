"""Augmentation in the space of the two stains of a histology slide, haematoxylin and eosin.

Optical density is a linear mixture of stains (Beer and Lambert), so a matrix separates them: Ruifrok and
Johnston, "Quantification of histochemical staining by color deconvolution" (2001). Each stain is scaled and
shifted at random: Tellez et al., "Whole-slide mitosis detection in H&E breast histology using PHH3 as a
reference to train distilled stain-invariant convolutional networks" (2018), section III-C.
"""

from __future__ import annotations

import torch
from torch import Tensor

# optical density of red, green and blue for haematoxylin, eosin and what is left (Ruifrok and Johnston: DAB)
STAINS = ((0.65, 0.70, 0.29), (0.07, 0.99, 0.11), (0.27, 0.57, 0.78))
DARKEST = 1 / 255


def separation() -> tuple[Tensor, Tensor]:
    """The matrix stains -> optical density, rows of unit length [3, 3], and its inverse."""
    mixing = torch.tensor(STAINS)
    mixing = mixing / mixing.norm(dim=1, keepdim=True)
    return mixing, torch.linalg.inv(mixing)


def vary_stains(pixels: Tensor, strength: float, generator: torch.Generator) -> Tensor:
    """Each picture's stains times 1 + a, plus b, with a and b uniform in +-strength, each stain its own.

    pixels float [n, 3, h, w] in 0..1 -> the same shape and range.
    """
    n, device = pixels.shape[0], pixels.device
    mixing, unmixing = (matrix.to(device) for matrix in separation())
    a, b = ((torch.rand(2, n, 3, generator=generator) * 2 - 1) * strength).to(device)
    density = -pixels.clamp(min=DARKEST).log()
    # stains = density . unmixing; changed; back: one 3x3 matrix and one shift a picture
    matrix = unmixing @ torch.diag_embed(1 + a) @ mixing
    shift = (b.unsqueeze(1) @ mixing).squeeze(1)
    changed = torch.einsum("nchw,ncd->ndhw", density, matrix) + shift[:, :, None, None]
    return torch.exp(-changed).clamp(0, 1)
