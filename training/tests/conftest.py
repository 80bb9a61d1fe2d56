"""A made-up data folder in the documented layout, so that most tests need no real data."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lentigo.data import splits, tables

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real data and weights beside the repository; a test that needs them skips without, and fails where CI=true."""
    if not (SHARED / "data").is_dir():
        message = f"needs the data folder {SHARED.name}/ beside the repository"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return SHARED


def _picture(seed: int, label: int) -> tuple[Image.Image, Image.Image]:
    """A disc on skin colour, its colour given by the label; and the disc's mask."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:64, :64]
    centre, radius = random.uniform(26, 38, 2), random.uniform(12, 20)
    disc = (x - centre[0]) ** 2 + (y - centre[1]) ** 2 < radius**2
    rgb = np.empty((64, 64, 3))
    rgb[:] = (200, 160, 140)
    rgb[disc] = [(60, 30, 20), (170, 60, 60), (110, 110, 150)][label]
    rgb += random.normal(0, 6, rgb.shape)
    return Image.fromarray(rgb.clip(0, 255).astype(np.uint8)), Image.fromarray(disc)


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with 96 made-up dermoscopy images of 48 lesions (nv, mel, bkl; two photos each), with masks."""
    folder = tmp_path_factory.mktemp("made-up")
    home = folder / "derm"
    (home / "images").mkdir(parents=True)
    (home / "masks").mkdir()
    names = ["nv", "mel", "bkl"]
    with (home / "metadata.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["image_id", "source", "dx", "dx_type", "lesion_id", "age", "sex", "site"])
        for number in range(96):
            lesion = number // 2
            label = [0, 0, 0, 1, 1, 2][lesion % 6]
            image, mask = _picture(number, label)
            image.save(home / "images" / f"M{number:03d}.jpg", quality=95)
            mask.save(home / "masks" / f"M{number:03d}.png")
            age = "" if number % 7 == 0 else str(number % 90)
            sex, site = ["female", "male", ""][number % 3], ["back", "face", "foot", ""][number % 4]
            writer.writerow(
                [f"M{number:03d}", "HAM10000", names[label], "", f"L{lesion:02d}", age, sex, site]
            )
    return folder


@pytest.fixture
def made_up_splits(made_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Split files for the made-up data, in place of the committed ones."""
    monkeypatch.setattr(splits, "SPLITS_FOLDER", tmp_path / "splits")
    rows = tables.read_table(made_up, "derm")
    splits.write_split(splits.split_path("derm"), rows, splits.split_by_group(rows))
    return tmp_path / "splits"
