"""`prepare --pack`, then `train --all` from the shards within a time: what an hour on a GPU will do."""

from pathlib import Path

from lentigo import cli
from lentigo.recipe import RECIPES_FOLDER
from lentigo.train import plan
from lentigo.train.run import Run

PARENT = """
system: A
task: classification
domain: dermoscopy
network: {name: acne_cnn}
data: {sets: [derm], classes: {nv: [nv], mel: [mel], bkl: [bkl]}}
stages: [{size: 32, epochs: 1, rate: 0.002, batch: 16}]
"""
CHILD = """
base: parent
loss: {teacher: parent, distill: 0.5, mixup: 0.2}
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
    monkeypatch.setattr("lentigo.recipe.RECIPES_FOLDER", recipes)
    monkeypatch.setattr(plan, "RECIPES_FOLDER", recipes)
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
    from lentigo.recipe import read_recipe

    config = Run(read_recipe("child"), runs).config()
    assert config["parents"]["parent"]["split_hashes"] == config["split_hashes"]
    assert cli.main(train) == 0  # again: nothing is left to do
    assert len(Run(read_recipe("child"), runs).curves()) == 1


def test_no_time_left_trains_nothing_and_says_so(made_up, made_up_splits, tmp_path: Path, capsys) -> None:
    name = str(tmp_path / "one.yaml")
    Path(name).write_text(PARENT)
    options = ["--data", str(made_up), "--runs", str(tmp_path), "--device", "cpu", "--minutes", "0"]
    assert cli.main(["train", name, *options]) == 0
    assert "paused" in capsys.readouterr().out and not (tmp_path / "one" / "best.pt").exists()


def test_a_wrong_name_is_one_line_and_status_2(capsys) -> None:
    assert cli.main(["train", "no-such-recipe"]) == 2
    assert "no-such-recipe" in capsys.readouterr().err
    assert RECIPES_FOLDER.is_dir()
