"""Drawn images that are not of any model's kind: noise and simple patterns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from lentigo.seeds import numpy_generator

Draw = Callable[[int, np.random.Generator], Image.Image | np.ndarray]


def noise_images(count: int, size: int, seed: int = 1) -> np.ndarray:
    """uint8 [count, 3, size, size]: in turn uniform, normal (around a colour) and blocky noise."""
    random = numpy_generator(seed)
    out = np.empty((count, 3, size, size), np.uint8)
    for index in range(count):
        if index % 3 == 0:
            out[index] = random.integers(0, 256, (3, size, size))
        elif index % 3 == 1:
            centre, width = random.uniform(40, 215, (3, 1, 1)), random.uniform(15, 70)
            out[index] = (centre + random.normal(0, width, (3, size, size))).clip(0, 255)
        else:
            block = int(random.integers(2, max(3, size // 8) + 1))
            coarse = random.integers(0, 256, (3, -(-size // block), -(-size // block)))
            out[index] = np.kron(coarse, np.ones((1, block, block)))[:, :size, :size]
    return out


def synthetic_images(count: int, size: int, seed: int = 1) -> np.ndarray:
    """uint8 [count, 3, size, size]: in turn blurred blobs, gradients, checkers and lines of bars."""
    random = numpy_generator(seed)
    draw: tuple[Draw, ...] = (_blobs, _gradient, _checkers, _bars)
    images = [np.asarray(draw[index % len(draw)](size, random), np.uint8) for index in range(count)]
    return np.stack(images).transpose(0, 3, 1, 2) if images else np.empty((0, 3, size, size), np.uint8)


def _colour(random: np.random.Generator) -> tuple[int, int, int]:
    red, green, blue = (int(value) for value in random.integers(0, 256, 3))
    return red, green, blue


def _blobs(size: int, random: np.random.Generator) -> Image.Image:
    image = Image.new("RGB", (size, size), _colour(random))
    pen = ImageDraw.Draw(image)
    for _ in range(int(random.integers(3, 9))):
        (x, y), radius = random.uniform(0, size, 2), random.uniform(size / 16, size / 3)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_colour(random))
    return image.filter(ImageFilter.GaussianBlur(size / float(random.uniform(12, 60))))


def _gradient(size: int, random: np.random.Generator) -> np.ndarray:
    y, x = np.mgrid[:size, :size] / size
    angle = random.uniform(0, 2 * np.pi)
    along = (np.cos(angle) * (x - 0.5) + np.sin(angle) * (y - 0.5)) / np.sqrt(2) + 0.5
    start, end = np.array(_colour(random)), np.array(_colour(random))
    return (start + along[..., None] * (end - start)).clip(0, 255)


def _checkers(size: int, random: np.random.Generator) -> np.ndarray:
    y, x = np.mgrid[:size, :size] // int(random.integers(max(2, size // 32), max(3, size // 4) + 1))
    return np.where(((x + y) % 2 == 0)[..., None], _colour(random), _colour(random))


def _bars(size: int, random: np.random.Generator) -> Image.Image:
    image = Image.new("RGB", (size, size), (250, 250, 250))
    pen, height = ImageDraw.Draw(image), int(random.integers(max(2, size // 40), max(3, size // 14) + 1))
    for top in range(height, size - height, 2 * height):
        left = size / 20
        while left < size * random.uniform(0.7, 0.95):
            right = min(left + random.uniform(1, 5) * height, size * 0.95)
            pen.rectangle((left, top, right, top + height - 1), fill=(20, 20, 30))
            left = right + height / 2
    return image
