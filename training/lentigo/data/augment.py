"""Augments whole batches on whatever device they are on. Only the training split is ever augmented.

Each image gets one affine map (flip, quarter turn, rotation, zoom, aspect, shift), sampled once; one 3x3
colour matrix (brightness, contrast, saturation, hue); blur; erased rectangles. Masks follow the same map.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from lentigo.data.stain import vary_stains
from lentigo.recipe import Augmentation


def augment(
    settings: Augmentation,
    images: Tensor,
    size: int,
    generator: torch.Generator,
    masks: Tensor | None = None,
) -> tuple[Tensor, Tensor | None]:
    """Images uint8 [n, 3, s, s], masks uint8 [n, 1, s, s] -> float [n, 3, size, size], [n, 1, size, size].

    The results are in 0..1. The generator must be on the CPU.
    """
    n = images.shape[0]
    theta = _affine(settings, n, generator).to(images.device)
    grid = F.affine_grid(theta, [n, 3, size, size], align_corners=False)
    padding = "zeros" if settings.black else "reflection"
    pixels = F.grid_sample(images.float() / 255, grid, "bilinear", padding, align_corners=False)
    if settings.stain:
        pixels = vary_stains(pixels, settings.stain, generator)
    pixels = _colour(settings, pixels, generator)
    pixels = _erase(settings, _blur(settings, pixels, generator), generator)
    if masks is not None:
        masks = F.grid_sample(masks.float() / 255, grid, "bilinear", padding, align_corners=False)
    return pixels.contiguous(memory_format=torch.channels_last), masks


def _affine(settings: Augmentation, n: int, generator: torch.Generator) -> Tensor:
    """[n, 2, 3]: from output coordinates (-1..1) to input coordinates."""

    def uniform(low: float, high: float) -> Tensor:
        return torch.rand(n, generator=generator) * (high - low) + low

    angle = uniform(-settings.rotate, settings.rotate) * math.pi / 180
    mirror = torch.ones(n)
    if settings.flip:
        angle = angle + torch.randint(0, 4, (n,), generator=generator) * (math.pi / 2)
        mirror = 1 - 2 * torch.randint(0, 2, (n,), generator=generator).float()
    zoom = uniform(*settings.zoom)
    stretch = torch.exp(uniform(-settings.aspect, settings.aspect) / 2)
    cos, sin = torch.cos(angle), torch.sin(angle)
    shifts = [uniform(-settings.shift, settings.shift) for _ in range(2)]
    return torch.stack(
        [
            torch.stack([cos * zoom * stretch * mirror, -sin * zoom / stretch, shifts[0]], 1),
            torch.stack([sin * zoom * stretch * mirror, cos * zoom / stretch, shifts[1]], 1),
        ],
        1,
    )


def _colour(settings: Augmentation, pixels: Tensor, generator: torch.Generator) -> Tensor:
    n, device = pixels.shape[0], pixels.device

    def factor(half_width: float) -> Tensor:
        return (1 + (torch.rand(n, generator=generator) * 2 - 1) * half_width).view(n, 1, 1)

    luma = torch.tensor([0.299, 0.587, 0.114])
    grey = luma.expand(3, 3)
    saturation = factor(settings.saturation)
    matrix = saturation * torch.eye(3) + (1 - saturation) * grey
    matrix = hue_rotation((factor(settings.hue) - 1).view(n)) @ matrix
    contrast = factor(settings.contrast)
    matrix = factor(settings.brightness) * contrast * matrix
    means = pixels.mean((2, 3), keepdim=True)
    offset = (1 - contrast).to(device).view(n, 1, 1, 1) * means.mean(1, keepdim=True)
    mixed = torch.einsum("nij,njhw->nihw", matrix.to(device), pixels)
    return (mixed + offset).clamp_(0, 1)


def _blur(settings: Augmentation, pixels: Tensor, generator: torch.Generator) -> Tensor:
    blurred = torch.rand(pixels.shape[0], generator=generator) < settings.blur
    chosen = blurred.nonzero().flatten().to(pixels.device)
    if chosen.numel():
        sigma = 0.5 + 1.0 * torch.rand((), generator=generator).item()
        x = torch.arange(-3, 4, device=pixels.device)
        line = torch.exp(-(x**2) / (2 * sigma**2))
        kernel = torch.outer(line, line)
        kernel = (kernel / kernel.sum()).expand(3, 1, 7, 7)
        pixels[chosen] = F.conv2d(F.pad(pixels[chosen], (3, 3, 3, 3), "reflect"), kernel, groups=3)
    return pixels


def _erase(settings: Augmentation, pixels: Tensor, generator: torch.Generator) -> Tensor:
    if settings.erase <= 0:
        return pixels
    n, _, height, width = pixels.shape
    for index in (torch.rand(n, generator=generator) < settings.erase).nonzero().flatten().tolist():
        drawn = torch.rand(4, generator=generator).tolist()
        h, w = int(height * (0.1 + 0.3 * drawn[0])), int(width * (0.1 + 0.3 * drawn[1]))
        top, left = int((height - h) * drawn[2]), int((width - w) * drawn[3])
        pixels[index, :, top : top + h, left : left + w] = pixels[index].mean((1, 2), keepdim=True)
    return pixels


def hue_rotation(turns: Tensor) -> Tensor:
    """Turns of the colour circle [n] -> [n, 3, 3] on RGB: a rotation of the chroma plane of YIQ."""
    to_yiq = torch.tensor([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])
    angle = turns * 2 * math.pi
    rotation = torch.zeros(turns.shape[0], 3, 3)
    rotation[:, 0, 0] = 1
    rotation[:, 1, 1] = rotation[:, 2, 2] = torch.cos(angle)
    rotation[:, 1, 2], rotation[:, 2, 1] = -torch.sin(angle), torch.sin(angle)
    return torch.linalg.inv(to_yiq) @ rotation @ to_yiq
