"""The data sets as tables: one row per image, read from the `metadata.csv` files of the data folder."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

# The folders of each data set. A set that came in two parts is one set, with one split.
FOLDERS = {
    "derm": ("derm",),
    "derm-extra": ("derm-extra",),
    "breakhis": ("breakhis", "breakhis-200x"),
    "acne": ("acne",),
    "phone": ("phone",),
}
SETS = tuple(FOLDERS)
TRAIN_ONLY = ("derm-extra",)  # sets without ids to split by: they are only trained on
# What a group is: the column of the table that a split must not cut.
GROUP_COLUMNS = {
    "derm": "lesion_id",
    "breakhis": "patient_id",
    "acne": "group_id",
    "phone": "patient_id",
}


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

    Raises FileNotFoundError with what to do where the folder is missing, ValueError for an unknown set.
    """
    if name not in SETS:
        raise ValueError(f"unknown data set {name!r}; known: {', '.join(SETS)}")
    return [row for folder in FOLDERS[name] for row in read_folder(data, name, folder)]


def read_folder(data: Path, name: str, folder: str) -> list[Row]:
    """As `read_table`, the part of the set that is in one of its folders."""
    path = Path(data) / folder / "metadata.csv"
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is missing: name the data folder with --data (see training/README.md, 'Data')"
        )
    with path.open(newline="", encoding="utf-8") as file:
        return [_row(name, folder, columns) for columns in csv.DictReader(file)]


def _row(name: str, folder: str, columns: dict[str, str]) -> Row:
    image_id = columns["image_id"]
    # ISIC 2017 has no lesion ids: each of its images counts as a lesion of its own.
    group = (columns[GROUP_COLUMNS[name]] if name in GROUP_COLUMNS else "") or image_id
    if name == "derm":
        return Row(image_id, columns["dx"], columns["source"], group, columns)
    if name == "derm-extra":
        return Row(image_id, columns["dx"], "derm-extra", group, columns)
    if name == "breakhis":
        return Row(image_id, columns["label"], folder, group, columns)
    if name == "acne":
        return Row(image_id, columns["label"], columns["source"], group, columns)
    return Row(image_id, columns["diagnostic"].lower(), "phone", group, columns)


def image_path(data: Path, name: str, image_id: str) -> Path:
    """The path of an image. Raises FileNotFoundError where none of the set's folders has it."""
    for folder in FOLDERS[name]:
        path = Path(data) / folder / "images" / f"{image_id}.jpg"
        if path.is_file():
            return path
    raise FileNotFoundError(f"{name}: no image {image_id} in {data}")


def mask_path(data: Path, name: str, image_id: str) -> Path:
    """The path of the lesion mask. The file need not exist (29 phone photos have none)."""
    return Path(data) / FOLDERS[name][0] / "masks" / f"{image_id}.png"
