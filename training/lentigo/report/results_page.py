"""docs/results.md: every table of the papers with ours beside it, and what else was measured. Made from the
result files alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from lentigo.measure.metrics import wilson
from lentigo.measure.out_of_distribution import ACCEPTANCE, REFUSED, UNREFUSED, may_refuse
from lentigo.measure.results import RESULTS_FOLDER, read_results
from lentigo.report.agreement import agreement_section
from lentigo.report.figures import draw
from lentigo.report.papers import figure, read_floors, read_papers
from lentigo.report.photo_checks import gate_section, morphology_section

PAGE = Path(__file__).resolve().parents[3] / "docs" / "results.md"
MODELS = PAGE.parents[1] / "public" / "models"
ABSENT = "-"
Results = Mapping[str, Mapping[str, Any]]

HEAD = """# Results

For research and teaching; not a medical device; not a diagnosis; see a doctor about any spot that worries you.

This page is written by `lentigo report` from `training/results/*.json`; no number in it is typed by hand but
the papers' own. A figure of ours stands with its 95 % bootstrap interval, drawn over lesions, patients or
source photos, never over single images. Temperature, prediction sets and thresholds are fitted on the
validation side and measured on the test side. "not run": there is no result file.
"""


def write(results_folder: Path = RESULTS_FOLDER, out: Path = PAGE) -> Path:
    """Writes the page and its pictures (a folder `results` beside it); gives the page's path."""
    results = read_results(results_folder)
    parts = [HEAD, _shipped(results)]
    for system in read_papers().values():
        parts.append(_system(system, results))
    shown = _in_order(results)
    parts.append("## Each network\n")
    parts += [_network(result, draw(result, out.parent / "results")) for result in shown]
    parts += [_calibration(shown), _strangeness(shown), _subgroups(shown)]
    parts += [agreement_section(results_folder, MODELS, _table)]
    parts += [gate_section(results_folder, _table), morphology_section(results_folder, _table)]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(part for part in parts if part), encoding="utf-8")
    return out


def _shipped(results: Results) -> str:
    rows = []
    for package, goal in read_floors().items():
        result, target = results.get(package), goal.get("target", {})
        floor = goal.get("floor") or _as_goal(results.get(goal.get("not_below", "")), target)
        names = sorted({*floor, *target, *goal.get("show", [])})
        measured, reached = ["not run"], "not run"
        if result:
            measured = [f"{name} {_interval(figure(result, f'test.{name}'))}" for name in names]
            reached = _reached(result, floor)
        rows.append([f"`{package}`", "<br>".join(measured), _goal(floor), _goal(target), reached])
    head = ["package", "measured on the test side", "floor", "target", "floor reached"]
    return "## What ships\n\n" + _table(head, rows)


def _as_goal(other: Mapping[str, Any] | None, names: Iterable[str]) -> dict[str, float]:
    return (
        {n: figure(other, f"test.{n}")["value"] for n in names if figure(other, f"test.{n}")} if other else {}
    )


def _goal(values: Mapping[str, float]) -> str:
    return "<br>".join(f"{name} {value:.2f}" for name, value in values.items()) or ABSENT


def _reached(result: Mapping[str, Any], floor: Mapping[str, float]) -> str:
    if not floor:
        return "no floor"
    measured = {name: figure(result, f"test.{name}") for name in floor}
    below = [n for n, found in measured.items() if found is None or found["value"] < floor[n]]
    return f"no ({', '.join(below)})" if below else "yes"


def _system(system: Mapping[str, Any], results: Results) -> str:
    columns, rows = system["columns"], []
    given = [value for row in system["rows"] for value in row.get("paper", []) if value is not None]
    places = max((len(str(value).split(".")[1]) for value in given), default=3)  # as many as the paper prints
    for row in system["rows"]:
        if row.get("paper"):
            theirs = [*row["paper"], *[None] * (len(columns) - len(row["paper"]))]
            rows.append([row["name"], "paper", *[_number(value, places) for value in theirs]])
        for recipe, protocol in (
            (row.get("recipe"), "ours"),
            (row.get("paper_recipe"), "ours, paper's protocol"),
        ):
            if recipe:
                cells = _our_cells(results.get(recipe), columns, row.get("subgroup"))
                rows.append([row["name"], protocol, *cells])
    notes = "".join(f"- {note}\n" for note in system["notes"])
    peers = f"\n{system['peers']}\n" if system.get("peers") else ""
    head = ["network", "whose", *[column["name"] for column in columns]]
    return f"## {system['title']}\n\nPaper: {system['source']}.\n\n{_table(head, rows)}\n{notes}{peers}"


def _our_cells(
    result: Mapping[str, Any] | None, columns: list, subgroup: Mapping[str, str] | None
) -> list[str]:
    if result is None:
        return ["not run", *[""] * (len(columns) - 1)]
    return [_interval(figure(result, column["ours"], subgroup)) for column in columns]


def _in_order(results: Results) -> list[Mapping[str, Any]]:
    """Packages first, in the order of the floors, then everything else by name."""
    packages = [name for name in read_floors() if name in results]
    return [results[name] for name in [*packages, *sorted(set(results) - set(packages))]]


def _network(result: Mapping[str, Any], picture: str | None) -> str:
    test = result["test"]
    lines = [f"### {result['id']}\n", _origin(result)]
    if picture:
        plots = (
            "confusion matrix, ROC curves, reliability and training curve" if test.get("roc") else "training"
        )
        lines.append(f"![{plots} of {result['id']}](results/{picture})\n")
    figures = [[name, _interval(found)] for name, found in test["metrics"].items()]
    lines.append(_table(["figure", "test"], figures))
    if test.get("perClass"):
        keys = ["precision", "recall", "specificity", "f1", "auc"]
        rows = [[c["class"], str(c["support"]), *[_number(c[key]) for key in keys]] for c in test["perClass"]]
        lines.append(_table(["class", "images", *keys], rows))
    lines += [_decision(point) for point in (result["decision"], *result["operating"]) if point]
    if result["comparisons"]:
        lines.append(_comparisons(result))
    return "\n".join(lines)


def _origin(result: Mapping[str, Any]) -> str:
    test, data, recipe = result["test"], result["data"], result["recipe"]
    weights = (
        "the exported weights" if result["weights"] == "exported" else "the trained weights, before export"
    )
    learned = ", ".join(f"`{name}`" for name in recipe["parents"])
    return (
        f"{result['architecture']['parameters']:,} parameters; measured on {weights}; {test['count']} test images, "
        f"{test['groups']} groups ({test['group']}); protocol: {data['protocol']}; split `{data['split']}` "
        f"{data['splitHash'][:12]}; commit `{recipe['commit']}`, seed {recipe['seed']}"
        f"{'; learned from ' + learned if learned else ''}.\n"
    )


def _decision(point: Mapping[str, Any]) -> str:
    rates = ", ".join(f"{name} {_interval(found)}" for name, found in point["intervals"].items())
    return (
        f"{' + '.join(point['positive'])} at or over {point['threshold']:.4f} ({point['rule']}): {rates}.\n"
    )


def _comparisons(result: Mapping[str, Any]) -> str:
    names = list(dict.fromkeys(name for row in result["comparisons"] for name in row["metrics"]))
    head = ["compared", *names, *[f"difference in {name}" for name in names], "McNemar p"]
    rows = [
        [
            row["name"],
            *[_interval(row["metrics"].get(name)) for name in names],
            *[_interval(row["difference"].get(name), signed=True) for name in names],
            f"{row['mcnemar']['p']:.2g}",
        ]
        for row in result["comparisons"]
    ]
    return (
        f"Against {result['id']} on the same images (paired bootstrap over groups):\n\n{_table(head, rows)}"
    )


def _calibration(results: list) -> str:
    rows = []
    for result in results:
        found = result["calibration"]
        if found:
            sets = found["conformal"]["test"]
            rows.append(
                [
                    result["id"],
                    f"{found['temperature']:.2f}",
                    _number(found["eceUncalibrated"]),
                    _number(found["ece"]),
                    _number(found["conformal"]["quantile"]),
                    _interval(sets["coverage"]),
                    _interval(sets["meanSize"]),
                    found["fittedOn"],
                ]
            )
    head = ["network", "temperature", "ECE before", "ECE after", "LAC quantile", "coverage (promised 0.90)"]
    head += ["classes a set", "fitted on"]
    return f"## Calibration and prediction sets\n\n{_table(head, rows)}" if rows else ""


def _strangeness(results: list) -> str:
    measured = [result for result in results if result["ood"]]
    if not measured:
        return ""
    names = list(dict.fromkeys(name for result in measured for name in result["ood"]["auroc"]))
    rows = [
        [
            result["id"],
            f"{1 - result['ood']['testAcceptance']:.1%}",
            _refused(result),
            *[_strange(result["ood"], n) for n in names],
        ]
        for result in measured
    ]
    words = (
        "AUROC of the score (squared Mahalanobis distance to the nearest class mean) between the test side and pictures "
        f"that are not of the model's kind. A photo over the threshold that {ACCEPTANCE:.0%} of the validation side do not "
        f"exceed is called unusual; over the one that {UNREFUSED:.0%} do not exceed it gets no result. In brackets the "
        "shares of the strange pictures that are not called unusual, and that get a result. The gate refuses only where "
        f"that takes under {REFUSED:.0%} of the test side, which are real images of the model's kind (95 % interval: "
        "Wilson)."
    )
    head = ["network", "real images called unusual", "real images refused", *names]
    return f"## Out of distribution\n\n{words}\n\n{_table(head, rows)}"


def _refused(result: Mapping[str, Any]) -> str:
    count, refusal = result["test"]["count"], result["ood"].get("refusal")
    if refusal is None:
        return "not measured"
    refused = 1 - refusal["testAcceptance"]
    low, high = wilson(round(refused * count), count)
    return f"{refused:.1%} ({low:.1%} to {high:.1%})" + (
        "" if may_refuse(result["ood"]) else ": too many, not done"
    )


def _strange(found: Mapping[str, Any], name: str) -> str:
    if name not in found["auroc"]:
        return ABSENT
    given = f", {found['refusal']['accepted'][name]:.0%}" if "refusal" in found else ""
    return f"{found['auroc'][name]:.3f} ({found['accepted'][name]:.0%}{given} of {found['counts'][name]})"


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
                *[_interval(row["metrics"].get(n)) for n in names],
            ]
            for row in rows
        ]
        head = ["field", "value", "images", *names]
        parts.append(f"### {result['id']}, by subgroup\n\n{_table(head, cells)}")
    if not parts:
        return ""
    words = "Under 20 images a group is listed and not scored. Classes that a group lacks take no part in its means."
    return "\n".join([f"## By age, sex, site and source\n\n{words}\n", *parts])


def _interval(found: Mapping[str, float] | None, signed: bool = False) -> str:
    if found is None:
        return ABSENT
    sign = "+" if signed else ""
    value = format(found["value"], f"{sign}.3f")
    if "low" not in found:
        return value
    return f"{value} ({format(found['low'], f'{sign}.3f')} to {format(found['high'], f'{sign}.3f')})"


def _number(value: float | None, places: int = 3) -> str:
    return ABSENT if value is None else f"{value:.{places}f}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)
