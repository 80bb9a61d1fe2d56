"""`lentigo`: the one command of the training side."""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path

from lentigo.data import splits, tables
from lentigo.data.pack import write_pack
from lentigo.recipe import read_recipe
from lentigo.train.run import default_runs_folder


def main(arguments: list[str] | None = None) -> int:
    """Runs one subcommand; exit status 2 and one line for what the caller can mend."""
    options = _parser().parse_args(arguments)
    try:
        return options.action(options)
    except (FileNotFoundError, ValueError) as error:
        print(f"lentigo: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("lentigo: stopped; the same command resumes", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lentigo", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    prepare = commands.add_parser("prepare", help="write the split files, or portable shards with --pack")
    _data(prepare)
    prepare.add_argument("--pack", type=Path, metavar="FOLDER", help="write shards there instead of splits")
    prepare.add_argument("--size", type=int, default=256, help="longest side of a packed image (default 256)")
    prepare.add_argument("--part-mb", type=float, default=15, help="largest part in MB (default 15)")
    prepare.add_argument("--sets", nargs="+", default=list(tables.SETS), choices=tables.SETS)
    prepare.set_defaults(action=_prepare)
    train = commands.add_parser("train", help="train recipes; resumes by itself")
    train.add_argument("recipes", nargs="*", metavar="recipe", help="recipe ids or files")
    train.add_argument("--all", action="store_true", help="every recipe of recipes/plan.yaml, in its order")
    train.add_argument("--minutes", type=float, default=math.inf, help="stop in good order after this time")
    _data(train)
    _machine(train)
    train.set_defaults(action=_train)
    return parser


def _data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=Path("../shared/data"), help="data folder (or folder of shards)"
    )


def _machine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=Path, default=default_runs_folder(), help="where runs are kept")
    parser.add_argument(
        "--weights", type=Path, default=Path("../shared/weights"), help="folder of starting weights"
    )
    parser.add_argument("--device", default="auto", choices=["auto", "cpu", "cuda"])


def _prepare(options: argparse.Namespace) -> int:
    for name in options.sets:
        if options.pack:
            write_pack(options.data, name, options.pack, options.size, options.part_mb)
            continue
        rows = tables.read_table(options.data, name)
        side_of = splits.fold_by_group(rows, 4) if name == "breakhis" else splits.split_by_group(rows)
        splits.write_split(splits.split_path(name), rows, side_of)
        print(f"{splits.split_path(name).name}: {len(rows)} images, sha256 {splits.split_hash(name)[:12]}")
    return 0


def _train(options: argparse.Namespace) -> int:
    from lentigo.train.loop import train
    from lentigo.train.plan import planned

    names = planned() if options.all else options.recipes
    if not names:
        raise ValueError("name at least one recipe, or --all")
    deadline = time.monotonic() + options.minutes * 60
    for name in names:
        progress = train(
            read_recipe(name),
            options.data,
            options.runs,
            options.weights,
            device=options.device,
            deadline=deadline,
        )
        state = "finished" if progress.finished else "paused"
        print(
            f"{name}: {state}, best validation score {progress.best_score:.4f}, {progress.seconds:.0f} s in all"
        )
        if not progress.finished and time.monotonic() > deadline:
            break
    return 0


if __name__ == "__main__":
    sys.exit(main())
