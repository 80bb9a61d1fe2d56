"""Field names of recipes in run folders that were made before version 0.2.

This can go once no run folder (`config.json`) has the old names any more.
"""

from __future__ import annotations

from typing import Any

_RECIPE = {"prior_correction": "logit_adjustment", "average": "ema_decay"}
_PARTS = {
    "data": {"shares": "fractions", "unknown": "metadata_dropout"},
    "initial": {"grow": "net2net"},
    "stages": {
        "rate": "lr",
        "share": "fraction",
        "views": "augmented_views",
        "sets": "set_weights",
    },
}


def with_current_names(recipe: dict[str, Any]) -> dict[str, Any]:
    """A recipe's plain values, as config.json holds them, under today's field names."""
    renamed = _renamed(recipe, _RECIPE)
    loss = renamed.get("loss")
    if isinstance(loss, dict) and "teacher" in loss:
        teacher = loss["teacher"]
        rest = {key: value for key, value in loss.items() if key != "teacher"}
        renamed["loss"] = rest | {"teachers": [teacher] if teacher else []}
    for part, names in _PARTS.items():
        value = renamed.get(part)
        if isinstance(value, dict):
            renamed[part] = _renamed(value, names)
        elif isinstance(value, list):
            renamed[part] = [_renamed(item, names) for item in value]
    return renamed


def _renamed(values: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {names.get(key, key): value for key, value in values.items()}
