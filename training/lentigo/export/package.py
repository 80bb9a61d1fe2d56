"""Writes a model package: the graph, its weights, the card with its hashes and golden sample, and the index.

graph = quantise(export_graph(ClassifierOutputs(network, ood), {"image": torch.zeros(2, 3, 224, 224)}))
# metrics, temperature and thresholds are measured on ExportedNetwork(graph), and go into `card`
write_package(Path("public/models"), card, graph)
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lentigo.export.golden import golden_sample
from lentigo.export.graph import Graph
from lentigo.export.graph_model import write_graph_model


def write_package(
    models: Path, card: Mapping[str, Any], graph: Graph, tolerance: float = 0.02
) -> dict[str, Any]:
    """Writes `models/<card id>/` and adds the id to `models/index.json`. Gives the card as written.

    card: everything in card.json except `files` and `golden`, which this adds. tolerance: the largest
    difference in a golden logit that the app accepts. Raises ValueError where the card does not describe the
    graph.
    """
    _check(card, graph)
    folder = models / card["id"]
    files = write_graph_model(graph, folder)
    written = {
        **card,
        "files": [_entry(path) for path in files],
        "golden": golden_sample(card, graph, tolerance),
    }
    write_card(models, written)
    return written


def write_card(models: Path, card: Mapping[str, Any]) -> None:
    """Writes a whole card.json into its package's folder and adds its id to `models/index.json`."""
    folder = models / card["id"]
    folder.mkdir(parents=True, exist_ok=True)
    # JSON has no NaN, and no measured number is NaN.
    text = json.dumps(card, indent=2, ensure_ascii=False, allow_nan=False)
    (folder / "card.json").write_text(text + "\n", encoding="utf-8")
    _add_to_index(models / "index.json", card["id"])


def package_bytes(card: Mapping[str, Any]) -> int:
    """The download size: all files except the card."""
    return sum(entry["bytes"] for entry in card["files"])


def _check(card: Mapping[str, Any], graph: Graph) -> None:
    unknown = set(card["outputs"].values()) - graph.outputs.keys()
    if unknown:
        raise ValueError(
            f"{card['id']}: the card names outputs that the graph does not have: {', '.join(sorted(unknown))}"
        )
    image = card["input"]
    shape = [-1, image["height"], image["width"], image["channels"]]
    if graph.inputs.get(image["name"]) != shape:
        raise ValueError(
            f"{card['id']}: the card's input is {shape}, the graph's {graph.inputs.get(image['name'])}"
        )
    width = card["metadata"]["width"] if card.get("metadata") else None
    if graph.inputs.get("metadata", [-1, None])[1] != width:
        raise ValueError(
            f"{card['id']}: the card's metadata have width {width}, "
            f"the graph's input {graph.inputs.get('metadata')}"
        )
    if "logits" in card["outputs"]:
        classes = graph.outputs[card["outputs"]["logits"]][-1]
        if classes != len(card["classes"]):
            raise ValueError(
                f"{card['id']}: {len(card['classes'])} classes in the card, {classes} logits in the graph"
            )


def _entry(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {"path": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _add_to_index(path: Path, package: str) -> None:
    packages = json.loads(path.read_text())["packages"] if path.exists() else []
    if package not in packages:
        packages.append(package)
    path.write_text(json.dumps({"packages": packages}, indent=2) + "\n")
