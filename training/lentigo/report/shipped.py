"""What ships, beside what it was to reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from lentigo.report.markdown import ABSENT, interval, table
from lentigo.report.papers import figure, read_floors

Results = Mapping[str, Mapping[str, Any]]


def shipped_section(results: Results) -> str:
    """Each package's figures, floor, target and training; of those below their floor, what was tried."""
    rows, short = [], []
    for package, goal in read_floors().items():
        result, target = results.get(package), goal.get("target", {})
        floor = goal.get("floor") or _as_goal(results.get(goal.get("not_below", "")), target)
        names = sorted({*floor, *target, *goal.get("show", [])})
        measured, reached, trained = ["not run"], "not run", ABSENT
        if result:
            measured = [f"{name} {interval(figure(result, f'test.{name}'))}" for name in names]
            reached, trained = _reached(result, floor), _trained(result["curves"])
            if reached.startswith("no (") and goal.get("tried"):
                short.append(f"- `{package}`: {goal['tried']}\n")
        rows.append([f"`{package}`", "<br>".join(measured), _goal(floor), _goal(target), reached, trained])
    head = ["package", "measured on the test side", "floor", "target", "floor reached", "trained"]
    tried = f"\nBelow their floor, and what was tried:\n\n{''.join(short)}" if short else ""
    return f"## What ships\n\n{table(head, rows)}{tried}"


def _as_goal(other: Mapping[str, Any] | None, names: Iterable[str]) -> dict[str, float]:
    return (
        {n: figure(other, f"test.{n}")["value"] for n in names if figure(other, f"test.{n}")} if other else {}
    )


def _goal(values: Mapping[str, float]) -> str:
    return "<br>".join(f"{name} {value:.3f}" for name, value in values.items()) or ABSENT


def _reached(result: Mapping[str, Any], floor: Mapping[str, float]) -> str:
    if not floor:
        return "no floor"
    measured = {name: figure(result, f"test.{name}") for name in floor}
    below = [n for n, found in measured.items() if found is None or found["value"] < floor[n]]
    return f"no ({', '.join(below)})" if below else "yes"


def _trained(curves: Iterable[Mapping[str, Any]]) -> str:
    """Epochs at each size, in the order of training."""
    stages = [(size, len(list(lines))) for size, lines in groupby(curves, key=lambda line: line["size"])]
    return "<br>".join(f"{epochs} x {size} px" for size, epochs in stages) or ABSENT
