"""`prepare --pack`, then `train --all` from the shards within a time, as on a rented GPU."""

from pathlib import Path

import pytest

from lentigo import cli
from lentigo.recipe import read_recipe
from lentigo.train.plan import planned
from lentigo.train.run import Run

PARENT = """
system: A
task: classification
domain: dermoscopy
network: {name: acne_cnn}
data: {sets: [derm], classes: {nv: [nv], mel: [mel], bkl: [bkl]}}
stages: [{size: 32, epochs: 1, lr: 0.002, batch: 16}]
"""
CHILD = """
base: parent
loss: {teachers: [parent], distill: 0.5, mixup: 0.2}
sampling: {per_class: 12}
weak_classes: {bkl: 2.0}
"""


def test_shards_and_plan_from_the_command_line(
    made_up, made_up_splits, tmp_path: Path, monkeypatch, capsys
) -> None:
    recipes = tmp_path / "recipes"
    recipes.mkdir()
    (recipes / "parent.yaml").write_text(PARENT)
    (recipes / "child.yaml").write_text(CHILD)
    (recipes / "plan.yaml").write_text("- parent\n- child\n")
    monkeypatch.setattr("lentigo.recipe.read.RECIPES_FOLDER", recipes)
    packed, runs = tmp_path / "packed", tmp_path / "runs"
    pack = [
        "prepare",
        "--data",
        str(made_up),
        "--pack",
        str(packed),
        "--size",
        "48",
        "--part-mb",
        "0.05",
        "--sets",
        "derm",
    ]
    assert cli.main(pack) == 0
    train = [
        "train",
        "--all",
        "--data",
        str(packed),
        "--runs",
        str(runs),
        "--device",
        "cpu",
        "--minutes",
        "5",
    ]
    assert cli.main(train) == 0
    assert capsys.readouterr().out.count("finished, best") == 2
    config = Run(read_recipe("child"), runs).config()
    assert config["parents"]["parent"]["split_hashes"] == config["split_hashes"]
    assert cli.main(train) == 0  # the second time there is nothing left to do
    assert len(Run(read_recipe("child"), runs).curves()) == 1


def test_without_time_nothing_is_trained_and_the_run_is_paused(
    made_up, made_up_splits, tmp_path: Path, capsys
) -> None:
    name = str(tmp_path / "small.yaml")
    Path(name).write_text(PARENT)
    options = ["--data", str(made_up), "--runs", str(tmp_path), "--device", "cpu", "--minutes", "0"]
    assert cli.main(["train", name, *options]) == 0
    assert "paused" in capsys.readouterr().out and not (tmp_path / "small" / "best.pt").exists()


def test_a_wrong_name_is_a_line_and_status_2(capsys) -> None:
    assert cli.main(["train", "no-such-recipe"]) == 2
    assert "no-such-recipe" in capsys.readouterr().err


def test_the_committed_plan_is_in_an_order_that_works() -> None:
    assert "mobilenetv2-nevus-melanoma" in planned()


def test_a_recipe_before_its_teacher_is_an_error(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "parent.yaml").write_text(PARENT)
    (tmp_path / "child.yaml").write_text(CHILD)
    (tmp_path / "plan.yaml").write_text("- child\n- parent\n")
    monkeypatch.setattr("lentigo.recipe.read.RECIPES_FOLDER", tmp_path)
    with pytest.raises(ValueError, match="child needs parent, which must come before it"):
        planned()
