"""Decoding, fitting and packing: the pixels that training sees."""

import io

import numpy as np
from PIL import Image

from lentigo.data.pack import Pack, readers, write_pack
from lentigo.data.pixels import centre_square, letterbox, load_images, load_masks, open_rgb


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


def test_pack_keeps_small_images_bit_for_bit_and_parts_small(made_up, tmp_path) -> None:
    parts = write_pack(made_up, "derm", tmp_path, size=64, part_megabytes=0.1, report=lambda _: None)
    assert len(parts) > 1 and max(part.stat().st_size for part in parts) < 110_000
    ids = ["M000", "M095"]
    packed, loose = readers(tmp_path, "derm"), readers(made_up, "derm")
    assert isinstance(packed[0].__self__, Pack)
    for image_id in ids:
        assert packed[0](image_id) == loose[0](image_id)
        assert packed[1](image_id) == loose[1](image_id)
    assert load_images(ids, packed[0], 32).shape == (2, 3, 32, 32)
    assert set(load_masks(ids, packed[1], 64).unique().tolist()) == {0, 255}


def test_pack_reduces_large_images(made_up, tmp_path) -> None:
    write_pack(made_up, "derm", tmp_path, size=32, part_megabytes=5, report=lambda _: None)
    image = Image.open(io.BytesIO(readers(tmp_path, "derm")[0]("M000")))
    assert image.size == (32, 32)
