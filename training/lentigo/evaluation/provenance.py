"""Was a result measured on images that nothing in its ancestry has learned from?"""

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
    """One line for each split hash of a result, or of its parents and teachers at any depth, that is not the
    committed file's.
    """
    data, name = result["data"], result["id"]
    found = _differing(name, data["splitHashes"], splits)
    if data["splitHash"] != joint_hash(data["splitHashes"]):
        found.append(f"{name}: splitHash is not that of its split files")
    if set(result["recipe"]["parents"]) != set(data["ancestors"]):
        found.append(f"{name}: its parents and its ancestors' split hashes do not go together")
    waiting = list(data["ancestors"].items())
    while waiting:
        parent, record = waiting.pop()
        found += _differing(f"{name}, by way of {parent}", record["split_hashes"], splits)
        waiting += record["parents"].items()
    return found


def group_problems(split_file: Path) -> list[str]:
    """One line for each group (lesion, patient, source photo) of a split file that stands on two sides, or
    image that stands there twice.
    """
    sides: dict[str, set[str]] = defaultdict(set)
    images: set[str] = set()
    found = []
    with split_file.open(newline="", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            if line["image_id"] in images:
                found.append(f"{split_file.name}: image {line['image_id']} stands there twice")
            images.add(line["image_id"])
            sides[line["group"]].add(line["split"])
    found += [
        f"{split_file.name}: group {group} on sides {sorted(where)}"
        for group, where in sides.items()
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
            found.append(f"{owner}: made with another {path.name} than the committed one")
    return found
