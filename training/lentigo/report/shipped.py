"""The section of docs/results.md on the packages that ship, beside the metrics that they have to reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from lentigo.report.markdown import ABSENT, interval, table
from lentigo.report.papers import figure, read_min_metrics

Results = Mapping[str, Mapping[str, Any]]


def shipped_section(results: Results) -> str:
    """Each package's figures, minimum, target and training; below the minimum, what was tried."""
    rows, short = [], []
    for package, goal in read_min_metrics().items():
        result, target = results.get(package), goal.get("target", {})
        minimum = goal.get("min") or _as_goal(results.get(goal.get("not_below", "")), target)
        names = sorted({*minimum, *target, *goal.get("show", [])})
        measured, reached, trained = ["not run"], "not run", ABSENT
        if result:
            measured = [f"{name} {interval(figure(result, f'test.{name}'))}" for name in names]
            reached, trained = _reached(result, minimum), _trained(result["curves"])
            if reached.startswith("no (") and goal.get("tried"):
                short.append(f"- `{package}`: {goal['tried']}\n")
        rows.append([f"`{package}`", "<br>".join(measured), _goal(minimum), _goal(target), reached, trained])
    head = ["package", "measured on the test split", "minimum", "target", "minimum reached", "trained"]
    tried = f"\nBelow their minimum, and what was tried:\n\n{''.join(short)}" if short else ""
    return f"## What ships\n\n{table(head, rows)}{tried}"


def _as_goal(other: Mapping[str, Any] | None, names: Iterable[str]) -> dict[str, float]:
    if other is None:
        return {}
    figures = {name: figure(other, f"test.{name}") for name in names}
    return {name: found["value"] for name, found in figures.items() if found}


def _goal(values: Mapping[str, float]) -> str:
    return "<br>".join(f"{name} {value:.3f}" for name, value in values.items()) or ABSENT


def _reached(result: Mapping[str, Any], minimum: Mapping[str, float]) -> str:
    if not minimum:
        return "no minimum"
    measured = {name: figure(result, f"test.{name}") for name in minimum}
    below = [n for n, found in measured.items() if found is None or found["value"] < minimum[n]]
    return f"no ({', '.join(below)})" if below else "yes"


def _trained(curves: Iterable[Mapping[str, Any]]) -> str:
    """The epochs at each size, in the order of training."""
    stages = [(size, len(list(lines))) for size, lines in groupby(curves, key=lambda line: line["size"])]
    return "<br>".join(f"{epochs} x {size} px" for size, epochs in stages) or ABSENT
