"""A made-up data folder in the documented layout, and made-up results: most tests need no real data."""

import csv
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from lentigo.data import splits, tables
from lentigo.evaluation import subgroups
from lentigo.evaluation.classifier import measure_classifier
from lentigo.evaluation.compare import compare
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.results import RunFacts, assemble
from lentigo.recipe import Recipe, read_recipe

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real data and weights beside the repository. Without them a test skips, and fails where CI=true."""
    if not (SHARED / "data").is_dir():
        message = f"needs the data folder {SHARED.name}/ beside the repository"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return SHARED


def _image_and_mask(seed: int, label: int) -> tuple[Image.Image, Image.Image]:
    """A disc on skin colour, whose colour shows the label; and the disc's mask."""
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
    """A data folder with 96 dermoscopy images of 48 lesions (nv, mel, bkl; two photos each), with masks."""
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
            image, mask = _image_and_mask(number, label)
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
    """Split files for the made-up data, instead of the committed files."""
    monkeypatch.setattr(splits, "SPLITS_FOLDER", tmp_path / "splits")
    rows = tables.read_table(made_up, "derm")
    splits.write_split(splits.split_path("derm"), rows, splits.split_by_group(rows))
    return tmp_path / "splits"


def _predictions(classes: int, seed: int, n: int = 120) -> Predictions:
    random = np.random.default_rng(seed)
    labels = np.arange(n) % classes
    logits = random.normal(0, 1, (n, classes)) + 2 * np.eye(classes)[labels]
    columns = {"sex": ["female", "male", ""] * (n // 3), "gender": ["FEMALE", ""] * (n // 2)}
    groups = [f"{seed}-{i // 2}" for i in range(n)]
    ids = [f"{seed}-{i}" for i in range(n)]
    return Predictions(ids, labels, groups, logits, None, random.chisquare(9, n), columns)


def _result(recipe: Recipe) -> dict[str, Any]:
    classes = list(recipe.data.classes)
    validation, test, other = (_predictions(len(classes), seed) for seed in (1, 2, 2))
    other.logits = np.roll(other.logits, 1, axis=0)
    measured = measure_classifier(
        validation,
        test,
        classes,
        group="lesion_id",
        positive=recipe.positive,
        ood_scores={"noise": np.full(30, 90.0)},
        fields=subgroups.FIELDS[recipe.data.sets[0]],
        resamples=20,
    )
    provenance = {
        "recipe": recipe.model_dump(mode="json"),
        "commit": "abcdef0",
        "split_hashes": {
            name: splits.split_hash(name) for name in recipe.data.sets if name not in tables.TRAIN_ONLY
        },
        "parents": {},
    }
    run = RunFacts(
        provenance,
        parameters=2226434,
        counts={"train": 500, "validation": len(validation), "test": len(test)},
        curves=[
            {"stage": 0, "epoch": 1, "size": 96, "score": 0.8, "seconds": 40},
            {"stage": 0, "epoch": 2, "size": 96, "score": 0.85, "seconds": 80},
        ],
    )
    comparisons = [compare("other | way", test, other, resamples=20)]
    return assemble(recipe, run, measured, weights="exported", comparisons=comparisons)


@pytest.fixture(scope="session")
def made_up_result() -> Callable[[Recipe], dict[str, Any]]:
    """Recipe -> a whole result, as `lentigo evaluate` would write it, of made-up predictions."""
    return _result


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    """The recipe of `result`."""
    return read_recipe("mobilenetv2-nevus-melanoma")


@pytest.fixture(scope="session")
def result(recipe: Recipe) -> dict[str, Any]:
    """A whole result of made-up predictions."""
    return _result(recipe)
