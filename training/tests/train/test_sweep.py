"""A sweep is many ordinary runs; Ray only starts and stops them."""

import csv
import importlib.util
import json
import math
import sys
from pathlib import Path

import pytest

from lentigo import cli
from lentigo.recipe import read_recipe
from lentigo.recipe.space import Range, Space
from lentigo.train.run import Run
from lentigo.train.sweep import Folders, Outcome, Sweep, outcome_of, run_sweep, write_outcomes

RECIPE = """
system: D
task: classification
domain: dermoscopy
network: {name: acne_cnn}
data: {sets: [derm], classes: {nv: [nv], mel: [mel], bkl: [bkl]}, protocol: images}
augment: {rotate: 20, zoom: [0.9, 1.1], hue: 0.0, blur: 0.0}
ema_decay: 0.8
stages: [{size: 32, epochs: 4, lr: 0.003, batch: 16}]
"""
SPACE = Space({"stages.0.lr": Range(low=1e-6, high=3e-3, log=True)})


@pytest.fixture
def sweep(tmp_path: Path) -> Sweep:
    path = tmp_path / "small.yaml"
    path.write_text(RECIPE)
    folders = Folders(tmp_path / "data", tmp_path / "runs", tmp_path)
    return Sweep("small-sweep", read_recipe(path), SPACE, 4, folders)


def test_without_ray_it_says_how_to_install_it(sweep, monkeypatch, tmp_path, capsys) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    space = tmp_path / "space.yaml"
    space.write_text("stages.0.lr: {low: 0.001, high: 0.01}")
    options = ["--space", str(space), "--trials", "2", "--runs", str(tmp_path / "runs")]
    assert cli.main(["sweep", str(tmp_path / "small.yaml"), *options]) == 2
    assert 'pip install -e "training[sweep]"' in capsys.readouterr().err
    assert not (tmp_path / "runs").exists()


def test_its_folder_is_of_one_sweep(sweep) -> None:
    recipes = sweep.begin()
    assert [recipe.id for recipe in recipes] == [f"small-sweep-00{n}" for n in range(4)]
    assert len({recipe.stages[0].lr for recipe in recipes}) == 4
    # More trials of the same sweep go on with it; another seed is another sweep.
    sweep.trials = 6
    assert sweep.begin()[:4] == recipes
    sweep.seed = 2
    with pytest.raises(ValueError, match="another --name"):
        sweep.begin()


def test_outcomes_are_read_from_the_runs_and_written_best_first(sweep) -> None:
    recipes, values = sweep.begin(), sweep.space.sample(4, 1)
    curves = [[0.5, 0.6], [0.4, 0.7, 0.9, 0.8], [], [0.3]]
    for recipe, scores in zip(recipes, curves, strict=True):
        run = Run(recipe, sweep.folders.runs)
        run.folder.mkdir(parents=True)
        for epoch, score in enumerate(scores):
            run.log({"stage": 0, "epoch": epoch + 1, "score": score})
    outcomes = [outcome_of(sweep, recipes[n], values[n], failed=n == 3) for n in range(4)]
    assert [outcome.state for outcome in outcomes] == ["stopped", "finished", "stopped", "failed"]
    ordered = write_outcomes(sweep, outcomes)
    assert [outcome.id[-1] for outcome in ordered] == ["1", "0", "3", "2"]
    assert math.isnan(ordered[-1].best)
    with (sweep.folder / "trials.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "trial": "small-sweep-001",
        "stages.0.lr": str(values[1]["stages.0.lr"]),
        "epochs": "4",
        "score": "0.90000",
        "state": "finished",
    }
    # The best trial's recipe is a recipe file, by which its run is found again.
    best = read_recipe(sweep.folder / "small-sweep-001.yaml")
    assert best == recipes[1]


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="needs the extra sweep")
def test_a_real_sweep_trains_stops_and_goes_on(sweep, made_up) -> None:
    sweep.folders = Folders(made_up, sweep.folders.runs, sweep.folders.weights)
    ordered: list[Outcome] = run_sweep(sweep, report=lambda _: None)
    assert len(ordered) == 4 and all(outcome.state in ("finished", "stopped") for outcome in ordered)
    assert ordered[0].best == max(outcome.best for outcome in ordered)
    runs = sweep.folders.runs
    config = json.loads((runs / ordered[0].id / "config.json").read_text())
    assert config["recipe"]["stages"][0]["lr"] == ordered[0].overrides["stages.0.lr"]
    assert (runs / ordered[0].id / "best.pt").is_file()
    # The same command again trains nothing twice.
    again = run_sweep(sweep, report=lambda _: None)
    finished = [outcome for outcome in ordered if outcome.state == "finished"]
    assert [outcome for outcome in again if outcome.id in {f.id for f in finished}] == finished
