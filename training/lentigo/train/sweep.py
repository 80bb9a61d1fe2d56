"""A sweep: many trials of a recipe with other values, the poor ones stopped early, on Ray Tune.

Ray is an extra (`pip install -e "training[sweep]"`) and only starts trials and stops them: a trial is an
ordinary run of `train`, with its folder, its curves and its best weights. The trials of a sweep follow from
its seed, so that the same command goes on where it was stopped.
"""

from __future__ import annotations

import csv
import json
import math
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from lentigo.recipe import Recipe
from lentigo.recipe.space import Overrides, Space, with_overrides
from lentigo.train.loop import train
from lentigo.train.run import Run

MISSING = 'a sweep needs Ray Tune, which is an extra: pip install -e "training[sweep]"'
# What `validate` measures. More is better of all of them.
METRICS = ("score", "auc", "balanced", "accuracy", "dice")
# ASHA keeps a third of the trials at each rung (Li et al., "A system for massively parallel hyperparameter
# tuning", MLSys 2020, uses 4; there are fewer trials here).
REDUCTION = 3


@dataclass(frozen=True)
class Folders:
    """Where a trial finds its data and its starting weights, and where all runs are."""

    data: Path
    runs: Path
    weights: Path


@dataclass(frozen=True)
class Resources:
    """What a trial gets of the machine, or of a machine of a Ray cluster."""

    cpus: float = 1.0
    gpus: float = 0.0
    device: str = "auto"


@dataclass
class Sweep:
    """`<runs>/<name>/`: sweep.json says what it is, trials.csv what came out; beside them the best recipe."""

    name: str
    recipe: Recipe
    space: Space
    trials: int
    folders: Folders
    seed: int = 1
    metric: str = "score"
    grace: int = 1  # epochs that every trial gets
    minutes: float = math.inf
    resources: Resources = field(default_factory=Resources)

    @property
    def folder(self) -> Path:
        return self.folders.runs / self.name

    def begin(self) -> list[Recipe]:
        """Writes sweep.json and gives the recipes of all trials.

        Raises ValueError where the folder holds another sweep, and for values that do not go together.
        """
        overrides = self.space.sample(self.trials, self.seed)
        recipes = [self.trial(number, values) for number, values in enumerate(overrides)]
        about = {
            "recipe": self.recipe.model_dump(mode="json"),
            "space": {place: values.model_dump() for place, values in self.space.parameters.items()},
            "seed": self.seed,
        }
        path = self.folder / "sweep.json"
        as_read = json.loads(json.dumps(about))
        if path.is_file() and json.loads(path.read_text(encoding="utf-8")) != as_read:
            raise ValueError(
                f"{self.folder} holds a sweep of another recipe, space or seed; choose another --name"
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(about, indent=1), encoding="utf-8")
        return recipes

    def trial(self, number: int, overrides: Overrides) -> Recipe:
        """The recipe of a trial. Its id is also its run's."""
        return with_overrides(self.recipe, overrides, f"{self.name}-{number:03d}", source=f"trial {number}")


@dataclass(frozen=True)
class Outcome:
    """What became of a trial. `best`: NaN where no epoch was finished."""

    id: str
    overrides: Overrides
    epochs: int
    best: float
    state: str  # finished, stopped or failed


def outcome_of(sweep: Sweep, recipe: Recipe, overrides: Overrides, failed: bool) -> Outcome:
    """Reads what a trial reached from its run's own curves."""
    curves = Run(recipe, sweep.folders.runs).curves()
    best = max((line[sweep.metric] for line in curves if sweep.metric in line), default=math.nan)
    is_whole = len(curves) >= sum(stage.epochs for stage in recipe.stages)
    return Outcome(
        recipe.id, overrides, len(curves), best, "failed" if failed else "finished" if is_whole else "stopped"
    )


def write_outcomes(sweep: Sweep, outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Writes trials.csv, the best first, and the best trial's recipe. Gives them in that order."""
    ordered = sorted(outcomes, key=lambda outcome: math.inf if math.isnan(outcome.best) else -outcome.best)
    places = list(sweep.space.parameters)
    with (sweep.folder / "trials.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["trial", *places, "epochs", sweep.metric, "state"])
        for outcome in ordered:
            values = [outcome.overrides[place] for place in places]
            writer.writerow([outcome.id, *values, outcome.epochs, f"{outcome.best:.5f}", outcome.state])
    for earlier in sweep.folder.glob(f"{sweep.name}-*.yaml"):
        earlier.unlink()
    if ordered and not math.isnan(ordered[0].best):
        best = with_overrides(sweep.recipe, ordered[0].overrides, ordered[0].id)
        content = best.model_dump(mode="json", exclude={"id"}, exclude_defaults=True)
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        (sweep.folder / f"{best.id}.yaml").write_text(text, encoding="utf-8")
    return ordered


def run_sweep(sweep: Sweep, report: Callable[[str], None] = print) -> list[Outcome]:
    """Runs every trial, or as many as there is time for. Gives what became of them, the best first.

    Raises ValueError, saying how to install it, without Ray.
    """
    tune = _ray_tune()
    recipes = sweep.begin()
    overrides = sweep.space.sample(sweep.trials, sweep.seed)
    epochs = max(sum(stage.epochs for stage in recipe.stages) for recipe in recipes)
    folders = Folders(
        *(path.resolve() for path in (sweep.folders.data, sweep.folders.runs, sweep.folders.weights))
    )
    device = sweep.resources.device

    def trial(config: dict[str, Any]) -> None:
        recipe = recipes[config["trial"]]
        # What an earlier call of the same sweep trained counts, so that a trial is judged by its whole curve.
        for line in Run(recipe, folders.runs).curves():
            tune.report(_figures(line))
        train(
            recipe,
            folders.data,
            folders.runs,
            folders.weights,
            device=device,
            on_epoch=lambda line: tune.report(_figures(line)),
        )

    resources = {"cpu": sweep.resources.cpus, "gpu": sweep.resources.gpus}
    scheduler = tune.schedulers.ASHAScheduler(
        max_t=epochs, grace_period=min(sweep.grace, epochs), reduction_factor=REDUCTION
    )
    tuner = tune.Tuner(
        tune.with_resources(trial, resources),
        param_space={"trial": tune.grid_search(list(range(sweep.trials)))},
        tune_config=tune.TuneConfig(
            metric=sweep.metric,
            mode="max",
            scheduler=scheduler,
            time_budget_s=None if math.isinf(sweep.minutes) else 60 * sweep.minutes,
        ),
        run_config=tune.RunConfig(
            name="ray", storage_path=str(sweep.folder.resolve()), verbose=1, log_to_file=True
        ),
    )
    failed = {result.config["trial"] for result in tuner.fit() if result.error}
    outcomes = [
        outcome_of(sweep, recipe, overrides[number], number in failed)
        for number, recipe in enumerate(recipes)
    ]
    ordered = write_outcomes(sweep, outcomes)
    for outcome in ordered:
        report(
            f"{outcome.id}: {sweep.metric} {outcome.best:.4f}, {outcome.epochs} epochs, {outcome.state}, "
            f"{outcome.overrides}"
        )
    return ordered


def _figures(line: dict[str, Any]) -> dict[str, float]:
    return {name: value for name, value in line.items() if isinstance(value, int | float)}


def _ray_tune() -> Any:
    """Ray Tune, on this machine or the cluster that RAY_ADDRESS names. It sends no usage statistics."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.tune.schedulers
        from ray import tune
    except ImportError:
        raise ValueError(MISSING) from None
    if not ray.is_initialized():
        ray.init(include_dashboard=False, log_to_driver=False)
    return tune
