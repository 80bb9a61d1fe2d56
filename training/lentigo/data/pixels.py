"""Pixels in memory: every image of a table as one uint8 tensor, resized exactly as the app resizes."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageCms, ImageOps

from lentigo.recipe import Fit

ReadImage = Callable[[str], bytes]


def open_rgb(source: Path | bytes) -> Image.Image:
    """An upright sRGB image on white, as in the app (EXIF orientation, colour profile, transparency)."""
    image: Image.Image = Image.open(io.BytesIO(source) if isinstance(source, bytes) else source)
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "P"):
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    image = image.convert("RGB")
    if profile:
        # Browsers also ignore a profile that is broken or not RGB.
        with suppress(ImageCms.PyCMSError):
            srgb = ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, io.BytesIO(profile), srgb) or image
    return image


def centre_square(image: Image.Image, size: int) -> Image.Image:
    """The largest centred square, resized bilinearly. It is cut out first: pixels outside it do not count."""
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return image.crop((left, top, left + side, top + side)).resize((size, size), Image.Resampling.BILINEAR)


def letterbox(image: Image.Image, size: int) -> Image.Image:
    """Scaled to fit size x size and centred on black (on "not lesion" for a mask)."""
    left, top, width, height = letterbox_box(image.size, size)
    small = image.resize((width, height), Image.Resampling.BILINEAR)
    square = Image.new(image.mode, (size, size))
    square.paste(small, (left, top))
    return square


def letterbox_box(photo: tuple[int, int], size: int) -> tuple[int, int, int, int]:
    """Where a whole photo (width, height) is on the square: left, top, width, height, in pixels."""
    scale = size / max(photo)
    width, height = (max(1, round(side * scale)) for side in photo)
    return (size - width) // 2, (size - height) // 2, width, height


FITS: dict[Fit, Callable[[Image.Image, int], Image.Image]] = {
    "centre-square": centre_square,
    "letterbox": letterbox,
}


def load_images(ids: Sequence[str], read: ReadImage, size: int, fit: Fit = "centre-square") -> torch.Tensor:
    """uint8 [n, 3, size, size], in memory as n, h, w, c (channels last)."""
    out = np.empty((len(ids), size, size, 3), np.uint8)

    def load(index: int) -> None:
        out[index] = np.asarray(FITS[fit](open_rgb(read(ids[index])), size))

    _in_threads(load, len(ids))
    return torch.from_numpy(out).permute(0, 3, 1, 2)


def load_masks(ids: Sequence[str], read: ReadImage, size: int, fit: Fit = "centre-square") -> torch.Tensor:
    """uint8 [n, 1, size, size]: lesion 255, background 0, soft edges where the mask was resized."""
    out = np.empty((len(ids), size, size, 1), np.uint8)

    def load(index: int) -> None:
        mask = Image.open(io.BytesIO(read(ids[index]))).convert("L")
        out[index, :, :, 0] = np.asarray(FITS[fit](mask, size))

    _in_threads(load, len(ids))
    return torch.from_numpy(out).permute(0, 3, 1, 2)


def _in_threads(work: Callable[[int], None], count: int) -> None:
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for _ in pool.map(work, range(count), chunksize=16):
            pass
