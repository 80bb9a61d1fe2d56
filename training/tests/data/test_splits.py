"""No lesion, patient or source photo is in two splits, and every class is in every split."""

from collections import Counter, defaultdict

import pytest

from lentigo.data import splits, tables

SETS = [name for name in tables.SETS if name not in tables.TRAIN_ONLY]


@pytest.mark.parametrize("name", SETS)
def test_no_group_is_in_two_splits(name: str) -> None:
    split_of = splits.read_split(name)
    groups = defaultdict(set)
    with splits.split_path(name).open() as file:
        next(file)
        for line in file:
            image, group, split = line.strip().rsplit(",", 2)
            groups[group].add(split)
            assert split_of[image] == split
    assert max(len(found) for found in groups.values()) == 1


@pytest.mark.parametrize("name", SETS)
def test_committed_split_covers_the_table_and_can_be_made_again(name: str, shared) -> None:
    rows = tables.read_table(shared / "data", name)
    again = splits.fold_by_group(rows, 4) if name == "breakhis" else splits.split_by_group(rows)
    assert splits.read_split(name) == again


def test_fractions_and_classes(shared) -> None:
    rows = tables.read_table(shared / "data", "derm")
    split_of = splits.read_split("derm")
    sizes = Counter(split_of.values())
    for split, fraction in splits.FRACTIONS.items():
        assert abs(sizes[split] / len(rows) - fraction) < 0.01
    for label in {row.label for row in rows}:
        assert {split_of[row.image_id] for row in rows if row.label == label} == set(splits.FRACTIONS)


def test_counts_of_nevus_and_melanoma_match_the_paper(shared) -> None:
    """Table 1 of the nevus-melanoma paper counts the same file: nv 6,705 and mel 1,113."""
    rows = [row for row in tables.read_table(shared / "data", "derm") if row.source == "HAM10000"]
    assert Counter(row.label for row in rows if row.label in ("nv", "mel")) == {"nv": 6705, "mel": 1113}


def test_missing_folder_says_what_to_do(tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match="--data"):
        tables.read_table(tmp_path, "derm")
    with pytest.raises(ValueError, match="unknown data set"):
        tables.read_table(tmp_path, "moles")
