"""Augmentation of whole batches on whatever device they are on. Only the training side is ever augmented.

One affine map a picture (flip, quarter turn, rotation, zoom, aspect, shift) sampled once; one 3x3 colour matrix a picture
(brightness, contrast, saturation, hue); blur; erased rectangles. Masks follow the same map.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor


@dataclass(frozen=True)
class Augmentation:
    """How strong. Ranges are half-widths around "unchanged" unless said otherwise."""

    flip: bool = True  # mirror and quarter turns: the 8 symmetries of the square
    rotate: float = 180.0  # degrees
    zoom: tuple[float, float] = (0.7, 1.1)  # side of the crop over the side of the picture
    aspect: float = 0.1  # log range of width over height
    shift: float = 0.1  # of the side
    brightness: float = 0.2
    contrast: float = 0.2
    saturation: float = 0.2
    hue: float = 0.03  # turns of the colour circle
    blur: float = 0.1  # share of pictures blurred
    erase: float = 0.0  # share of pictures with a rectangle erased
    black: bool = False  # what lies outside the picture: black rather than its mirror image

    def apply(
        self, images: Tensor, size: int, generator: torch.Generator, masks: Tensor | None = None
    ) -> tuple[Tensor, Tensor | None]:
        """images uint8 [n, 3, s, s], masks uint8 [n, 1, s, s] -> float images [n, 3, size, size] in 0..1 and
        float masks [n, 1, size, size] in 0..1."""
        n = images.shape[0]
        theta = self._affine(n, generator, images.device)
        grid = F.affine_grid(theta, [n, 3, size, size], align_corners=False)
        padding = "zeros" if self.black else "reflection"
        pixels = F.grid_sample(images.float() / 255, grid, "bilinear", padding, align_corners=False)
        pixels = self._erase(self._blur(self._colour(pixels, generator), generator), generator)
        if masks is not None:
            masks = F.grid_sample(masks.float() / 255, grid, "bilinear", padding, align_corners=False)
        return pixels.contiguous(memory_format=torch.channels_last), masks

    def _affine(self, n: int, generator: torch.Generator, device: torch.device) -> Tensor:
        """[n, 2, 3]: from output coordinates (-1..1) to input coordinates."""

        def uniform(low: float, high: float) -> Tensor:
            return torch.rand(n, generator=generator) * (high - low) + low

        angle = uniform(-self.rotate, self.rotate) * math.pi / 180
        mirror = torch.ones(n)
        if self.flip:
            angle = angle + torch.randint(0, 4, (n,), generator=generator) * (math.pi / 2)
            mirror = 1 - 2 * torch.randint(0, 2, (n,), generator=generator).float()
        zoom = uniform(*self.zoom)
        stretch = torch.exp(uniform(-self.aspect, self.aspect) / 2)
        cos, sin = torch.cos(angle), torch.sin(angle)
        rows = torch.stack(
            [
                torch.stack(
                    [cos * zoom * stretch * mirror, -sin * zoom / stretch, uniform(-self.shift, self.shift)],
                    1,
                ),
                torch.stack(
                    [sin * zoom * stretch * mirror, cos * zoom / stretch, uniform(-self.shift, self.shift)], 1
                ),
            ],
            1,
        )
        return rows.to(device)

    def _colour(self, pixels: Tensor, generator: torch.Generator) -> Tensor:
        n, device = pixels.shape[0], pixels.device

        def factor(half_width: float) -> Tensor:
            return (1 + (torch.rand(n, generator=generator) * 2 - 1) * half_width).view(n, 1, 1)

        luma = torch.tensor([0.299, 0.587, 0.114])
        grey = luma.expand(3, 3)
        saturation = factor(self.saturation)
        matrix = saturation * torch.eye(3) + (1 - saturation) * grey
        matrix = _hue_rotation((factor(self.hue) - 1).view(n)) @ matrix
        contrast = factor(self.contrast)
        matrix = factor(self.brightness) * contrast * matrix
        means = pixels.mean((2, 3), keepdim=True)
        offset = (1 - contrast).to(device).view(n, 1, 1, 1) * means.mean(1, keepdim=True)
        mixed = torch.einsum("nij,njhw->nihw", matrix.to(device), pixels)
        return (mixed + offset).clamp_(0, 1)

    def _blur(self, pixels: Tensor, generator: torch.Generator) -> Tensor:
        chosen = (
            (torch.rand(pixels.shape[0], generator=generator) < self.blur)
            .nonzero()
            .flatten()
            .to(pixels.device)
        )
        if chosen.numel():
            sigma = 0.5 + 1.0 * torch.rand((), generator=generator).item()
            x = torch.arange(-3, 4, device=pixels.device)
            line = torch.exp(-(x**2) / (2 * sigma**2))
            kernel = torch.outer(line, line)
            kernel = (kernel / kernel.sum()).expand(3, 1, 7, 7)
            pixels[chosen] = F.conv2d(F.pad(pixels[chosen], (3, 3, 3, 3), "reflect"), kernel, groups=3)
        return pixels

    def _erase(self, pixels: Tensor, generator: torch.Generator) -> Tensor:
        if self.erase <= 0:
            return pixels
        n, _, height, width = pixels.shape
        for index in (torch.rand(n, generator=generator) < self.erase).nonzero().flatten().tolist():
            share = torch.rand(4, generator=generator).tolist()
            h, w = int(height * (0.1 + 0.3 * share[0])), int(width * (0.1 + 0.3 * share[1]))
            top, left = int((height - h) * share[2]), int((width - w) * share[3])
            pixels[index, :, top : top + h, left : left + w] = pixels[index].mean((1, 2), keepdim=True)
        return pixels


def _hue_rotation(turns: Tensor) -> Tensor:
    """[n, 3, 3]: rotation of the chroma plane of YIQ by `turns`, in RGB."""
    to_yiq = torch.tensor([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])
    angle = turns * 2 * math.pi
    rotation = torch.zeros(turns.shape[0], 3, 3)
    rotation[:, 0, 0] = 1
    rotation[:, 1, 1] = rotation[:, 2, 2] = torch.cos(angle)
    rotation[:, 1, 2], rotation[:, 2, 1] = -torch.sin(angle), torch.sin(angle)
    return torch.linalg.inv(to_yiq) @ rotation @ to_yiq
