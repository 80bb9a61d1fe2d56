"""Small plots of a result: confusion matrix, ROC curves, reliability, training curve."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

TEAL = "#0f766e"
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "lentigo",  # the same plot is the same file
    "svg.fonttype": "none",
    "font.size": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def draw(result: Mapping[str, Any], folder: Path) -> str | None:
    """Writes `<folder>/<id>.svg` with every plot that the result has data for.

    Gives its file name, or None for a result without data.
    """
    test = result["test"]
    plots = []
    if test.get("confusion"):
        plots.append(lambda axes: _confusion(axes, test["confusion"]))
    if test.get("mergedConfusion"):
        plots.append(lambda axes: _confusion(axes, test["mergedConfusion"]))
    if test.get("roc"):
        plots.append(lambda axes: _roc(axes, test["roc"], test.get("perClass", [])))
    if test.get("reliability"):
        plots.append(lambda axes: _reliability(axes, test["reliability"], result["calibration"]))
    if _progress(result["curves"]):
        plots.append(lambda axes: _training(axes, _progress(result["curves"])))
    if not plots:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(1, len(plots), figsize=(2.9 * len(plots), 2.7), squeeze=False)
        for plot, panel in zip(plots, axes[0], strict=True):
            plot(panel)
        figure.tight_layout()
        name = f"{result['id']}.svg"
        figure.savefig(folder / name, metadata={"Date": None, "Creator": None})
        plt.close(figure)
    return name


def _confusion(axes: Axes, confusion: Mapping[str, Any]) -> None:
    matrix, labels = np.array(confusion["matrix"]), confusion["labels"]
    fractions = matrix / np.maximum(matrix.sum(1, keepdims=True), 1)
    axes.pcolormesh(fractions[::-1], cmap="Greens", vmin=0, vmax=1, edgecolors="white", linewidth=0.5)
    for row, column in np.ndindex(matrix.shape):
        colour = "white" if fractions[row, column] > 0.6 else "black"
        where = (column + 0.5, len(labels) - row - 0.5)
        axes.text(*where, str(matrix[row, column]), ha="center", va="center", color=colour, fontsize=7)
    ticks = np.arange(len(labels)) + 0.5
    axes.set_xticks(ticks, labels, rotation=45, ha="right")
    axes.set_yticks(ticks, labels[::-1])
    axes.set(xlabel="answer", ylabel="truth", title="confusion (images)", aspect="equal")
    axes.tick_params(length=0)


def _roc(axes: Axes, curves: Mapping[str, list], per_class: list) -> None:
    aucs = {row["class"]: row["auc"] for row in per_class}
    # Two classes are each other's mirror image, so a single curve is enough.
    shown = list(curves)[-1:] if len(curves) == 2 else list(curves)
    for name in shown:
        points = np.array(curves[name])
        area = f" {aucs[name]:.3f}" if aucs.get(name) is not None else ""
        axes.plot(points[:, 0], points[:, 1], linewidth=1.1, label=f"{name}{area}")
    axes.plot([0, 1], [0, 1], color="0.8", linewidth=0.8, linestyle="--")
    axes.legend(frameon=False, fontsize=6, loc="lower right")
    axes.set(xlabel="false positive rate", ylabel="true positive rate", title="ROC, one against the rest")


def _reliability(axes: Axes, bins: list, calibration: Mapping[str, Any]) -> None:
    confidence, accuracy, count = (
        np.array([b[k] for b in bins]) for k in ("confidence", "accuracy", "count")
    )
    axes.plot([0, 1], [0, 1], color="0.8", linewidth=0.8, linestyle="--")
    axes.plot(confidence, accuracy, color=TEAL, linewidth=0.8)
    axes.scatter(confidence, accuracy, s=4 + 60 * count / count.max(), color=TEAL, alpha=0.6, linewidths=0)
    title = f"reliability, ECE {calibration['ece']:.3f} (was {calibration['eceUncalibrated']:.3f})"
    axes.set(xlabel="confidence", ylabel="accuracy", title=title, xlim=(0, 1.02), ylim=(0, 1.02))


def _progress(curves: list) -> list[float]:
    """The validation score of each epoch that logged a score."""
    return [line["score"] for line in curves if isinstance(line.get("score"), float | int)]


def _training(axes: Axes, scores: list[float]) -> None:
    axes.plot(range(1, len(scores) + 1), scores, color=TEAL, linewidth=1)
    axes.set(xlabel="epoch", ylabel="validation score", title="training")
