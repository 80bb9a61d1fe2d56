"""One committed split file per data set, which every recipe uses. A group is never in two splits."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter, defaultdict
from pathlib import Path

from lentigo.data.tables import Row

SPLITS_FOLDER = Path(__file__).resolve().parents[2] / "splits"
FRACTIONS = {"train": 0.70, "validation": 0.15, "test": 0.15}


def split_by_group(rows: list[Row], seed: int = 1) -> dict[str, str]:
    """image_id -> train | validation | test: 70/15/15, stratified by source and label, whole groups only.

    A group with several labels goes to the stratum of its rarest label. The order within a stratum comes from
    a hash, so that it depends neither on the order of the table nor on a library's random generator.
    """
    frequency = Counter((row.source, row.label) for row in rows)
    members: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        members[row.group].append(row)
    strata: dict[tuple[str, str], list[str]] = defaultdict(list)
    for group, images in members.items():
        stratum = min(((row.source, row.label) for row in images), key=lambda key: (frequency[key], key))
        strata[stratum].append(group)
    split_of: dict[str, str] = {}
    for stratum in sorted(strata):
        split_of |= _deal(sorted(strata[stratum], key=lambda g: _order(seed, g)), members)
    return {row.image_id: split_of[row.group] for row in rows}


def fold_by_group(rows: list[Row], folds: int, seed: int = 1) -> dict[str, str]:
    """image_id -> "fold0" to "foldN-1": whole groups, stratified by label, folds of about equal size.

    The largest group is dealt first.
    """
    members: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        members[row.group].append(row)
    split_of: dict[str, str] = {}
    for label in sorted({row.label for row in rows}):
        groups = [g for g, images in members.items() if images[0].label == label]
        sizes, counts = [0] * folds, [0] * folds
        for group in sorted(groups, key=lambda g: (-len(members[g]), _order(seed, g))):
            fold = min(range(folds), key=lambda f: (sizes[f], counts[f], f))
            split_of[group] = f"fold{fold}"
            sizes[fold] += len(members[group])
            counts[fold] += 1
    return {row.image_id: split_of[row.group] for row in rows}


def write_split(path: Path, rows: list[Row], split_of: dict[str, str]) -> None:
    """Writes `image_id,group,split`, sorted by image id, with Unix line ends for a stable hash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["image_id", "group", "split"])
        for row in sorted(rows, key=lambda r: r.image_id):
            writer.writerow([row.image_id, row.group, split_of[row.image_id]])


def read_split(name: str) -> dict[str, str]:
    """image_id -> split, from the committed file of a data set. Raises FileNotFoundError without a file."""
    path = split_path(name)
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: run `lentigo prepare` first")
    with path.open(newline="", encoding="utf-8") as file:
        return {line["image_id"]: line["split"] for line in csv.DictReader(file)}


def split_path(name: str) -> Path:
    """The committed split file of a data set."""
    return SPLITS_FOLDER / f"{name}.csv"


def split_hash(name: str) -> str:
    """SHA-256 of the split file's bytes."""
    return hashlib.sha256(split_path(name).read_bytes()).hexdigest()


def _order(seed: int, group: str) -> str:
    return hashlib.sha256(f"{seed}:{group}".encode()).hexdigest()


def _deal(groups: list[str], members: dict[str, list[Row]]) -> dict[str, str]:
    """group -> split. Deals each group, in order, to the split that is furthest behind its fraction."""
    total = sum(len(members[group]) for group in groups)
    dealt = dict.fromkeys(FRACTIONS, 0)
    split_of = {}
    for group in groups:
        split = max(FRACTIONS, key=lambda s: FRACTIONS[s] * total - dealt[s])
        split_of[group] = split
        dealt[split] += len(members[group])
    return split_of
