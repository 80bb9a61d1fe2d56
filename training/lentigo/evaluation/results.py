"""The result file `training/results/<recipe id>.json`: what a run was made from and what came out of it.

Cards and docs/results.md come from it alone. Its keys (an interval is {value, low, high}, 95 % by bootstrap over groups):

schema        1
id            recipe id; the package's where it ships
system, task, domain       as in the recipe
weights       "exported" (the dequantised weights of the package) or "trained" (PyTorch's)
architecture  {parameters}
classes       ids in the order of the logits ([] for segmentation)
positive      the malignant ones
merge         null or {coarse id: [class ids]}
recipe        {name, seed, commit, parents: [run ids], config: every value of the recipe, and where they apply
              earlier: [{commit, recipe}] of a run whose recipe changed on the way, priorCorrection: as it was chosen}
data          {split, splitHash, splitHashes: {data set: sha256 of its split file}, protocol,
              ancestors: {run id: {split_hashes, parents}}, counts: {train, validation, test}}
train         optional: {count, metrics: {accuracy: {value}}}
validation    {count, metrics: {figure: interval}}
test          the card's `results`: {split, count, group, groups, metrics, perClass, confusion, mergedConfusion, roc,
              reliability, subgroups}. Figures: metrics.headline, and where they apply malignantAuc, sensitivity and
              specificity (at the decision threshold), sensitivityAt90Specificity, specificityAt90Sensitivity,
              merged..., groupAccuracy; of a segmenter dice, jaccard, thresholdedJaccard, failed
calibration   the card's, and conformal.test: {coverage, meanSize, empty, single: interval}; ece is the test side's
decision      the card's, and intervals: {sensitivity, specificity, auc: interval}
operating     further decisions of the same shape (melanoma alone)
ood           as ood.judge gives it; the card leaves out a refusal of too many real images
comparisons   rows of compare.compare: ablations, other inputs, each against this run on the same images
curves        one object a finished epoch, as the run logged them
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lentigo.recipe import Recipe

RESULTS_FOLDER = Path(__file__).resolve().parents[2] / "results"
SCHEMA = 1


def assemble(
    recipe: Recipe,
    provenance: Mapping[str, Any],
    measured: Mapping[str, Any],
    *,
    parameters: int,
    counts: Mapping[str, int],
    weights: str,
    positive: Sequence[str] = (),
    merge: Mapping[str, Sequence[str]] | None = None,
    curves: Sequence[Mapping[str, Any]] = (),
    comparisons: Sequence[Mapping[str, Any]] = (),
    prior_correction: float | None = None,
) -> dict[str, Any]:
    """A whole result. provenance: what `Run.config()` gives; measured: of measure_classifier or measure_segmenter.

    Raises ValueError for other weights than "exported" or "trained".
    """
    if weights not in ("exported", "trained"):
        raise ValueError(f'weights are "exported" or "trained", not {weights!r}')
    hashes = dict(provenance["split_hashes"])
    return {
        "schema": SCHEMA,
        "id": recipe.id,
        "system": recipe.system,
        "task": recipe.task,
        "domain": recipe.domain,
        "weights": weights,
        "architecture": {"parameters": int(parameters)},
        "classes": list(recipe.data.classes) if recipe.task != "segmentation" else [],
        "positive": list(positive),
        "merge": {name: list(ids) for name, ids in merge.items()} if merge else None,
        "recipe": {
            "name": recipe.id,
            "commit": provenance["commit"],
            "seed": recipe.seed,
            "parents": sorted(provenance["parents"]),
            "config": provenance["recipe"],
            **({"earlier": provenance["earlier"]} if "earlier" in provenance else {}),
            **({} if prior_correction is None else {"priorCorrection": prior_correction}),
        },
        "data": {
            "split": "+".join(hashes),
            "splitHash": joint_hash(hashes),
            "splitHashes": hashes,
            "protocol": recipe.data.protocol,
            "ancestors": provenance["parents"],
            "counts": dict(counts),
        },
        **measured,
        "comparisons": list(comparisons),
        "curves": list(curves),
    }


def joint_hash(hashes: Mapping[str, str]) -> str:
    """The card's one hash: the split file's own where there is one, else the SHA-256 of theirs joined by "+"."""
    own = list(hashes.values())
    return own[0] if len(own) == 1 else hashlib.sha256("+".join(own).encode()).hexdigest()


def write_result(result: Mapping[str, Any], folder: Path = RESULTS_FOLDER) -> Path:
    """Writes `<folder>/<id>.json`. Raises ValueError for a figure that is not a finite number."""
    text = _compact(json.dumps(result, indent=1, ensure_ascii=False, allow_nan=False))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result['id']}.json"
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _compact(text: str) -> str:
    """Innermost lists and objects on one line each: a small file, and a diff that shows what changed."""
    return re.sub(r"[\[{][^\[\]{}]*[\]}]", lambda found: re.sub(r"\s*\n\s*", " ", found[0]), text)


def read_result(name: str, folder: Path = RESULTS_FOLDER) -> dict[str, Any] | None:
    """The result of a recipe, or None where it was not run (or not measured)."""
    path = folder / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def read_results(folder: Path = RESULTS_FOLDER) -> dict[str, dict[str, Any]]:
    """Every network's result by id. Other measurements may lie in the folder; a result is what names its recipe."""
    found = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))
    }
    return {name: content for name, content in found.items() if "recipe" in content}
