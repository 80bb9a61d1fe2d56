"""Whether a result was measured on images that neither it nor its ancestors learned from."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lentigo.data.splits import SPLITS_FOLDER
from lentigo.evaluation.results import joint_hash


def split_problems(result: Mapping[str, Any], splits: Path = SPLITS_FOLDER) -> list[str]:
    """A line for each split hash that is not the committed file's, of a result and all its ancestors."""
    data, name = result["data"], result["id"]
    found = _differing(name, data["splitHashes"], splits)
    if data["splitHash"] != joint_hash(data["splitHashes"]):
        found.append(f"{name}: splitHash does not match its split files")
    if set(result["recipe"]["parents"]) != set(data["ancestors"]):
        found.append(f"{name}: its parents are not the ancestors that it has split hashes of")
    waiting = list(data["ancestors"].items())
    while waiting:
        parent, record = waiting.pop()
        found += _differing(f"{name}, by way of {parent}", record["split_hashes"], splits)
        waiting += record["parents"].items()
    return found


def group_problems(split_file: Path) -> list[str]:
    """A line for each group of a split file in two splits, and for each image that is listed twice."""
    splits: dict[str, set[str]] = defaultdict(set)
    images: set[str] = set()
    found = []
    with split_file.open(newline="", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            if line["image_id"] in images:
                found.append(f"{split_file.name}: image {line['image_id']} is listed twice")
            images.add(line["image_id"])
            splits[line["group"]].add(line["split"])
    found += [
        f"{split_file.name}: group {group} is in the splits {sorted(where)}"
        for group, where in splits.items()
        if len(where) > 1
    ]
    return found


def _differing(owner: str, hashes: Mapping[str, str], splits: Path) -> list[str]:
    found = []
    for data_set, recorded in hashes.items():
        path = splits / f"{data_set}.csv"
        if not path.is_file():
            found.append(f"{owner}: there is no split file {path.name}")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != recorded:
            found.append(f"{owner}: made with another {path.name} than the committed file")
    return found
