"""Section of docs/results.md: the start, the data and the length of each network's training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lentigo.report.markdown import table


def training_section(results: Sequence[Mapping[str, Any]]) -> str:
    """A row for each network with a log of its run."""
    rows = [row for row in map(_row, results) if row]
    words = (
        "Images a second and hours are of the whole run, with validation, on the machine it ran on and "
        "beside whatever else ran there. A run that went on with another recipe counts from its start."
    )
    head = ["network", "data", "start", "taught by", "epochs", "training images", "images a second", "hours"]
    return f"## Training\n\n{words}\n\n{table(head, rows)}" if rows else ""


def _row(result: Mapping[str, Any]) -> list[str] | None:
    curves, config, counts = result["curves"], result["recipe"]["config"], result["data"]["counts"]
    if not curves or not counts.get("train"):
        return None
    seconds = max(line["seconds"] for line in curves)
    stages = config["stages"]
    seen = sum(counts["train"] * _fraction(stages, line) for line in curves)
    loss = config.get("loss", {})
    teachers = loss.get("teachers") or ([loss["teacher"]] if loss.get("teacher") else [])
    return [
        result["id"],
        _data(config["data"]),
        start(config["initial"]),
        ", ".join(teachers) or "-",
        epochs(curves),
        str(counts["train"]),
        f"{seen / seconds:.1f}" if seconds else "-",
        f"{seconds / 3600:.1f}",
    ]


def _fraction(stages: Sequence[Mapping[str, Any]], line: Mapping[str, Any]) -> float:
    stage = stages[line["stage"]] if line["stage"] < len(stages) else {}
    return float(stage.get("fraction", stage.get("share", 1.0)))


def _data(data: Mapping[str, Any]) -> str:
    extra = [f"{name} (training split)" for name in data.get("train_sources", [])]
    return ", ".join([*(data.get("sources") or data["sets"]), *extra])


def start(initial: Mapping[str, Any]) -> str:
    """What the weights were before the run: another run, a file of weights, or random."""
    if initial.get("run"):
        grown = initial.get("net2net") or initial.get("grow")
        return f"{initial['run']}{', grown' if grown else ''}"
    if initial.get("weights"):
        return initial["weights"].removesuffix(".pth") + (", grown" if initial.get("network") else "")
    return "random"


def epochs(curves: Sequence[Mapping[str, Any]]) -> str:
    """How many epochs at each size, as "6 at 160 px + 2 at 224 px"."""
    counts: dict[int, int] = {}
    for line in curves:
        counts[line["size"]] = counts.get(line["size"], 0) + 1
    return " + ".join(f"{count} at {size} px" for size, count in counts.items())
