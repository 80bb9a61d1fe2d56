"""The card of a package, from its recipe, result file and texts (docs/model-package.md has the fields)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from lentigo.evaluation.ood import may_refuse
from lentigo.evaluation.results import read_result
from lentigo.recipe import Recipe, read_recipe
from lentigo.recipe.old_names import with_current_names
from lentigo.recipe.panel import Panel, read_panel
from lentigo.report.card_texts import class_texts, metadata_card, read_card_texts, shared
from lentigo.report.papers import beside_paper, paper_recipe_of


def build_card(
    recipe: Recipe,
    result: Mapping[str, Any],
    texts: Mapping[str, Any],
    outputs: Iterable[str],
    paper_result: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Everything in card.json except `files` and `golden`, which export.package.write_package adds.

    result: a result file (evaluation/results.py), measured on the exported weights. texts: of
    read_card_texts. outputs: names of the graph's outputs. paper_result: the result of the run by the paper's
    own protocol, if there is one. Raises ValueError where the result is of another recipe or of weights that
    do not ship.
    """
    _check(recipe, result)
    outputs = [name for name in outputs if name != "ood" or result["ood"]]
    return {
        "schema": 3,
        "id": recipe.id,
        "version": texts["version"],
        "system": recipe.system,
        "task": recipe.task,
        "domain": recipe.domain,
        "title": texts["title"],
        "summary": texts["summary"],
        "limits": _limits(result, texts),
        "architecture": {"name": texts["architecture"], **result["architecture"]},
        "input": _input(result),
        "outputs": {name: name for name in outputs},
        "classes": [
            {"id": c, "kind": recipe.kinds[c], **class_texts(recipe.domain, c)} for c in result["classes"]
        ],
        "merge": _merge(recipe, texts),
        "metadata": metadata_card(recipe.data.metadata) if recipe.data.metadata else None,
        **measured_parts(result, texts, paper_result),
        "licence": texts["licence"],
        "nonCommercial": texts["non_commercial"],
    }


def build_panel_card(
    panel: Panel, first: Recipe, result: Mapping[str, Any], texts: Mapping[str, Any]
) -> dict[str, Any]:
    """Everything in a panel's card.json except `files` and `golden`. first: its first member's recipe."""
    return {
        "schema": 3,
        "id": panel.id,
        "version": texts["version"],
        "system": panel.system,
        "task": "panel",
        "domain": panel.domain,
        "title": texts["title"],
        "summary": texts["summary"],
        "limits": _limits(result, texts),
        "architecture": {"name": texts["architecture"], **result["architecture"]},
        "classes": [
            {"id": c, "kind": first.kinds[c], **class_texts(panel.domain, c)} for c in result["classes"]
        ],
        "merge": None,
        "metadata": None,
        **measured_parts(result, texts),
        "panel": result["panel"],
        "licence": texts["licence"],
        "nonCommercial": texts["non_commercial"],
    }


def measured_parts(
    result: Mapping[str, Any], texts: Mapping[str, Any], paper_result: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The card's fields that come from a result file alone."""
    data, described = result["data"], texts["data"]
    source = {name: described[name] for name in ("name", "licence", "citation")}
    return {
        "calibration": result["calibration"],
        "decision": result["decision"],
        "ood": _ood(result["ood"]),
        "embedding": result.get("embedding"),
        "results": {
            **result["test"],
            "origin": "published",
            "paper": _paper(result, texts, paper_result),
        },
        "data": {**source, "split": data["split"], "splitHash": data["splitHash"], "counts": data["counts"]},
        "recipe": {name: result["recipe"][name] for name in ("name", "commit", "seed", "parents")},
    }


def _limits(result: Mapping[str, Any], texts: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """The package's own, and that its figures flatter where it was fitted on the test images."""
    fitted_on_test = (result["calibration"] or {}).get("fittedOn") == "test"
    return [*texts["limits"], *([shared("limits")["fitted-on-test"]] if fitted_on_test else [])]


def _ood(found: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The card's `ood`, without a refusal that would take too many real images."""
    if found is None or may_refuse(found):
        return found
    return {name: value for name, value in found.items() if name != "refusal"}


def refresh_card(folder: Path, card: Mapping[str, Any]) -> None:
    """Writes a new card for an exported package. Its files and golden sample stay.

    This is for new texts or intervals; otherwise weights and card are made together. Raises FileNotFoundError
    without a package.
    """
    path = folder / "card.json"
    before = json.loads(path.read_text(encoding="utf-8"))
    after = {**card, "files": before["files"], "golden": before["golden"]}
    path.write_text(json.dumps(after, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def refresh_cards(models: Path) -> list[str]:
    """Refreshes the card of every package of the folder that has a result file. Gives their ids."""
    refreshed = []
    for path in sorted(models.glob("*/card.json")):
        package, result = path.parent.name, read_result(path.parent.name)
        if result is not None:
            refresh_card(path.parent, _rebuilt(package, path, result))
            refreshed.append(package)
    return refreshed


def _rebuilt(package: str, path: Path, result: Mapping[str, Any]) -> dict[str, Any]:
    texts = read_card_texts(package)
    if "panel" in result:
        panel = read_panel(package)
        return build_panel_card(panel, read_recipe(panel.members[0]), result, texts)
    outputs = json.loads(path.read_text(encoding="utf-8"))["outputs"]
    paper_result = read_result(paper_recipe_of(package) or "")
    return build_card(read_recipe(package), result, texts, outputs, paper_result)


def disagreements(
    card: Mapping[str, Any],
    result: Mapping[str, Any],
    texts: Mapping[str, Any],
    paper_result: Mapping[str, Any] | None = None,
) -> list[str]:
    """A line, with its path, for each value in which a card differs from its result file."""
    wanted = json.loads(json.dumps(measured_parts(result, texts, paper_result)))
    wanted |= {name: result[name] for name in ("id", "system", "task", "domain")}
    found = [line for name, value in wanted.items() for line in _differing(name, card.get(name), value)]
    parameters = card["architecture"]["parameters"], result["architecture"]["parameters"]
    found += _differing("architecture.parameters", *parameters)
    if result["decision"]:
        benign = [c["id"] for c in card["classes"] if c["kind"] == "benign"]
        for name in set(result["decision"]["positive"]) & set(benign):
            found.append(f"classes: {name} is benign in the card, and the decision adds it up")
    return found + _differing("classes", [c["id"] for c in card["classes"]], result["classes"])


def _check(recipe: Recipe, result: Mapping[str, Any]) -> None:
    if result["id"] != recipe.id:
        raise ValueError(f"the result is of {result['id']}, but the recipe is {recipe.id}")
    if result["weights"] != "exported":
        raise ValueError(
            f"{recipe.id}: measured on {result['weights']} weights; a card needs the exported weights"
        )
    if recipe.task != "segmentation" and list(recipe.data.classes) != result["classes"]:
        raise ValueError(f"{recipe.id}: the recipe's classes are not those of its result")


def _input(result: Mapping[str, Any]) -> dict[str, Any]:
    """As the run was trained: the recipe may have changed since."""
    made_from = with_current_names(result["recipe"]["config"])
    size = made_from["stages"][-1]["size"]
    return {
        "name": "image",
        "height": size,
        "width": size,
        "channels": len(made_from["mean"]),
        "fit": made_from["data"]["fit"],
        "mean": list(made_from["mean"]),
        "std": list(made_from["std"]),
    }


def _merge(recipe: Recipe, texts: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The card's coarse classes. A class without a name of its own has that of its first member."""
    if not recipe.merge:
        return None
    return [
        {
            "id": name,
            "name": texts["merge_names"].get(name) or class_texts(recipe.domain, members[0])["name"],
            "classes": list(members),
        }
        for name, members in recipe.merge.items()
    ]


def _paper(
    result: Mapping[str, Any], texts: Mapping[str, Any], paper_result: Mapping[str, Any] | None
) -> dict[str, Any] | None:
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
    return [] if card == result else [f"{path}: {card!r} in the card, {result!r} in its result file"]
