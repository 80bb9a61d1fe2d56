"""Augmentation: off changes nothing, on gives valid images, and masks follow their images."""

import torch

from lentigo.data.augment import augment, hue_rotation
from lentigo.recipe import Augmentation

STILL = Augmentation(
    flip=False,
    rotate=0,
    zoom=(1, 1),
    aspect=0,
    shift=0,
    brightness=0,
    contrast=0,
    saturation=0,
    hue=0,
    blur=0,
)


def _images() -> torch.Tensor:
    return torch.randint(
        0, 256, (8, 3, 32, 32), dtype=torch.uint8, generator=torch.Generator().manual_seed(0)
    )


def test_everything_off_changes_nothing() -> None:
    images = _images()
    out, _ = augment(STILL, images, 32, torch.Generator().manual_seed(1))
    assert torch.allclose(out, images.float() / 255, atol=1e-4)


def test_values_stay_in_range_and_images_differ() -> None:
    images = _images()[:1].expand(8, -1, -1, -1)
    out, _ = augment(Augmentation(blur=0.5, erase=0.5), images, 24, torch.Generator().manual_seed(1))
    assert out.shape == (8, 3, 24, 24) and out.min() >= 0 and out.max() <= 1
    assert len({round(float(image.mean()), 5) for image in out}) == 8


def test_mask_follows_its_image() -> None:
    y, x = torch.meshgrid(torch.arange(64), torch.arange(64), indexing="ij")
    disc = (((x - 40) ** 2 + (y - 24) ** 2) < 100).to(torch.uint8) * 255
    images, masks = disc.expand(6, 3, 64, 64), disc.expand(6, 1, 64, 64)
    geometry = Augmentation(brightness=0, contrast=0, saturation=0, hue=0, blur=0, black=True)
    out, moved = augment(geometry, images, 64, torch.Generator().manual_seed(3), masks)
    assert torch.allclose(out[:, :1], moved, atol=0.02)


def test_hue_rotation_keeps_grey_grey() -> None:
    grey = torch.full((3,), 0.5)
    assert torch.allclose(hue_rotation(torch.tensor([0.1, -0.3])) @ grey, grey.expand(2, 3), atol=1e-3)
