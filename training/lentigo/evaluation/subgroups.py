"""The same figures for parts of a split: by age, sex, site. Small parts are listed without figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from lentigo.data.metadata import SITE_GROUPS
from lentigo.evaluation import bootstrap
from lentigo.evaluation.predictions import Predictions

MIN_IMAGES = 20  # an interval over fewer images says nothing
UNKNOWN = "unknown"
Measure = Callable[[np.ndarray], dict[str, float]]
AGE_BANDS = ((0, 30), (30, 50), (50, 70), (70, 200))
PHONE_REGION_GROUPS = {
    "head-neck": ("SCALP", "FACE", "EAR", "NOSE", "LIP", "NECK"),
    "trunk": ("CHEST", "ABDOMEN", "BACK"),
    "arm": ("ARM", "FOREARM", "HAND"),
    "leg": ("THIGH", "FOOT"),
}


def age_band(word: str) -> str:
    """A number of years from the table -> "0-29", "30-49", "50-69", "70+" or "unknown"."""
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
    group_of = {word: name for name, words in groups.items() for word in words}
    return lambda word: group_of.get(word, UNKNOWN)


# Field of the card -> (column of the table, word of the column -> value of the field).
Fields = dict[str, tuple[str, Callable[[str], str]]]
FIELDS: dict[str, Fields] = {
    "derm": {
        "age": ("age", age_band),
        "sex": ("sex", same),
        "site": ("site", _grouped(SITE_GROUPS)),
        "source": ("source", same),
        "skinTone": ("skinTone", same),
    },
    # Skin type is no input and is missing for most benign photos. It shows how few photos of dark skin there
    # are.
    "phone": {
        "age": ("age", age_band),
        "sex": ("gender", same),
        "region": ("region", _grouped(PHONE_REGION_GROUPS)),
        "fitzpatrick": ("fitspatrick", lambda word: same(word.removesuffix(".0"))),
        "skinTone": ("skinTone", same),
    },
    "breakhis": {"magnification": ("magnification", lambda word: same(word).removesuffix("x"))},
    "acne": {"source": ("source", same)},
}


def by_subgroup(
    predictions: Predictions,
    fields: Fields,
    measure: Measure,
    resamples: int = 300,
    seed: int = 1,
    counted: bootstrap.Counted | None = None,
) -> list[dict]:
    """[{field, value, count, metrics}] for every value of every field, largest first within a field.

    measure: indices int [m] -> figures (NaN where undefined). counted: those that are shares of images
    (bootstrap.intervals). metrics is empty below 20 images.
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
            counted,
        )
    return rows


def split_by(
    field: str,
    values: Sequence[str],
    groups: Sequence[str],
    measure: Measure,
    resamples: int = 300,
    seed: int = 1,
    counted: bootstrap.Counted | None = None,
) -> list[dict]:
    """The rows of a field, as `by_subgroup`; none where all images have the same value."""
    words, owners = np.asarray(values), np.asarray(groups)
    names, counts = np.unique(words, return_counts=True)
    if len(names) < 2:
        return []
    rows = []
    for name in sorted(names.tolist(), key=lambda name: (-counts[names == name][0], name)):
        inside = np.flatnonzero(words == name)
        metrics: dict[str, bootstrap.Interval] = {}
        if len(inside) >= MIN_IMAGES:
            own = {figure: mask[inside] for figure, mask in (counted or {}).items()}
            metrics = bootstrap.intervals(
                _within(measure, inside), owners[inside].tolist(), resamples, seed, own
            )
        rows.append({"field": field, "value": name, "count": len(inside), "metrics": metrics})
    return rows


def _within(measure: Measure, inside: np.ndarray) -> Measure:
    return lambda index: measure(inside[index])
