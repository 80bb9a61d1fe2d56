"""A classifier's predictions for every image of a split, with what is needed to measure them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from lentigo.data.dataset import Split


@dataclass
class Predictions:
    """Predictions for a split, everything in the same order of images.

    ids: n image ids. labels: int [n], the index of the true class. groups: n names of what a split must not
    cut (lesion, patient, source photo). logits: float [n, k]. features: float [n, c] pooled features, or
    None. ood: float [n] out-of-distribution scores as the graph gives them, or None. columns: the table's
    columns, n words each.
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
    def of(cls, split: Split, outputs: Mapping[str, Any]) -> Predictions:
        """From a split and a network's outputs by name: `logits`, and optionally `pooled` and `ood`."""
        rows = [row for _, row in split.rows]
        names = sorted({name for row in rows for name in row.columns})
        columns = {name: [row.columns.get(name, "") for row in rows] for name in names}
        columns["set"] = [name for name, _ in split.rows]
        columns["source"] = [row.source for row in rows]
        pooled, ood = outputs.get("pooled"), outputs.get("ood")
        return cls(
            split.ids(),
            np.asarray(split.labels),
            split.groups(),
            np.asarray(outputs["logits"]),
            None if pooled is None else np.asarray(pooled),
            None if ood is None else np.asarray(ood).reshape(-1),
            columns,
        )

    @classmethod
    def joined(cls, parts: list[Predictions]) -> Predictions:
        """Several splits together, for example the test splits of all folds.

        Features and OOD scores stay only where every part has them.
        """
        columns = set.intersection(*(set(part.columns) for part in parts))

        def together(name: str) -> np.ndarray | None:
            arrays = [getattr(part, name) for part in parts]
            return None if any(array is None for array in arrays) else np.concatenate(arrays)

        return cls(
            [image for part in parts for image in part.ids],
            np.concatenate([part.labels for part in parts]),
            [group for part in parts for group in part.groups],
            np.concatenate([part.logits for part in parts]),
            together("features"),
            together("ood"),
            {name: [word for part in parts for word in part.columns[name]] for name in columns},
        )

    def subset(self, ids: list[str]) -> Predictions:
        """The predictions for these images, in their order. Raises KeyError for an unknown image."""
        position = {image: index for index, image in enumerate(self.ids)}
        where = np.array([position[image] for image in ids])
        return Predictions(
            ids, self.labels[where], [self.groups[index] for index in where], self.logits[where]
        )

    def probabilities(self, temperature: float = 1.0) -> np.ndarray:
        """Softmax of logits / temperature: float [n, k], rows add up to 1."""
        return softmax(self.logits / temperature)

    def save(self, path: Path) -> None:
        """Saves what comparisons and panels need, as a compressed .npz: no features and no OOD scores."""
        columns = {f"column {name}": np.array(words) for name, words in self.columns.items()}
        arrays: dict[str, Any] = {"ids": self.ids, "labels": self.labels, "groups": self.groups} | columns
        np.savez_compressed(path, logits=self.logits.astype(np.float32), **arrays)

    @classmethod
    def load(cls, path: Path) -> Predictions:
        """Reads what `save` wrote."""
        saved = np.load(path, allow_pickle=False)
        columns = {
            name.removeprefix("column "): saved[name].tolist()
            for name in saved.files
            if name.startswith("column ")
        }
        ids, groups = saved["ids"].tolist(), saved["groups"].tolist()
        return cls(ids, saved["labels"], groups, saved["logits"], columns=columns)


def softmax(logits: np.ndarray) -> np.ndarray:
    """Logits [n, k] -> probabilities [n, k]."""
    raised = np.exp(logits - logits.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def merged(probabilities: np.ndarray, members: list[list[int]]) -> np.ndarray:
    """Probabilities of coarse classes [n, coarse]: the sums of [n, k] over the members (indices) of each."""
    return np.stack([probabilities[:, indices].sum(1) for indices in members], 1)
