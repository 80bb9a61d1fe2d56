"""No result is measured on images that the run, its parents or its teachers learned from."""

import copy

import pytest

from lentigo.data.splits import SPLITS_FOLDER
from lentigo.data.tables import TRAIN_ONLY
from lentigo.evaluation.provenance import group_problems, split_problems
from lentigo.evaluation.results import read_results
from lentigo.recipe import RECIPES_FOLDER, read_recipe


@pytest.mark.parametrize("path", sorted(SPLITS_FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_no_group_is_in_two_splits_of_a_committed_file(path) -> None:
    assert group_problems(path) == []


def test_a_group_in_two_splits_is_found(tmp_path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(
        "image_id,group,split\na,lesion 1,train\nb,lesion 1,test\nc,lesion 2,test\nc,lesion 2,test\n"
    )
    problems = group_problems(path)
    assert len(problems) == 2 and "lesion 1" in problems[1] and "image c" in problems[0]


def test_committed_results_were_made_with_the_committed_splits() -> None:
    assert [line for result in read_results().values() for line in split_problems(result)] == []


def test_committed_results_name_the_data_sets_and_protocol_of_their_recipes() -> None:
    """Also of their ancestors: a parent that learned from a random split has seen the test lesions."""
    for name, result in read_results().items():
        if not (RECIPES_FOLDER / f"{name}.yaml").is_file():
            continue  # an experiment whose recipe is gone; its config is in the file
        recipe = read_recipe(name)
        sets = [name for name in recipe.data.sets if name not in TRAIN_ONLY]
        assert list(result["data"]["splitHashes"]) == sets
        assert result["data"]["protocol"] == recipe.data.protocol
        ancestors = list(result["data"]["ancestors"].items())
        while ancestors:
            parent, record = ancestors.pop()
            ancestors += record["parents"].items()
            if (RECIPES_FOLDER / f"{parent}.yaml").is_file():
                assert read_recipe(parent).data.protocol == recipe.data.protocol, (
                    f"{name} learned from {parent}"
                )


def test_another_split_file_is_found_at_any_depth(result: dict) -> None:
    assert split_problems(result) == []
    for change in (
        lambda data: data["splitHashes"].update(derm="0" * 64),
        lambda data: data.update(splitHash="0" * 64),
        lambda data: data["ancestors"].update(teacher={"split_hashes": {}, "parents": {}}),
    ):
        changed = copy.deepcopy(result)
        change(changed["data"])
        assert split_problems(changed)
    own = result["data"]["splitHashes"]
    grandparent = {"split_hashes": {"derm": "1" * 64}, "parents": {}}
    changed = copy.deepcopy(result)
    changed["recipe"]["parents"] = ["teacher"]
    changed["data"]["ancestors"] = {"teacher": {"split_hashes": own, "parents": {"first": grandparent}}}
    assert split_problems(changed) == [
        f"{result['id']}, by way of first: made with another derm.csv than the committed file"
    ]
