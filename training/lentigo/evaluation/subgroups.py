"""The same figures for parts of a side: by age, sex, site. Small parts are listed, not scored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from lentigo.data.metadata import SITE_GROUPS
from lentigo.evaluation import bootstrap
from lentigo.evaluation.predictions import Predictions

LEAST = 20  # images; an interval over fewer says nothing
UNKNOWN = "unknown"
AGE_BANDS = ((0, 30), (30, 50), (50, 70), (70, 200))
PHONE_REGION_GROUPS = {
    "head-neck": ("SCALP", "FACE", "EAR", "NOSE", "LIP", "NECK"),
    "trunk": ("CHEST", "ABDOMEN", "BACK"),
    "arm": ("ARM", "FOREARM", "HAND"),
    "leg": ("THIGH", "FOOT"),
}


def age_band(word: str) -> str:
    """ "0-29", "30-49", "50-69", "70+" or "unknown", of a number of years as the table has it."""
    try:
        age = float(word)
    except ValueError:
        return UNKNOWN
    for low, high in AGE_BANDS:
        if low <= age < high:
            return f"{low}+" if high == 200 else f"{low}-{high - 1}"
    return UNKNOWN


def same(word: str) -> str:
    """The word itself, in lower case."""
    return word.strip().lower() or UNKNOWN


def _grouped(groups: dict[str, tuple[str, ...]]) -> Callable[[str], str]:
    of = {word: name for name, words in groups.items() for word in words}
    return lambda word: of.get(word, UNKNOWN)


# field of the card -> (column of the table, word of the column -> value of the field)
Fields = dict[str, tuple[str, Callable[[str], str]]]
FIELDS: dict[str, Fields] = {
    "derm": {
        "age": ("age", age_band),
        "sex": ("sex", same),
        "site": ("site", _grouped(SITE_GROUPS)),
        "source": ("source", same),
    },
    # Skin type is no input, and is missing for most benign photos; it is shown because so few dark skins are here.
    "phone": {
        "age": ("age", age_band),
        "sex": ("gender", same),
        "region": ("region", _grouped(PHONE_REGION_GROUPS)),
        "fitzpatrick": ("fitspatrick", lambda word: same(word.removesuffix(".0"))),
    },
    "breakhis": {"magnification": ("magnification", lambda word: same(word).removesuffix("x"))},
    "acne": {"source": ("source", same)},
}


def by_subgroup(
    predictions: Predictions,
    fields: Fields,
    measure: Callable[[np.ndarray], dict[str, float]],
    resamples: int = 300,
    seed: int = 1,
) -> list[dict]:
    """[{field, value, count, metrics}] for every value of every field that splits the side, largest first
    within a field.

    measure: indices int [m] -> figures (NaN where undefined). metrics is empty under 20 images.
    """
    rows = []
    for field, (column, value_of) in fields.items():
        if column not in predictions.columns:
            continue
        rows += split_by(
            field,
            [value_of(word) for word in predictions.columns[column]],
            predictions.groups,
            measure,
            resamples,
            seed,
        )
    return rows


def split_by(
    field: str,
    values: Sequence[str],
    groups: Sequence[str],
    measure: Callable[[np.ndarray], dict[str, float]],
    resamples: int = 300,
    seed: int = 1,
) -> list[dict]:
    """The rows of one field; none where all images share one value."""
    values, groups = np.asarray(values), np.asarray(groups)
    names, counts = np.unique(values, return_counts=True)
    if len(names) < 2:
        return []
    rows = []
    for place in sorted(range(len(names)), key=lambda i: (-counts[i], names[i])):
        inside = np.flatnonzero(values == names[place])
        metrics = {}
        if len(inside) >= LEAST:
            metrics = bootstrap.intervals(_within(measure, inside), groups[inside], resamples, seed)
        rows.append({"field": field, "value": str(names[place]), "count": len(inside), "metrics": metrics})
    return rows


def _within(measure: Callable[[np.ndarray], dict[str, float]], inside: np.ndarray) -> Callable:
    return lambda index: measure(inside[index])
