"""What each subcommand does with its arguments, and its exit status. torch is imported where it is needed."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from lentigo.data import splits, tables
from lentigo.data.shards import write_shards
from lentigo.data.stores import copy_shards
from lentigo.data.weights import SOURCES, fetch
from lentigo.recipe import read_recipe

MODELS = Path(__file__).resolve().parents[3] / "public" / "models"


def prepare(options: argparse.Namespace) -> int:
    for name in options.sets:
        if options.pack:
            write_shards(options.data, name, options.pack, options.size, options.part_mb)
            continue
        if name in tables.TRAIN_ONLY:
            continue
        rows = tables.read_table(options.data, name)
        split_of = splits.fold_by_group(rows, 4) if name == "breakhis" else splits.split_by_group(rows)
        splits.write_split(splits.split_path(name), rows, split_of)
        print(f"{splits.split_path(name).name}: {len(rows)} images, sha256 {splits.split_hash(name)[:12]}")
    return 0


def copy(options: argparse.Namespace) -> int:
    files = copy_shards(options.url, options.folder)
    print(f"{options.folder}: {len(files)} files")
    return 0


def train(options: argparse.Namespace) -> int:
    from lentigo.train.loop import train
    from lentigo.train.plan import planned

    names = planned() if options.all else options.recipes
    if not names:
        raise ValueError("name at least one recipe, or --all")
    deadline = time.monotonic() + options.minutes * 60
    for name in names:
        recipe = read_recipe(name).scaled(options.epoch_scale, options.stages)
        recipe = recipe.with_batches_times(options.batch_scale)
        progress = train(
            recipe, options.data, options.runs, options.weights, device=options.device, deadline=deadline
        )
        state = "finished" if progress.finished else "paused"
        print(f"{name}: {state}, best score {progress.best_score:.4f}, {progress.seconds:.0f} s in all")
        if not progress.finished and time.monotonic() > deadline:
            break
    return 0


def sweep(options: argparse.Namespace) -> int:
    from lentigo.recipe.space import read_space
    from lentigo.train.sweep import METRICS, Folders, Resources, Sweep, run_sweep

    if options.trials < 1 or options.metric not in METRICS:
        raise ValueError(f"--trials must be at least 1, and --metric one of {', '.join(METRICS)}")
    recipe = read_recipe(options.recipe).scaled(options.epoch_scale)
    sweep = Sweep(
        options.name or f"{recipe.id}-sweep",
        recipe,
        read_space(options.space, recipe),
        options.trials,
        Folders(options.data, options.runs, options.weights),
        seed=options.seed,
        metric=options.metric,
        grace=options.grace,
        minutes=options.minutes,
        resources=Resources(options.cpus, options.gpus, "cuda" if options.gpus else "cpu"),
    )
    outcomes = run_sweep(sweep)
    print(f"{sweep.folder / 'trials.csv'}: {len(outcomes)} trials; the best trial's recipe stands beside it")
    return 0


def weights(options: argparse.Namespace) -> int:
    for name in options.names or SOURCES:
        path = fetch(name, options.to)
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, from {SOURCES[name].package}")
    return 0


def evaluate(options: argparse.Namespace) -> int:
    from lentigo.evaluation.evaluate_and_export import evaluate_and_export
    from lentigo.evaluation.results import write_result

    for recipe in map(read_recipe, options.recipes):
        result = evaluate_and_export(recipe, options.data, options.runs, export=False).result
        # The result file of a recipe that ships is of the exported weights. This result stays beside the run.
        path = write_result(result, options.runs / recipe.id) if recipe.ships else write_result(result)
        _print_metrics(result, path)
    return 0


def export(options: argparse.Namespace) -> int:
    from lentigo.recipe.panel import panel_names, read_panel
    from lentigo.report.packages import export_package, export_panel

    for name in options.recipes:
        if name in panel_names():
            result = export_panel(read_panel(name), options.runs, options.models)
        else:
            result = export_package(read_recipe(name), options.data, options.runs, options.models)
        _print_metrics(result, Path(f"{name}.json"))
    return 0


def measure(options: argparse.Namespace) -> int:
    from lentigo.report.packages import (
        remeasure_intervals,
        remeasure_maps,
        remeasure_package,
        remeasure_thresholds,
    )

    for name in options.recipes:
        if options.intervals:
            remeasure_intervals(name, options.data)
            continue
        if options.maps:
            remeasure_maps(name, options.data, options.models)
            continue
        if options.thresholds:
            remeasure_thresholds(name, options.data, options.models, options.runs)
            continue
        result = remeasure_package(read_recipe(name), options.data, options.runs, options.models)
        _print_metrics(result, Path(f"{name}.json"))
    return 0


def restore(options: argparse.Namespace) -> int:
    from lentigo.evaluation.restore import restore

    for name in options.recipes:
        restore(read_recipe(name), options.data, options.models, options.runs)
    return 0


def speed(options: argparse.Namespace) -> int:
    from lentigo.train.speed import images_per_second

    for name in options.recipes:
        rate = images_per_second(read_recipe(name), options.size, options.batch, precision=options.precision)
        print(f"{name}: {rate:.1f} images a second at {options.size} px, {options.precision}")
    return 0


def report(options: argparse.Namespace) -> int:
    from lentigo.evaluation.results import RESULTS_FOLDER
    from lentigo.report import results_page
    from lentigo.report.card import refresh_cards

    refresh_cards(MODELS)
    print(results_page.write(RESULTS_FOLDER))
    return 0


def _print_metrics(result: dict[str, Any], path: Path) -> None:
    figures = (
        f"{name} {m['value']:.4f} ({m['low']:.3f}-{m['high']:.3f})"
        for name, m in result["test"]["metrics"].items()
    )
    print(f"{path.name}: {result['test']['count']} test images; " + ", ".join(figures))
