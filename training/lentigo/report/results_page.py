"""docs/results.md: the papers' tables with our figures beside them, and all other measurements.

It is made from the result files alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lentigo.evaluation.results import RESULTS_FOLDER, read_results
from lentigo.report.agreement import agreement_section
from lentigo.report.figures import draw
from lentigo.report.markdown import interval, number, table
from lentigo.report.ood_table import ood_section
from lentigo.report.papers import figure, read_min_metrics, read_papers
from lentigo.report.photo_checks import gate_section, morphology_section
from lentigo.report.shipped import Results, shipped_section
from lentigo.report.trained import epochs, start, training_section
from lentigo.report.trust import (
    FITTED_ON,
    calibration_section,
    coverage_section,
    explanation_section,
    shortcut_section,
    skin_tone_section,
)

PAGE = Path(__file__).resolve().parents[3] / "docs" / "results.md"
MODELS = PAGE.parents[1] / "public" / "models"

HEAD = """# Results

For research and teaching; not a medical device; not a diagnosis; see a doctor about any spot that worries
you.

`lentigo report` writes this page from `training/results/*.json`; only the papers' own numbers are typed by
hand. Each figure of ours has its 95 % bootstrap interval, drawn over lesions, patients or source photos,
never over single images. Temperature, prediction sets and thresholds are fitted on the validation split and
measured on the test split; where there is none (`xception-breakhis` and its folds), they are fitted on the
same test images, and sensitivity, specificity, calibration error and coverage flatter. "not run": there is
no result file.
"""


def write(results_folder: Path = RESULTS_FOLDER, out: Path = PAGE) -> Path:
    """Writes the page and its plots (a folder `results` beside it). Gives the page's path."""
    results = read_results(results_folder)
    parts = [HEAD, shipped_section(results)]
    for section in read_papers().values():
        parts.append(paper_section(section, results))
    shown = _in_order(results)
    parts.append("## Each network\n")
    parts += [_network(result, draw(result, out.parent / "results")) for result in shown]
    parts += [training_section(shown), calibration_section(shown), coverage_section(shown)]
    parts += [shortcut_section(shown), explanation_section(shown), skin_tone_section(shown)]
    parts += [ood_section(shown), _subgroups(shown)]
    parts += [agreement_section(results_folder, MODELS)]
    parts += [gate_section(results_folder), morphology_section(results_folder)]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(part for part in parts if part), encoding="utf-8")
    return out


def paper_section(section: Mapping[str, Any], results: Results) -> str:
    """A paper's table with our figures under its own, and its notes (a section of papers.yaml)."""
    columns, rows = section["columns"], []
    given = [value for row in section["rows"] for value in row.get("paper", []) if value is not None]
    places = max((len(str(value).split(".")[1]) for value in given), default=3)  # as many as the paper prints
    for row in section["rows"]:
        if row.get("paper"):
            theirs = [*row["paper"], *[None] * (len(columns) - len(row["paper"]))]
            rows.append([row["name"], "paper", *[number(value, places) for value in theirs]])
        for recipe, protocol in (
            (row.get("recipe"), "ours"),
            (row.get("paper_recipe"), "ours, paper's protocol"),
        ):
            if recipe:
                cells = _our_cells(results.get(recipe), columns, row.get("subgroup"))
                rows.append([row["name"], protocol, *cells])
    notes = "".join(f"- {_filled(note, results)}\n" for note in section["notes"])
    peers = f"\n{section['peers']}\n" if section.get("peers") else ""
    head = ["network", "whose", *[column["name"] for column in columns]]
    return f"## {section['title']}\n\nPaper: {section['source']}.\n\n{table(head, rows)}\n{notes}{peers}"


PLACE = re.compile(r"\{(images|test images|groups|epochs|start) ([\w-]+)\}")


def _filled(note: str, results: Results) -> str:
    """A note with its places, {what recipe}, filled from the recipe's result file; "not run" without one.

    images are those of all splits, or where the network was tested on folds of them, those of the folds.
    """

    def value(place: re.Match[str]) -> str:
        what, result = place[1], results.get(place[2])
        if result is None:
            return "not run"
        counts, test = result["data"]["counts"], result["test"]
        config = result["recipe"]["config"]
        images = test["count"] if config["data"]["protocol"] == "all" else sum(counts.values())
        if what in ("epochs", "start"):
            return epochs(result["curves"]) if what == "epochs" else start(config["initial"])
        return f"{ {'images': images, 'test images': test['count'], 'groups': test['groups']}[what]:,}"

    return PLACE.sub(value, note)


def _our_cells(
    result: Mapping[str, Any] | None, columns: list, subgroup: Mapping[str, str] | None
) -> list[str]:
    if result is None:
        return ["not run", *[""] * (len(columns) - 1)]
    return [interval(figure(result, column["ours"], subgroup)) for column in columns]


def _in_order(results: Results) -> list[Mapping[str, Any]]:
    """Packages first, in the order of min_metrics.yaml, then everything else by name."""
    packages = [name for name in read_min_metrics() if name in results]
    return [results[name] for name in [*packages, *sorted(set(results) - set(packages))]]


def _network(result: Mapping[str, Any], plot: str | None) -> str:
    test = result["test"]
    lines = [f"### {result['id']}\n", _origin(result)]
    if plot:
        plots = (
            "confusion matrix, ROC curves, reliability and training curve" if test.get("roc") else "training"
        )
        lines.append(f"![{plots} of {result['id']}](results/{plot})\n")
    figures = [[name, interval(found)] for name, found in test["metrics"].items()]
    lines.append(table(["figure", "test"], figures))
    if test.get("perClass"):
        keys = ["precision", "recall", "specificity", "f1", "auc", "averagePrecision"]
        rows = [
            [c["class"], str(c["support"]), *[number(c.get(key)) for key in keys]] for c in test["perClass"]
        ]
        lines.append(table(["class", "images", *keys], rows))
    lines += [_decision(point) for point in (result["decision"], *result["operating"]) if point]
    if result["comparisons"]:
        lines.append(_comparisons(result))
    return "\n".join(lines)


def _origin(result: Mapping[str, Any]) -> str:
    test, data, recipe = result["test"], result["data"], result["recipe"]
    weights = (
        "the exported weights" if result["weights"] == "exported" else "the trained weights, before export"
    )
    parents = ", ".join(f"`{name}`" for name in recipe["parents"])
    return (
        f"{result['architecture']['parameters']:,} parameters; measured on {weights}; "
        f"{test['count']} test images, {test['groups']} groups ({test['group']}); "
        f"protocol: {data['protocol']}; split `{data['split']}` {data['splitHash'][:12]}; "
        f"commit `{recipe['commit']}`, seed {recipe['seed']}"
        f"{'; learned from ' + parents if parents else ''}.\n"
    )


def _decision(point: Mapping[str, Any]) -> str:
    rates = ", ".join(f"{name} {interval(found)}" for name, found in point["intervals"].items())
    wanted = (
        f"for a sensitivity of {point['targetSensitivity']:.2f}, fitted on {FITTED_ON[point['fittedOn']]}"
    )
    line = f"{' + '.join(point['positive'])} at or above {point['threshold']:.4f} ({wanted}): {rates}."
    others = [
        f"{row['targetSensitivity']:.2f} from {row['threshold']:.4f} on, "
        f"sensitivity {interval(row['sensitivity'])}, specificity {interval(row['specificity'])}"
        for row in point.get("thresholds", ())
        if row["targetSensitivity"] != point["targetSensitivity"]
    ]
    return (
        f"{line} For other sensitivities, also chosen on validation: {'; '.join(others)}.\n"
        if others
        else f"{line}\n"
    )


def _comparisons(result: Mapping[str, Any]) -> str:
    names = list(dict.fromkeys(name for row in result["comparisons"] for name in row["metrics"]))
    head = ["compared", *names, *[f"difference in {name}" for name in names], "McNemar p"]
    rows = [
        [
            row["name"],
            *[interval(row["metrics"].get(name)) for name in names],
            *[interval(row["difference"].get(name), signed=True) for name in names],
            f"{row['mcnemar']['p']:.2g}",
        ]
        for row in result["comparisons"]
    ]
    return f"Against {result['id']} on the same images (paired bootstrap over groups):\n\n{table(head, rows)}"


def _subgroups(results: list) -> str:
    parts = []
    for result in results:
        rows = result["test"].get("subgroups", [])
        if not rows:
            continue
        names = list(dict.fromkeys(name for row in rows for name in row["metrics"]))
        cells = [
            [
                row["field"],
                row["value"],
                str(row["count"]),
                *[interval(row["metrics"].get(n)) for n in names],
            ]
            for row in rows
        ]
        head = ["field", "value", "images", *names]
        parts.append(f"### {result['id']}, by subgroup\n\n{table(head, cells)}")
    if not parts:
        return ""
    words = (
        "Groups under 20 images are listed without figures. Means leave out the classes that a group lacks."
    )
    return "\n".join([f"## By age, sex, site and source\n\n{words}\n", *parts])
