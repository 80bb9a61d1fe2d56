"""The result file `training/results/<recipe id>.json`: what a run was made from, and what was measured of it.

Cards and docs/results.md come from it alone. Its keys (an interval is {value, low, high}, 95 % by bootstrap
over groups):

schema        2
id            recipe id, which is also the package's
system, task, domain       as in the recipe
weights       "exported" (the dequantised weights of the package) or "trained" (PyTorch's)
architecture  {parameters}
classes       ids in the order of the logits ([] for segmentation)
positive      the classes that the decision adds up
merge         null or {coarse id: [class ids]}
recipe        {name, seed, commit, parents: [run ids], config: every value of the recipe; where they apply
              earlier: [{commit, recipe}] of a run whose recipe changed, logitAdjustment: as it was chosen}
data          {split, splitHash, splitHashes: {data set: sha256 of its split file}, protocol,
              ancestors: {run id: {split_hashes, parents}}, counts: {train, validation, test}}
train         optional: {count, metrics: {accuracy: {value}}}
validation    {count, metrics: {figure: interval}}
test          the card's `results`: {split, count, group, groups, metrics, perClass, confusion,
              mergedConfusion, roc, reliability, subgroups; where they apply explanations, shortcuts:
              [{name, count, metrics}], skinTones: {split: {band: count}}}. Figures: metrics.headline;
              where they apply malignantAuc, sensitivity and specificity (at the decision threshold),
              sensitivityAt90Specificity, specificityAt90Sensitivity, merged..., groupAccuracy; of a segmenter
              dice, jaccard, thresholdedJaccard, failed
calibration   the card's; ece and conformal.test are of the test split. fittedOn: "test" where there is no
              validation split (folds), also for decision and ood
decision      the card's
embedding     the card's
panel         the card's, of a panel, and disagreement: {auc, errorWhereAgreed, errorWhereApart: interval}
operating     further decisions of the same shape (melanoma alone)
ood           of ood.measure_ood; the card leaves out a refusal that takes too many real images
comparisons   rows of compare.compare: ablations and other inputs, each against this run on the same images
curves        the log of the run, an object per epoch
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lentigo.recipe import Recipe
from lentigo.recipe.panel import Panel
from lentigo.train.run import current_commit

RESULTS_FOLDER = Path(__file__).resolve().parents[2] / "results"
SCHEMA = 2
Result = Mapping[str, Any]


@dataclass(frozen=True)
class RunFacts:
    """What a result says of its run. logit_adjustment: as chosen, or None where the recipe gives it."""

    provenance: Mapping[str, Any]  # of Run.config()
    parameters: int
    counts: Mapping[str, int]  # images of each split
    curves: Sequence[Mapping[str, Any]] = ()
    logit_adjustment: float | None = None


def assemble(
    recipe: Recipe,
    run: RunFacts,
    measured: Mapping[str, Any],
    *,
    weights: str,
    comparisons: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """A whole result. measured: what measure_classifier or measure_segmenter gives.

    Raises ValueError for weights other than "exported" or "trained".
    """
    if weights not in ("exported", "trained"):
        raise ValueError(f'weights are "exported" or "trained", not {weights!r}')
    provenance, adjustment = run.provenance, run.logit_adjustment
    hashes = dict(provenance["split_hashes"])
    return {
        "schema": SCHEMA,
        "id": recipe.id,
        "system": recipe.system,
        "task": recipe.task,
        "domain": recipe.domain,
        "weights": weights,
        "architecture": {"parameters": int(run.parameters)},
        "classes": list(recipe.data.classes),
        "positive": list(recipe.positive),
        "merge": {name: list(ids) for name, ids in recipe.merge.items()} or None,
        "recipe": {
            "name": recipe.id,
            "commit": provenance["commit"],
            "seed": recipe.seed,
            "parents": sorted(provenance["parents"]),
            "config": provenance["recipe"],
            **({"earlier": provenance["earlier"]} if "earlier" in provenance else {}),
            **({} if adjustment is None else {"logitAdjustment": adjustment}),
        },
        "data": {
            "split": "+".join(hashes),
            "splitHash": joint_hash(hashes),
            "splitHashes": hashes,
            "protocol": recipe.data.protocol,
            "ancestors": provenance["parents"],
            "counts": dict(run.counts),
        },
        **measured,
        "comparisons": list(comparisons),
        "curves": list(run.curves),
    }


def assemble_panel(panel: Panel, members: Sequence[Result], measured: Mapping[str, Any]) -> dict[str, Any]:
    """A panel's result. members: the results of its members, in its order; measured: of measure_panel."""
    first = members[0]
    ancestors = {
        member["id"]: {"split_hashes": member["data"]["splitHashes"], "parents": member["data"]["ancestors"]}
        for member in members
    }
    return {
        "schema": SCHEMA,
        "id": panel.id,
        "system": panel.system,
        "task": "panel",
        "domain": panel.domain,
        "weights": "exported",
        "architecture": {"parameters": sum(member["architecture"]["parameters"] for member in members)},
        "classes": first["classes"],
        "positive": first["positive"],
        "merge": None,
        "recipe": {
            "name": panel.id,
            "commit": current_commit(),
            "seed": first["recipe"]["seed"],
            "parents": sorted(panel.members),
            "config": panel.model_dump(mode="json"),
        },
        "data": {**first["data"], "ancestors": ancestors},
        **measured,
        "comparisons": [],
        "curves": [],
    }


def joint_hash(hashes: Mapping[str, str]) -> str:
    """The hash of a single split file, or the SHA-256 of the hashes of several, joined by "+"."""
    own = list(hashes.values())
    return own[0] if len(own) == 1 else hashlib.sha256("+".join(own).encode()).hexdigest()


def write_result(result: Result, folder: Path = RESULTS_FOLDER) -> Path:
    """Writes `<folder>/<id>.json`. Raises ValueError for a figure that is not a finite number."""
    text = _compact(json.dumps(result, indent=1, ensure_ascii=False, allow_nan=False))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result['id']}.json"
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _compact(text: str) -> str:
    """Puts the innermost lists and objects on one line each: a small file whose diff shows what changed."""
    return re.sub(r"[\[{][^\[\]{}]*[\]}]", lambda found: re.sub(r"\s*\n\s*", " ", found[0]), text)


def read_result(name: str, folder: Path = RESULTS_FOLDER) -> dict[str, Any] | None:
    """The result of a recipe, or None where it was not measured."""
    path = folder / f"{name}.json"
    return _read(path) if path.is_file() else None


def read_results(folder: Path = RESULTS_FOLDER) -> dict[str, dict[str, Any]]:
    """Every result by recipe id. Other files of the folder, which have no recipe, are left out."""
    contents = {path.stem: _read(path) for path in sorted(folder.glob("*.json"))}
    return {name: content for name, content in contents.items() if "recipe" in content}


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
