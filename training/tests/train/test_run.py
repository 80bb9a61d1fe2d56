"""Run folders that were made before version 0.2 are read under today's names."""

import json
from pathlib import Path

import torch

from lentigo.recipe import Recipe, read_recipe
from lentigo.train.run import Run

RECIPE = """
system: D
task: classification
domain: dermoscopy
network: {name: acne_cnn}
data: {sets: [derm], classes: {nv: [nv], mel: [mel]}}
kinds: {nv: benign, mel: malignant}
stages: [{size: 32, epochs: 2, lr: 0.003}]
"""


def old_recipe(recipe: Recipe) -> dict:
    """A recipe as config.json had it: other names, and without the fields that are new."""
    content = recipe.model_dump(mode="json")
    for name in ("kinds", "positive", "merge", "ships"):
        del content[name]
    content["average"] = content.pop("ema_decay")
    content["prior_correction"] = content.pop("logit_adjustment")
    for stage in content["stages"]:
        stage["rate"], stage["views"] = stage.pop("lr"), stage.pop("augmented_views")
    return content


def old_run(folder: Path) -> Run:
    path = folder / "small.yaml"
    path.write_text(RECIPE)
    run = Run(read_recipe(path), folder / "runs")
    run.begin()
    config = run.config()
    config["recipe"] = old_recipe(run.recipe)
    (run.folder / "config.json").write_text(json.dumps(config))
    return run


def test_an_old_config_has_todays_names_and_is_the_same_recipe(tmp_path: Path) -> None:
    run = old_run(tmp_path)
    recipe = run.config()["recipe"]
    assert recipe["stages"][0]["lr"] == 0.003 and recipe["ema_decay"] == run.recipe.ema_decay
    run.resume()
    assert "earlier" not in run.config()


def test_an_old_config_of_another_recipe_is_recorded(tmp_path: Path) -> None:
    run = old_run(tmp_path)
    changed = Run(run.recipe.model_copy(update={"weight_decay": 0.5}), tmp_path / "runs")
    changed.resume()
    earlier = changed.config()["earlier"]
    assert [item["recipe"]["weight_decay"] for item in earlier] == [run.recipe.weight_decay]
    assert changed.config()["recipe"]["weight_decay"] == 0.5


def test_an_old_checkpoint_has_todays_names(tmp_path: Path) -> None:
    run = old_run(tmp_path)
    weights = {"a": torch.ones(2)}
    run.save_checkpoint({"network": weights, "average": weights, "average_step": 7, "stage": 0})
    checkpoint = run.checkpoint()
    assert checkpoint is not None and set(checkpoint) == {"network", "ema", "ema_updates", "stage"}
    assert checkpoint["ema_updates"] == 7
