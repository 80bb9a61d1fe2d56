"""The texts of the cards in English and Korean: training/cards/<package id>.yaml and cards/shared."""

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
    """The shared texts training/cards/shared/<name>.yaml: classes, limits, fields or data."""
    return _read(CARDS_FOLDER / "shared" / f"{name}.yaml")


def read_card_texts(package: str) -> dict[str, Any]:
    """A package's texts, with its limits and data set filled in from the shared texts.

    Gives version, architecture, title, summary, limits [Text, with the card's `about` where it has one],
    data {name, licence, citation}, licence, non_commercial (bool), merge_names {coarse class id: Text},
    paper {same, own} (or None). Raises FileNotFoundError for a package without texts, KeyError for a shared
    text that is missing.
    """
    path = CARDS_FOLDER / f"{package}.yaml"
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: write the package's title, summary and limits there")
    texts = _read(path)
    limits = [shared("limits")[limit] if isinstance(limit, str) else limit for limit in texts["limits"]]
    filled = {"limits": limits, "data": shared("data")[texts["data"]]}
    return {"merge_names": {}, "paper": None, **texts, **filled}


def class_texts(domain: str, class_id: str) -> dict[str, Text]:
    """{name, description} of a class. Raises KeyError for a class without texts."""
    texts: dict[str, Text] = shared("classes")[domain][class_id]
    return texts


def metadata_card(schema: str) -> dict[str, Any]:
    """The card's `metadata` for a schema of data/metadata.py: each field's position and texts."""
    words, fields, offset = shared("fields"), [], 0
    for field in metadata.SCHEMAS[schema]:
        own = words[schema][field.id]
        entry: dict[str, Any] = {"id": field.id, "name": own["name"], "offset": offset, "size": field.size}
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
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content
