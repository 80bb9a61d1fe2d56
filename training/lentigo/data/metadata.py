"""A patient's metadata as one-hot groups, one per field. The last position of a group means "unknown"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from lentigo.data.tables import Row

AGE_EDGES = (0, 10, 20, 30, 40, 50, 60, 70, 80)

# The fusion paper's six groups. It lists lower extremity and foot twice; here they are the lower body.
SITE_GROUPS = {
    "head-neck": ("head/neck", "scalp", "ear", "face", "neck"),
    "upper-body": ("anterior torso", "chest", "back", "lateral torso", "posterior torso", "torso", "trunk"),
    "lower-body": ("lower extremity", "foot"),
    "extremities": ("upper extremity", "hand", "palms/soles"),
    "genital-oral": ("genital", "oral/genital"),
    "special": ("abdomen", "acral"),
}

PHONE_REGIONS = (
    "scalp", "face", "ear", "nose", "lip", "neck", "chest", "abdomen", "back",
    "arm", "forearm", "hand", "thigh", "foot",
)  # fmt: skip

SYMPTOMS = ("itch", "grew", "hurt", "changed", "bleed", "elevation")
YES_NO: dict[str, tuple[str, ...]] = {"yes": ("True",), "no": ("False",)}


@dataclass(frozen=True)
class Field:
    """One group of the one-hot vector: the known values, then "unknown".

    edges: lower edges of bins, for a number. choices: (id, values of the table) of each choice, for a word.
    """

    id: str
    column: str
    edges: tuple[int, ...] = ()
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def size(self) -> int:
        return (len(self.edges) or len(self.choices)) + 1

    def index_of(self, value: str) -> int:
        """The position of a table's value within the group: the last where it is empty or no known word."""
        if self.edges:
            try:
                age = float(value)
            except ValueError:
                return self.size - 1
            if not np.isfinite(age):
                return self.size - 1
            return max(0, int(np.searchsorted(self.edges, age, side="right")) - 1)
        for index, (_, values) in enumerate(self.choices):
            if value in values:
                return index
        return self.size - 1


def _choice(name: str, column: str, choices: Mapping[str, tuple[str, ...]]) -> Field:
    return Field(name, column, choices=tuple(choices.items()))


SCHEMAS: dict[str, tuple[Field, ...]] = {
    "derm": (
        Field("age", "age", edges=AGE_EDGES),
        _choice("sex", "sex", {"female": ("female",), "male": ("male",)}),
        _choice("site", "site", SITE_GROUPS),
    ),
    # Skin type, gender and diameters of the phone set are known for cancers and seldom for benign spots. A
    # missing value would give the label away, so they are never an input.
    "phone": (
        Field("age", "age", edges=AGE_EDGES),
        _choice("region", "region", {name: (name.upper(),) for name in PHONE_REGIONS}),
        *(_choice(name, name, YES_NO) for name in SYMPTOMS),
    ),
}


def width(schema: Iterable[Field]) -> int:
    """Length of the encoded vector."""
    return sum(field.size for field in schema)


def encode(rows: Iterable[Row], schema: tuple[Field, ...]) -> np.ndarray:
    """float32 [n, width]: a single 1 in each field's group."""
    rows = list(rows)
    out = np.zeros((len(rows), width(schema)), np.float32)
    offset = 0
    for field in schema:
        for index, row in enumerate(rows):
            out[index, offset + field.index_of(row.columns[field.column])] = 1
        offset += field.size
    return out


def unknown(schema: tuple[Field, ...]) -> np.ndarray:
    """float32 [width]: every field is unknown."""
    out, offset = np.zeros(width(schema), np.float32), 0
    for field in schema:
        offset += field.size
        out[offset - 1] = 1
    return out
