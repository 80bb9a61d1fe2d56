"""What a network said about every image of one side, with what is needed to judge it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np


@dataclass
class Predictions:
    """One side of a split as a classifier saw it; everything in the same order of images.

    ids: image ids, n of them. labels: int [n], the index of the true class. groups: n names of what a split
    must not cut (lesion, patient, source photo). logits: float [n, k]. features: float [n, c] pooled features
    before the last layer, or None. ood: float [n] out-of-distribution scores as the graph gives them, or
    None. columns: the table's columns, n words each.
    """

    ids: list[str]
    labels: np.ndarray
    groups: list[str]
    logits: np.ndarray
    features: np.ndarray | None = None
    ood: np.ndarray | None = None
    columns: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.labels = np.asarray(self.labels, np.int64)
        self.logits = np.asarray(self.logits, np.float64)
        lengths = {len(self.ids), len(self.labels), len(self.groups), len(self.logits)}
        lengths |= {len(words) for words in self.columns.values()}
        lengths |= {len(part) for part in (self.features, self.ood) if part is not None}
        if len(lengths) != 1:
            raise ValueError(f"predictions of different lengths: {sorted(lengths)}")
        if not np.isfinite(self.logits).all():
            raise ValueError("a logit is not a finite number: the network is broken")

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, side, outputs: Mapping) -> Predictions:
        """From a side (train.material.Side) and the network's outputs by name: `logits`, and `vector`, `ood`
        where there are any.
        """
        rows = [row for _, row in side.rows]
        names = sorted({name for row in rows for name in row.columns})
        columns = {name: [row.columns.get(name, "") for row in rows] for name in names}
        columns["set"] = [name for name, _ in side.rows]
        columns["source"] = [row.source for row in rows]
        vector, ood = outputs.get("vector"), outputs.get("ood")
        return cls(
            side.ids(),
            np.asarray(side.labels),
            side.groups(),
            np.asarray(outputs["logits"]),
            None if vector is None else np.asarray(vector),
            None if ood is None else np.asarray(ood).reshape(-1),
            columns,
        )

    @classmethod
    def joined(cls, parts: list[Predictions]) -> Predictions:
        """Several sides as one: the test sides of all folds, say. Features and scores stay only where every
        part has them.
        """
        columns = set.intersection(*(set(part.columns) for part in parts))

        def together(name: str) -> np.ndarray | None:
            arrays = [getattr(part, name) for part in parts]
            return None if any(array is None for array in arrays) else np.concatenate(arrays)

        return cls(
            [i for part in parts for i in part.ids],
            together("labels"),
            [g for part in parts for g in part.groups],
            together("logits"),
            together("features"),
            together("ood"),
            {name: [word for part in parts for word in part.columns[name]] for name in columns},
        )

    def only(self, ids: list[str]) -> Predictions:
        """What was said of these images, in their order. Raises KeyError for one that is not among them."""
        place = {image: index for index, image in enumerate(self.ids)}
        where = np.array([place[image] for image in ids])
        return Predictions(
            ids, self.labels[where], [self.groups[index] for index in where], self.logits[where]
        )

    def probabilities(self, temperature: float = 1.0) -> np.ndarray:
        """Softmax of logits / temperature: float [n, k], rows add up to 1."""
        return softmax(self.logits / temperature)

    def save(self, path: Path) -> None:
        """Keeps what a later comparison of two models on the same images needs (a compressed .npz)."""
        np.savez_compressed(
            path, ids=self.ids, labels=self.labels, groups=self.groups, logits=self.logits.astype(np.float32)
        )

    @classmethod
    def load(cls, path: Path) -> Predictions:
        """What `save` wrote: ids, labels, groups and logits."""
        kept = np.load(path, allow_pickle=False)
        return cls(kept["ids"].tolist(), kept["labels"], kept["groups"].tolist(), kept["logits"])


def softmax(logits: np.ndarray) -> np.ndarray:
    """[n, k] -> [n, k]."""
    raised = np.exp(logits - logits.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def merged(probabilities: np.ndarray, members: list[list[int]]) -> np.ndarray:
    """A coarser answer: [n, k] and, for each coarse class, the indices of its members -> [n, coarse],
    probabilities added up.
    """
    return np.stack([probabilities[:, indices].sum(1) for indices in members], 1)
