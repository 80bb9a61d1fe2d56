"""Decoding and fitting: the pixels that training sees."""

import io

import numpy as np
from PIL import Image

from lentigo.data.pixels import centre_square, letterbox, open_rgb


def _bytes(image: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_orientation_is_applied() -> None:
    image = Image.new("RGB", (40, 20), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    assert open_rgb(_bytes(image, "JPEG", exif=exif)).size == (20, 40)


def test_transparency_is_laid_on_white() -> None:
    pixel = np.asarray(open_rgb(_bytes(Image.new("RGBA", (4, 4), (255, 0, 0, 0)), "PNG")))
    assert (pixel == 255).all()


def test_centre_square_is_the_crop_resized() -> None:
    image = Image.fromarray(np.random.default_rng(0).integers(0, 255, (45, 60, 3), np.uint8))
    crop = image.crop((7, 0, 52, 45)).resize((22, 22), Image.Resampling.BILINEAR)
    assert (np.asarray(centre_square(image, 22)) == np.asarray(crop)).all()


def test_letterbox_keeps_the_whole_photo_on_black() -> None:
    out = np.asarray(letterbox(Image.new("RGB", (60, 30), "white"), 20))
    assert (out[5:15] == 255).all() and (out[:5] == 0).all() and (out[15:] == 0).all()
