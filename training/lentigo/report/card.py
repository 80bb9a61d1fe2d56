"""The card of a package: its recipe's facts, its result file's figures, its texts. docs/model-package.md says
what every field means.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from lentigo.evaluation.ood import may_refuse
from lentigo.evaluation.results import read_result
from lentigo.recipe import Recipe, read_recipe
from lentigo.report.card_texts import class_texts, metadata_card, read_texts
from lentigo.report.papers import beside_paper, paper_recipe_of


def build_card(
    recipe: Recipe,
    result: Mapping[str, Any],
    texts: Mapping[str, Any],
    outputs: Iterable[str],
    paper_result: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Everything in card.json but `files` and `golden`, which export.package.write_package adds.

    result: a result file (measure/results.py), measured on the exported weights; texts: read_texts(package
    id); outputs: names of the graph's outputs; paper_result: the result of the run by the paper's own
    protocol, if there is one. Raises ValueError where result and recipe do not belong together or the result
    was measured on other weights than those that ship.
    """
    _check(recipe, result)
    outputs = [name for name in outputs if name != "ood" or result["ood"]]
    return {
        "schema": 1,
        "id": recipe.id,
        "version": texts["version"],
        "system": recipe.system,
        "task": recipe.task,
        "domain": recipe.domain,
        "title": texts["title"],
        "summary": texts["summary"],
        "limits": texts["limits"],
        "architecture": {"name": texts["architecture"], **result["architecture"]},
        "input": {
            "name": "image",
            "height": recipe.size,
            "width": recipe.size,
            "channels": len(recipe.mean),
            "fit": recipe.data.fit,
            "mean": list(recipe.mean),
            "std": list(recipe.std),
        },
        "outputs": {name: name for name in outputs},
        "classes": [{"id": c, **class_texts(recipe.domain, c)} for c in result["classes"]],
        "merge": _merge(recipe, texts),
        "metadata": metadata_card(recipe.data.metadata) if recipe.data.metadata else None,
        **measured_parts(result, texts, paper_result),
        "licence": texts["licence"],
    }


def measured_parts(
    result: Mapping[str, Any], texts: Mapping[str, Any], paper_result: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The fields of a card that hold nothing but what a result file says: calibration, decision, ood,
    results, data, recipe.
    """
    data, described = result["data"], texts["data"]
    facts = {name: described[name] for name in ("name", "licence", "citation")}
    return {
        "calibration": result["calibration"],
        "decision": result["decision"],
        "ood": _strangeness(result["ood"]),
        "results": {**result["test"], "paper": _paper(result, texts, paper_result)},
        "data": {**facts, "split": data["split"], "splitHash": data["splitHash"], "counts": data["counts"]},
        "recipe": {name: result["recipe"][name] for name in ("name", "commit", "seed", "parents")},
    }


def _strangeness(found: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The card's `ood`: without a refusal where it would take too many real images."""
    if found is None or may_refuse(found):
        return found
    return {name: value for name, value in found.items() if name != "refusal"}


def refresh_card(folder: Path, card: Mapping[str, Any]) -> None:
    """Writes a card anew over that of an exported package, whose files and golden sample stay.

    For new words or intervals; weights and card are otherwise made together. Raises FileNotFoundError where
    there is no package.
    """
    path = folder / "card.json"
    before = json.loads(path.read_text(encoding="utf-8"))
    after = {**card, "files": before["files"], "golden": before["golden"]}
    path.write_text(json.dumps(after, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def refresh_cards(models: Path) -> list[str]:
    """`refresh_card` for every package of the folder that has a result file; gives their ids."""
    done = []
    for path in sorted(models.glob("*/card.json")):
        outputs = json.loads(path.read_text(encoding="utf-8"))["outputs"]
        package = path.parent.name
        result = read_result(package)
        if result is not None:
            paper_result = read_result(paper_recipe_of(package) or "")
            card = build_card(read_recipe(package), result, read_texts(package), outputs, paper_result)
            refresh_card(path.parent, card)
            done.append(package)
    return done


def disagreements(
    card: Mapping[str, Any],
    result: Mapping[str, Any],
    texts: Mapping[str, Any],
    paper_result: Mapping[str, Any] | None = None,
) -> list[str]:
    """Where a card says another thing than its result file: one line each, with the path of the value. Empty
    when they agree.
    """
    wanted = json.loads(json.dumps(measured_parts(result, texts, paper_result)))
    wanted |= {name: result[name] for name in ("id", "system", "task", "domain")}
    found = [line for name, value in wanted.items() for line in _differing(name, card.get(name), value)]
    parameters = card["architecture"]["parameters"], result["architecture"]["parameters"]
    found += _differing("architecture.parameters", *parameters)
    if result["decision"]:
        malignant = [c["id"] for c in card["classes"] if c["malignant"]]
        found += _differing("classes marked malignant", malignant, result["decision"]["positive"])
    return found + _differing("classes", [c["id"] for c in card["classes"]], result["classes"])


def _check(recipe: Recipe, result: Mapping[str, Any]) -> None:
    if result["id"] != recipe.id:
        raise ValueError(f"the result is of {result['id']}, the recipe is {recipe.id}")
    if result["weights"] != "exported":
        raise ValueError(
            f"{recipe.id}: measured on {result['weights']} weights; a card is about those that ship"
        )
    if recipe.task != "segmentation" and list(recipe.data.classes) != result["classes"]:
        raise ValueError(f"{recipe.id}: the recipe's classes are not those of its result")


def _merge(recipe: Recipe, texts: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """A coarse class of one member is called as that member."""
    if not texts["merge"]:
        return None
    return [
        {
            "id": row["id"],
            "name": row.get("name") or class_texts(recipe.domain, row["classes"][0])["name"],
            "classes": row["classes"],
        }
        for row in texts["merge"]
    ]


def _paper(result: Mapping[str, Any], texts: Mapping[str, Any], paper_result: Mapping[str, Any] | None):
    figures = beside_paper(result["id"], result, paper_result)
    if not texts["paper"] or not figures:
        return None
    return {"protocol": texts["paper"]["same" if paper_result else "own"], "metrics": figures}


def _differing(path: str, card: Any, result: Any) -> list[str]:
    if isinstance(card, dict) and isinstance(result, dict):
        names = sorted({*card, *result})
        return [line for n in names for line in _differing(f"{path}.{n}", card.get(n), result.get(n))]
    if isinstance(card, list) and isinstance(result, list) and len(card) == len(result):
        pairs = enumerate(zip(card, result, strict=True))
        return [line for i, (a, b) in pairs for line in _differing(f"{path}[{i}]", a, b)]
    return [] if card == result else [f"{path}: the card says {card!r}, its result file {result!r}"]
