"""The papers' figures (papers.yaml) beside ours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def read_papers() -> dict[str, Any]:
    """Key of a section -> {title, source, notes, peers, columns, rows}; papers.yaml explains them."""
    return _read("papers")


@cache
def read_min_metrics() -> dict[str, Any]:
    """Package -> {min, target}: the metrics that it has to reach (min_metrics.yaml)."""
    return _read("min_metrics")


def figure(
    result: Mapping[str, Any], path: str, subgroup: Mapping[str, str] | None = None
) -> dict[str, float] | None:
    """{value, low, high} of a figure at "split.name" of a result, or None where it was not measured.

    low and high may be missing. subgroup: {field, value} of a part of the test split.
    """
    split, name = path.split(".")
    metrics: Mapping[str, dict[str, float]] = {}
    if subgroup is None:
        metrics = result.get(split, {}).get("metrics", {})
    elif split == "test":
        for row in result["test"].get("subgroups", []):
            if (row["field"], row["value"]) == (subgroup["field"], subgroup["value"]):
                metrics = row["metrics"]
    return metrics.get(name)


def paper_recipe_of(package: str) -> str | None:
    """The recipe that follows the paper's protocol, beside a package's own recipe, or None."""
    for section in read_papers().values():
        for row in section["rows"]:
            if row.get("recipe") == package and row.get("paper_recipe"):
                return str(row["paper_recipe"])
    return None


def beside_paper(
    package: str, result: Mapping[str, Any], paper_result: Mapping[str, Any] | None
) -> dict[str, dict[str, float]]:
    """The card's `results.paper.metrics`: {figure: {paper, ours}}.

    Ours are by the paper's protocol where that was run, otherwise by group. Of several rows of the paper for
    a network (magnifications), the first with a figure of ours counts.
    """
    for section in read_papers().values():
        for row in section["rows"]:
            if row.get("recipe") != package or not row.get("paper"):
                continue
            found = {}
            for column, theirs in zip(section["columns"], row["paper"], strict=False):
                ours = figure(paper_result or result, column["ours"], row.get("subgroup"))
                if "card" in column and theirs is not None and ours is not None:
                    found[column["card"]] = {"paper": theirs, "ours": ours["value"]}
            if found:
                return found
    return {}


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8")
    )
    return content
