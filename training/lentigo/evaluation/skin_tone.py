"""Skin tone of a photo, from the pixels beside the lesion, as individual typology angle.

Chardon, Cretois and Hourseau, "Skin colour typology and suntanning pathways" (1991):
ITA = arctan((L* - 50) / b*) in degrees, on CIE L*a*b* (D65). The bands are theirs, as Del Bino and Bernerd
(2013) name them. On a photo the angle also depends on light, camera and white balance, so it sorts photos,
not people.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import numpy as np
from PIL import Image, ImageFilter

from lentigo.data.dataset import Dataset
from lentigo.data.pixels import open_rgb

# lowest angle of each band, lightest first
BANDS = (
    ("very light", 55.0),
    ("light", 41.0),
    ("intermediate", 28.0),
    ("tan", 10.0),
    ("brown", -30.0),
    ("dark", -90.0),
)
UNKNOWN = "unknown"
SIDE = 96  # pixels; a photo is reduced to it first, which also averages hairs and noise away
MARGIN = 5  # pixels round the lesion that are left out: its rim is not skin
MIN_PIXELS = 200  # pixels; with fewer beside the lesion there is no angle
DARKEST, BRIGHTEST = 20.0, 97.0  # L*: under it the rim of a dermatoscope, over it a reflection
WHITE = np.array([0.95047, 1.0, 1.08883])  # D65
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def typology_angle(rgb: np.ndarray, lesion: np.ndarray) -> float | None:
    """Degrees in -90..90, the median over the skin beside the lesion; None where too little of it is seen.

    rgb: uint8 [h, w, 3], sRGB; lesion: bool [h, w].
    """
    lab = to_lab(rgb)
    lightness = lab[..., 0]
    skin = ~lesion & (lightness > DARKEST) & (lightness < BRIGHTEST)
    if skin.sum() < MIN_PIXELS:
        return None
    light, yellow = (float(np.median(lab[skin, channel])) for channel in (0, 2))
    return float(np.degrees(np.arctan2(light - 50, max(yellow, 1e-6))))


def band(angle: float | None) -> str:
    """The band's name, or "unknown"."""
    if angle is None:
        return UNKNOWN
    return next(name for name, lowest in BANDS if angle >= lowest)


def to_lab(rgb: np.ndarray) -> np.ndarray:
    """uint8 [..., 3] sRGB -> float [..., 3] L*a*b* (IEC 61966-2-1; CIE 15)."""
    value = rgb / 255.0
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    ratio = linear @ TO_XYZ.T / WHITE
    root = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = np.moveaxis(root, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], -1)


def bands_of(dataset: Dataset, split: str) -> list[str]:
    """The band of each photo of a split; "unknown" for photos without a mask."""
    return [band(angle) for angle in _angles(dataset, split)]


def _angles(dataset: Dataset, split: str) -> Iterable[float | None]:
    for name, row in dataset.splits[split].rows:
        try:
            mask = dataset.mask_bytes(name, row)
        except (FileNotFoundError, KeyError):
            yield None
            continue
        photo = open_rgb(dataset.image_bytes(name, row)).resize((SIDE, SIDE), Image.Resampling.BOX)
        lesion = Image.open(io.BytesIO(mask)).convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
        grown = lesion.filter(ImageFilter.MaxFilter(2 * MARGIN + 1))
        yield typology_angle(np.asarray(photo), np.asarray(grown) > 0)
