"""The promise of the splits: no lesion, patient or source photo on two sides, and every class on every side."""

from collections import Counter, defaultdict

import pytest

from lentigo.data import splits, tables

SETS = [name for name in tables.SETS if name not in tables.TRAIN_ONLY]


@pytest.mark.parametrize("name", SETS)
def test_no_group_stands_on_two_sides(name: str) -> None:
    side_of = splits.read_split(name)
    groups = defaultdict(set)
    with splits.split_path(name).open() as file:
        next(file)
        for line in file:
            image, group, side = line.strip().rsplit(",", 2)
            groups[group].add(side)
            assert side_of[image] == side
    assert max(len(sides) for sides in groups.values()) == 1


@pytest.mark.parametrize("name", SETS)
def test_committed_split_covers_the_table_and_can_be_made_again(name: str, shared) -> None:
    rows = tables.read_table(shared / "data", name)
    again = splits.fold_by_group(rows, 4) if name == "breakhis" else splits.split_by_group(rows)
    assert splits.read_split(name) == again


def test_shares_and_classes(shared) -> None:
    rows = tables.read_table(shared / "data", "derm")
    side_of = splits.read_split("derm")
    sides = Counter(side_of.values())
    for side, share in splits.SHARES.items():
        assert abs(sides[side] / len(rows) - share) < 0.01
    for label in {row.label for row in rows}:
        assert {side_of[row.image_id] for row in rows if row.label == label} == set(splits.SHARES)


def test_system_d_counts_by_sex_match_the_paper(shared) -> None:
    """The paper's table 1 is counted from the same file: nv 6,705 and mel 1,113."""
    rows = [row for row in tables.read_table(shared / "data", "derm") if row.source == "HAM10000"]
    assert Counter(row.label for row in rows if row.label in ("nv", "mel")) == {"nv": 6705, "mel": 1113}


def test_missing_folder_says_what_to_do(tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match="--data"):
        tables.read_table(tmp_path, "derm")
    with pytest.raises(ValueError, match="unknown data set"):
        tables.read_table(tmp_path, "moles")
