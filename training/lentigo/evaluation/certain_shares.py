"""Wilson's interval for shares of all or no images, in results that were measured before they had it.

Such a share needs no predictions again: its interval is of the groups of the images that it is a share of
(bootstrap.certain_share).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from lentigo.data.dataset import Dataset
from lentigo.evaluation.bootstrap import Interval, certain_share
from lentigo.evaluation.checks import with_skin_tone
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.subgroups import FIELDS
from lentigo.evaluation.thresholds import rated

# A share, and the images that it is of: bool [n], or None where nobody knows.
Share = tuple[Interval, np.ndarray | None]
TONE = "skinTone"


def with_wilson(result: dict[str, Any], dataset: Dataset) -> tuple[int, int]:
    """Changes the intervals in `result`, and says how many there were, and how many it had to leave.

    dataset: of the recipe that was measured. Shares are left where its test split is not the one that the
    result is of (a recipe with folds), but for those of all images.
    """
    split = dataset.splits["test"]
    if len(split) != result["test"]["count"]:
        groups = [str(number) for number in range(result["test"]["groups"])]
        return _change(_of_all(result, np.ones(len(groups), bool)), groups)
    unknown = np.zeros((len(split), len(result["classes"] or [""])))
    test = Predictions.of(split, {"logits": unknown})
    tones = any(row["field"] == TONE and _certain(row["metrics"]) for row in result["test"]["subgroups"])
    if tones:
        test = with_skin_tone(dataset, "test", test)
    return _change(_shares(result, test), test.groups)


def _change(shares: Iterator[Share], groups: Sequence[str]) -> tuple[int, int]:
    found = left = 0
    for share, images in shares:
        if not _certain({"": share}):
            continue
        if images is None or not images.any():
            left += 1
            continue
        share.update(certain_share(share["value"], np.asarray(groups)[images].tolist()))
        found += 1
    return found, left


def _certain(figures: Mapping[str, Interval]) -> bool:
    return any(share["value"] in (0, 1) and share["low"] == share["high"] for share in figures.values())


def _shares(result: dict[str, Any], test: Predictions) -> Iterator[Share]:
    everything = np.ones(len(test), bool)
    yield from _of_all(result, everything)
    for row in _sets(result).get("perClass", []):
        yield row["coverage"], test.labels == result["classes"].index(row["class"])
    decisions = [decision for decision in (result["decision"], *result["operating"]) if decision]
    for decision in decisions:
        sides = _sides(result, test, decision)
        for figures in (decision["intervals"], *decision.get("thresholds", [])):
            yield from ((figures[name], side) for name, side in sides.items() if name in figures)
    sides = _sides(result, test, decisions[0]) if decisions else {}
    yield from _named(result["test"]["metrics"], sides)
    fields = FIELDS.get(str(test.columns["set"][0]), {})
    for row in result["test"]["subgroups"]:
        column, value_of = fields.get(row["field"], (row["field"], str))
        words = test.columns.get(column)
        inside = None if words is None else np.array([value_of(word) == row["value"] for word in words])
        if inside is None or inside.sum() != row["count"]:
            inside = np.zeros(len(test), bool)
        yield from _named(
            row["metrics"], {name: mask & inside for name, mask in (sides | {"accuracy": everything}).items()}
        )


def _of_all(result: dict[str, Any], everything: np.ndarray) -> Iterator[Share]:
    sets = _sets(result)
    yield from ((sets[name], everything) for name in ("coverage", "empty", "single") if name in sets)
    shares = dict.fromkeys(("accuracy", "mergedAccuracy", "failed"), everything)
    yield from _named(result["test"]["metrics"], shares)


def _named(figures: dict[str, Interval], shares: Mapping[str, np.ndarray]) -> Iterator[Share]:
    return ((figures[name], images) for name, images in shares.items() if name in figures)


def _sets(result: dict[str, Any]) -> dict[str, Any]:
    calibration = result["calibration"]
    return calibration["conformal"]["test"] if calibration else {}


def _sides(result: dict[str, Any], test: Predictions, decision: Mapping[str, Any]) -> dict[str, np.ndarray]:
    positive = [result["classes"].index(name) for name in decision["positive"]]
    return rated(np.isin(test.labels, positive))
