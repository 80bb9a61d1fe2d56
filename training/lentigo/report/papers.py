"""The papers' figures (papers.yaml) joined with ours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def read_papers() -> dict[str, Any]:
    """System -> {title, source, notes, peers, columns, rows}; papers.yaml says what they hold."""
    return yaml.safe_load(Path(__file__).with_name("papers.yaml").read_text(encoding="utf-8"))


@cache
def read_floors() -> dict[str, Any]:
    """Package -> {floor, target}: what it was to reach."""
    return yaml.safe_load(Path(__file__).with_name("min_metrics.yaml").read_text(encoding="utf-8"))


def figure(
    result: Mapping[str, Any], path: str, subgroup: Mapping[str, str] | None = None
) -> dict[str, float] | None:
    """{value, low, high} (low and high may be missing) at "side.figure" of a result; None where it was not
    measured.
    """
    side, name = path.split(".")
    if subgroup is None:
        return result.get(side, {}).get("metrics", {}).get(name)
    if side != "test":
        return None
    for row in result["test"].get("subgroups", []):
        if (row["field"], row["value"]) == (subgroup["field"], subgroup["value"]):
            return row["metrics"].get(name)
    return None


def paper_recipe_of(package: str) -> str | None:
    """The recipe that follows the paper's protocol beside a package's own, if there is one."""
    for system in read_papers().values():
        for row in system["rows"]:
            if row.get("recipe") == package and row.get("paper_recipe"):
                return row["paper_recipe"]
    return None


def beside_paper(
    package: str, result: Mapping[str, Any], paper_result: Mapping[str, Any] | None
) -> dict[str, dict[str, float]]:
    """The card's `results.paper.metrics`: {figure: {paper, ours}}, ours by the paper's protocol where it was
    run, else by group.

    Where the paper has several rows for one network (magnifications), the first that we could score counts.
    """
    ours_of = paper_result or result
    for system in read_papers().values():
        for row in system["rows"]:
            if row.get("recipe") != package or not row.get("paper"):
                continue
            found = {}
            for column, theirs in zip(system["columns"], row["paper"], strict=False):
                ours = figure(ours_of, column["ours"], row.get("subgroup"))
                if "card" in column and theirs is not None and ours is not None:
                    found[column["card"]] = {"paper": theirs, "ours": ours["value"]}
            if found:
                return found
    return {}
