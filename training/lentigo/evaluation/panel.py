"""A panel of packages: its weights, fitted on the validation split, and its measures on the test split.

The joined logits are a weighted sum of the members' calibrated log-probabilities, z = sum of
w log softmax(l / T): a logarithmic opinion pool (Genest and Zidek 1986). The weights are fitted by maximum
likelihood. The spread of the members measures their disagreement.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from lentigo import metrics
from lentigo.evaluation import bootstrap
from lentigo.evaluation.ablations import PREDICTIONS
from lentigo.evaluation.classifier import measure_classifier
from lentigo.evaluation.predictions import Predictions, softmax
from lentigo.evaluation.subgroups import FIELDS
from lentigo.recipe import Recipe, read_recipe
from lentigo.recipe.panel import Panel
from lentigo.train.run import Run


@dataclass(frozen=True)
class Member:
    """A package of a panel: its recipe, its result file, its card and its predictions of both splits."""

    recipe: Recipe
    result: Mapping[str, Any]
    card: Mapping[str, Any]
    validation: Predictions
    test: Predictions

    @property
    def temperature(self) -> float:
        return float(self.result["calibration"]["temperature"])


def read_members(
    panel: Panel, results: Mapping[str, Mapping[str, Any]], models: Path, runs: Path
) -> list[Member]:
    """The panel's members.

    Raises FileNotFoundError for a member that is not exported here, ValueError for one with other classes or
    other test images.
    """
    members = []
    for name in panel.members:
        recipe, run = read_recipe(name), Run(read_recipe(name), runs)
        paths = {split: run.folder / PREDICTIONS.format(split=split) for split in ("validation", "test")}
        card = models / name / "card.json"
        if name not in results or not card.is_file() or not all(path.is_file() for path in paths.values()):
            raise FileNotFoundError(f"{panel.id}: {name} must be exported first (`lentigo export {name}`)")
        splits = {split: Predictions.load(path) for split, path in paths.items()}
        members.append(Member(recipe, results[name], json.loads(card.read_text(encoding="utf-8")), **splits))
    first = members[0]
    for member in members[1:]:
        if member.result["classes"] != first.result["classes"] or member.test.ids != first.test.ids:
            raise ValueError(
                f"{panel.id}: {member.recipe.id} has other classes or test images than {first.recipe.id}"
            )
    return members


def log_probabilities(logits: np.ndarray, temperature: float) -> np.ndarray:
    """Logits [n, k] -> log softmax(logits / temperature), [n, k]."""
    return np.log(np.maximum(softmax(logits / temperature), 1e-12))


def join(parts: Sequence[np.ndarray], weights: np.ndarray) -> np.ndarray:
    """Members' log-probabilities [n, k] each, weights [members] -> joined logits [n, k]."""
    return np.einsum("m,mnk->nk", weights, np.stack(parts))


def fit_weights(parts: Sequence[np.ndarray], labels: np.ndarray) -> np.ndarray:
    """Weights >= 0 that add up to 1, float [members], under which the joined probabilities are likeliest.

    parts: log-probabilities [n, k] of each member on the validation split; labels: int [n].
    """

    def weights_of(free: np.ndarray) -> np.ndarray:
        raised: np.ndarray = np.exp(free - free.max())
        return raised / raised.sum()

    def loss(free: np.ndarray) -> float:
        return metrics.log_loss(labels, softmax(join(parts, weights_of(free))))

    found = minimize(loss, np.zeros(len(parts)), method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-7})
    return np.round(weights_of(found.x), 4)


def measure_panel(
    panel: Panel, members: Sequence[Member], seed: int = 1
) -> tuple[dict[str, Any], Predictions]:
    """The measured part of a panel's result file, and its predictions of the test split.

    The figures have `panel`: {members, join, disagreement}.
    """
    recipe, classes = members[0].recipe, list(members[0].result["classes"])
    parts = {
        split: [log_probabilities(getattr(m, split).logits, m.temperature) for m in members]
        for split in ("validation", "test")
    }
    weights = fit_weights(parts["validation"], members[0].validation.labels)
    joined = {
        split: Predictions(
            base.ids, base.labels, base.groups, join(parts[split], weights), columns=base.columns
        )
        for split, base in (("validation", members[0].validation), ("test", members[0].test))
    }
    figures = measure_classifier(
        joined["validation"],
        joined["test"],
        classes,
        group=members[0].result["test"]["group"],
        kinds=recipe.kinds,
        positive=recipe.positive,
        fields=FIELDS.get(recipe.data.sets[0]),
        seed=seed,
    )
    positive = [classes.index(name) for name in recipe.positive]
    scores = np.stack([np.exp(part)[:, positive].sum(1) for part in parts["test"]])
    wrong = joined["test"].logits.argmax(1) != joined["test"].labels
    rows = [
        {
            "id": member.recipe.id,
            "version": member.card["version"],
            "card": package_hash(member.card),
            "weight": float(weight),
            "temperature": member.temperature,
        }
        for member, weight in zip(members, weights, strict=True)
    ]
    measured = figures | {
        "ood": _ood(members),
        "embedding": None,
        "panel": {
            "members": rows,
            "join": "mean-log-probabilities",
            "disagreement": measure_disagreement(scores, wrong, joined["test"].groups, seed),
        },
    }
    return measured, joined["test"]


def measure_disagreement(
    scores: np.ndarray, wrong: np.ndarray, groups: Sequence[str], seed: int = 1
) -> dict[str, bootstrap.Interval]:
    """How well the spread of the members' summed probability finds the panel's errors.

    scores: float [members, n]; wrong: bool [n]. Gives the `auc` of the spread (standard deviation) for a
    wrong class, and the error rates in the thirds of images with the smallest and with the largest spread.
    """
    spread = scores.std(0)

    def measure(index: np.ndarray) -> dict[str, float]:
        order = np.argsort(spread[index], kind="stable")
        third = max(1, len(index) // 3)
        drawn = wrong[index][order]
        return {
            "auc": metrics.auc(spread[index], wrong[index]),
            "errorWhereAgreed": float(drawn[:third].mean()),
            "errorWhereApart": float(drawn[-third:].mean()),
        }

    ranked = np.argsort(np.argsort(spread, kind="stable"))
    third = max(1, len(ranked) // 3)
    counted = {"errorWhereAgreed": ranked < third, "errorWhereApart": ranked >= len(ranked) - third}
    return bootstrap.intervals(measure, groups, seed=seed, counted=counted)


def package_hash(card: Mapping[str, Any]) -> str:
    """SHA-256 over the lines "<sha256>  <path>" of a package's files, in the order of its card.

    The app computes the same (src/engine/package/hash.ts) and refuses a member with another hash.
    """
    lines = [f"{entry['sha256']}  {entry['path']}\n" for entry in card["files"]]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def golden_logits(members: Sequence[Member], weights: Sequence[float]) -> list[float]:
    """The joined logits for the golden input, from the members' own golden logits."""
    parts = [log_probabilities(np.array([m.card["golden"]["logits"]]), m.temperature) for m in members]
    return [round(float(value), 6) for value in join(parts, np.array(weights))[0]]


def _ood(members: Sequence[Member]) -> dict[str, Any] | None:
    """That of the member whose score tells best, on average over the sets of other images."""
    able = [member for member in members if member.result["ood"]]
    if not able:
        return None
    best = max(able, key=lambda member: float(np.mean(list(member.result["ood"]["auroc"].values()))))
    return {**best.result["ood"], "member": best.recipe.id}
