"""Augmentation: off means untouched, on means still a picture, and masks go with their picture."""

import torch

from lentigo.data.augment import Augmentation, _hue_rotation

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


def _pictures() -> torch.Tensor:
    return torch.randint(
        0, 256, (8, 3, 32, 32), dtype=torch.uint8, generator=torch.Generator().manual_seed(0)
    )


def test_everything_off_changes_nothing() -> None:
    images = _pictures()
    out, _ = STILL.apply(images, 32, torch.Generator().manual_seed(1))
    assert torch.allclose(out, images.float() / 255, atol=1e-4)


def test_values_stay_in_range_and_pictures_differ() -> None:
    images = _pictures()[:1].expand(8, -1, -1, -1)
    out, _ = Augmentation(blur=0.5, erase=0.5).apply(images, 24, torch.Generator().manual_seed(1))
    assert out.shape == (8, 3, 24, 24) and out.min() >= 0 and out.max() <= 1
    assert len({round(float(picture.mean()), 5) for picture in out}) == 8


def test_mask_follows_its_picture() -> None:
    y, x = torch.meshgrid(torch.arange(64), torch.arange(64), indexing="ij")
    disc = (((x - 40) ** 2 + (y - 24) ** 2) < 100).to(torch.uint8) * 255
    images, masks = disc.expand(6, 3, 64, 64), disc.expand(6, 1, 64, 64)
    geometry = Augmentation(brightness=0, contrast=0, saturation=0, hue=0, blur=0, black=True)
    out, moved = geometry.apply(images, 64, torch.Generator().manual_seed(3), masks)
    assert torch.allclose(out[:, :1], moved, atol=0.02)


def test_hue_rotation_keeps_grey_grey() -> None:
    grey = torch.full((3,), 0.5)
    assert torch.allclose(_hue_rotation(torch.tensor([0.1, -0.3])) @ grey, grey.expand(2, 3), atol=1e-3)
