"""The words of the cards, in English and Korean: training/cards/<package id>.yaml, and what cards share in
training/cards/shared.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lentigo.data import metadata

CARDS_FOLDER = Path(__file__).resolve().parents[2] / "cards"
Text = dict[str, str]  # en, ko


@cache
def shared(name: str) -> dict[str, Any]:
    """classes, limits, fields or data."""
    return _read(CARDS_FOLDER / "shared" / f"{name}.yaml")


def read_texts(package: str) -> dict[str, Any]:
    """A package's YAML with its limits and data set filled in from the shared texts: version, architecture,
    title, summary, limits [Text], data {name, licence, citation}, licence, merge (or None), paper
    {same, own} (or None).

    Raises FileNotFoundError for a package without texts, KeyError for a shared text that is not there.
    """
    path = CARDS_FOLDER / f"{package}.yaml"
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: every package needs its title, summary and limits there")
    texts = _read(path)
    limits = [shared("limits")[limit] if isinstance(limit, str) else limit for limit in texts["limits"]]
    filled = {"limits": limits, "data": shared("data")[texts["data"]]}
    return {"merge": None, "paper": None, **texts, **filled}


def class_texts(domain: str, class_id: str) -> dict[str, Any]:
    """{malignant, name, description} of a class. Raises KeyError for one without texts."""
    return shared("classes")[domain][class_id]


def malignant_classes(domain: str, classes: list[str]) -> list[str]:
    """Those of the classes that are malignant: what measure_classifier wants as `positive`."""
    return [name for name in classes if class_texts(domain, name)["malignant"]]


def merge_of(texts: dict[str, Any]) -> dict[str, list[str]] | None:
    """Coarse class id -> class ids: what measure_classifier wants as `merge`."""
    return {row["id"]: row["classes"] for row in texts["merge"]} if texts["merge"] else None


def metadata_card(schema: str) -> dict[str, Any]:
    """The card's `metadata` of a schema of data/metadata.py: where each field stands in the one-hot vector,
    and its words.
    """
    words, fields, offset = shared("fields"), [], 0
    for field in metadata.SCHEMAS[schema]:
        own = words[schema][field.id]
        entry = {"id": field.id, "name": own["name"], "offset": offset, "size": field.size}
        if field.edges:
            entry |= {"kind": "bins", "edges": list(field.edges)}
        else:
            names = own.get("choices", words["yes-no"])
            choices = [{"id": c, "name": names[c], "values": list(values)} for c, values in field.choices]
            entry |= {"kind": "choice", "choices": choices}
        fields.append(entry)
        offset += field.size
    return {"width": offset, "fields": fields}


def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
