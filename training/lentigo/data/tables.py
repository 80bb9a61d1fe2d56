"""The data sets as tables: one row an image, read from `metadata.csv` in the layout of the data folder."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

# each set's folders: a set that came in two parts is one set, with one split
FOLDERS = {
    "derm": ("derm",),
    "derm-extra": ("derm-extra",),
    "breakhis": ("breakhis",),
    "acne": ("acne",),
    "phone": ("phone",),
}
SETS = tuple(FOLDERS)
TRAIN_ONLY = ("derm-extra",)  # sets without ids to split by: they only ever train


@dataclass(frozen=True)
class Row:
    """One image. `label` is the data set's own code in lower case; `group` is what a split must not cut."""

    image_id: str
    label: str
    source: str
    group: str
    columns: dict[str, str] = field(hash=False, compare=False)


def read_table(data: Path, name: str) -> list[Row]:
    """Reads the table of one data set, in the order of the file.

    Raises FileNotFoundError with what to do when the folder is not there, ValueError for an unknown set.
    """
    if name not in SETS:
        raise ValueError(f"unknown data set {name!r}; known: {', '.join(SETS)}")
    return [row for folder in FOLDERS[name] for row in read_folder(data, name, folder)]


def read_folder(data: Path, name: str, folder: str) -> list[Row]:
    """As `read_table`, the part of the set that lies in one of its folders."""
    path = Path(data) / folder / "metadata.csv"
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is missing: name the data folder with --data (see README, 'The data')"
        )
    with path.open(newline="", encoding="utf-8") as file:
        return [_row(name, folder, columns) for columns in csv.DictReader(file)]


def _row(name: str, folder: str, columns: dict[str, str]) -> Row:
    image_id = columns["image_id"]
    if name == "derm":
        # ISIC 2017 has no lesion ids: each of its images stands for a lesion of its own.
        return Row(image_id, columns["dx"], columns["source"], columns["lesion_id"] or image_id, columns)
    if name == "derm-extra":
        return Row(image_id, columns["dx"], "derm-extra", image_id, columns)
    if name == "breakhis":
        return Row(image_id, columns["label"], folder, columns["patient_id"], columns)
    if name == "acne":
        return Row(image_id, columns["label"], columns["source"], columns["group_id"], columns)
    return Row(image_id, columns["diagnostic"].lower(), "phone", columns["patient_id"], columns)


def image_path(data: Path, name: str, image_id: str) -> Path:
    """Where the photo lies. Raises FileNotFoundError where none of the set's folders has it."""
    for folder in FOLDERS[name]:
        path = Path(data) / folder / "images" / f"{image_id}.jpg"
        if path.is_file():
            return path
    raise FileNotFoundError(f"{name}: no image {image_id} in {data}")


def mask_path(data: Path, name: str, image_id: str) -> Path:
    """Where the lesion mask lies; the file need not exist (29 phone photos have none)."""
    return Path(data) / FOLDERS[name][0] / "masks" / f"{image_id}.png"
