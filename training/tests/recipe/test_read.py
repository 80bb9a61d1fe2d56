"""Recipes are checked key by key, and an error names the file and the key."""

from pathlib import Path

import pytest

from lentigo.networks.registry import CONSTRUCTORS
from lentigo.recipe import RECIPES_FOLDER, read_recipe, recipe_names

RECIPE = """
system: A
task: classification
domain: dermoscopy
network: {name: acne_cnn}
data: {sets: [derm], classes: {nv: [nv], mel: [mel], akiec: [akiec]}}
kinds: {nv: benign, mel: malignant, akiec: premalignant}
positive: [mel, akiec]
ships: true
stages: [{size: 32, epochs: 1, lr: 0.001}]
"""


def write(folder: Path, text: str, name: str = "small") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text)
    return path


@pytest.mark.parametrize("name", recipe_names())
def test_every_recipe_reads_and_names_a_known_network(name: str) -> None:
    recipe = read_recipe(name)
    assert recipe.id == name and recipe.network.name in CONSTRUCTORS and recipe.stages
    assert set(recipe.kinds) == set(recipe.data.classes), "each class has a kind"
    cancers = [c for c, kind in recipe.kinds.items() if kind == "malignant"]
    assert set(cancers) <= set(recipe.positive), "every malignant class is added up for the decision"


def test_an_unknown_key_is_named_with_its_file_and_the_known_keys(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"small\.yaml: learning: unknown key; known: id, system"):
        read_recipe(write(tmp_path, RECIPE + "learning: 3\n"))
    wrong = RECIPE.replace("lr: 0.001", "lr: 0.001, rate: 0.001")
    with pytest.raises(
        ValueError, match=r"small\.yaml: stages\.0\.rate: unknown key; known: size, epochs, lr"
    ):
        read_recipe(write(tmp_path, wrong))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("lr: 0.001", "lr: quick", r"stages\.0\.lr: .*valid number.*got 'quick'"),
        (", lr: 0.001", "", r"stages\.0\.lr: is missing"),
        ("domain: dermoscopy", "domain: moon", r"domain: .*got 'moon'"),
        ("positive: [mel, akiec]", "positive: [mole]", r"positive: 'mole' is no class"),
        ("positive: [mel, akiec]", "positive: [nv]", r"positive: 'nv' is benign"),
        ("akiec: premalignant", "bcc: malignant", r"kinds: must name each class once"),
        ("ships: true", "merge: {a: [nv, mel]}", r"merge: must hold each class once"),
        ("classes: {nv: [nv], mel: [mel], akiec: [akiec]}", "fit: letterbox", r"data\.classes: a classifier"),
    ],
)
def test_a_wrong_value_is_named_with_its_file_and_key(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in RECIPE
    with pytest.raises(ValueError, match=rf"^small\.yaml: {message}"):
        read_recipe(write(tmp_path, RECIPE.replace(old, new)))


def test_a_variant_inherits_everything_but_that_it_ships(tmp_path: Path) -> None:
    base = read_recipe(write(tmp_path, RECIPE))
    variant = read_recipe(write(tmp_path, "base: small\nsampling: {power: 0.5}\n", "variant"))
    assert base.ships and not variant.ships
    assert variant == base.model_copy(
        update={"id": "variant", "ships": False, "sampling": base.sampling.model_copy(update={"power": 0.5})}
    )


def test_a_variant_replaces_all_classes(tmp_path: Path) -> None:
    write(tmp_path, RECIPE)
    change = "base: small\ndata: {classes: {mel: [mel]}}\nkinds: {mel: malignant}\npositive: [mel]\n"
    variant = read_recipe(write(tmp_path, change, "variant"))
    assert list(variant.data.classes) == list(variant.kinds) == ["mel"] and variant.data.sets == ("derm",)


def test_an_unknown_recipe_lists_the_known_recipes() -> None:
    with pytest.raises(FileNotFoundError, match="mobilenetv2-nevus-melanoma"):
        read_recipe("no-such-recipe")


def test_another_fusion_model_does_not_take_the_first_ones_merge() -> None:
    """The coarse classes are the recipe's own; a classifier on the same classes has none."""
    assert read_recipe("fusion-efficientnet-b3-isic").merge["nevus"] == ("nv", "nevus")
    assert read_recipe("efficientnet-b3-isic").merge == {}
    assert RECIPES_FOLDER.is_dir()
