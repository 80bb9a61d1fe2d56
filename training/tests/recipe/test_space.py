"""A search space is checked against the recipe before anything is trained."""

from pathlib import Path

import pytest

from lentigo.recipe import read_recipe
from lentigo.recipe.space import read_space, with_overrides

SPACE = """
stages.0.lr: {low: 0.0001, high: 0.01, log: true}
stages.0.batch: {low: 16, high: 64, whole: true}
loss.smoothing: {choice: [0, 0.05, 0.1]}
network.options.dropout: {low: 0, high: 0.5}
"""


@pytest.fixture
def recipe():
    return read_recipe("mobilenetv2-nevus-melanoma")


def write(folder: Path, text: str) -> Path:
    path = folder / "space.yaml"
    path.write_text(text)
    return path


def test_trials_are_recipes_with_values_of_the_space(recipe, tmp_path) -> None:
    space = read_space(write(tmp_path, SPACE), recipe)
    trials = [with_overrides(recipe, values, f"t{n}") for n, values in enumerate(space.sample(200, 1))]
    rates = [trial.stages[0].lr for trial in trials]
    batches = {trial.stages[0].batch for trial in trials}
    assert all(1e-4 <= rate <= 1e-2 for rate in rates)
    assert 0.35 < sum(rate < 1e-3 for rate in rates) / 200 < 0.65, "even over the logarithm"
    assert min(batches) == 16 and max(batches) == 64 and all(isinstance(b, int) for b in batches)
    assert {trial.loss.smoothing for trial in trials} == {0, 0.05, 0.1}
    assert all(0 <= trial.network.options["dropout"] <= 0.5 for trial in trials)
    # All else is the recipe's.
    assert trials[0].stages[1] == recipe.stages[1] and trials[0].data == recipe.data
    assert trials[3].id == "t3"


def test_more_trials_of_a_seed_begin_with_the_same_ones(recipe, tmp_path) -> None:
    space = read_space(write(tmp_path, SPACE), recipe)
    assert space.sample(9, 4)[:5] == space.sample(5, 4)
    assert space.sample(5, 4) != space.sample(5, 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "stages.0.rate: {choice: [1]}",
            r"space\.yaml: stages\.0\.rate: unknown key; known: size, epochs, lr",
        ),
        ("learning: {choice: [1]}", r"space\.yaml: learning: unknown key"),
        ("stages.7.lr: {choice: [1]}", r"space\.yaml: stages\.7\.lr: the recipe has no part '7' there"),
        ("stages.0.lr: {low: -1, high: 1}", r"space\.yaml: stages\.0\.lr: .*greater than 0"),
        ("loss.smoothing: {choice: [0.1, much]}", r"space\.yaml: loss\.smoothing: .*got 'much'"),
        ("id: {choice: [other]}", r"space\.yaml: id: is no field that a trial can change"),
        ("stages.0.lr: {low: 1, high: 0.1}", r"space\.yaml: stages\.0\.lr: .*low must be below high"),
        ("stages.0.lr: {low: 0, high: 1, log: true}", r"space\.yaml: stages\.0\.lr: .*low must be above 0"),
        ("stages.0.lr: [1, 2]", r"space\.yaml: stages\.0\.lr: give \{choice"),
        ("{}", r"space\.yaml: names no field"),
        ("", r"space\.yaml: the file: give"),
    ],
)
def test_what_is_wrong_is_named_with_its_key(recipe, tmp_path, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_space(write(tmp_path, text), recipe)


def test_a_space_that_is_not_there_is_named(recipe, tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        read_space(tmp_path / "nowhere.yaml", recipe)
