"""What a model has to beat: how well a few numbers predict the label that have nothing to do with it.

The stain of BreakHis' slides, the style of a source in the acne set and the missing answers in the phone set
go with the diagnosis. A logistic regression on such numbers measures how much of a figure a shortcut could
explain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from lentigo import metrics
from lentigo.evaluation import bootstrap

SIDE = 64  # pixels; colour needs no detail


def colour_numbers(images: np.ndarray) -> np.ndarray:
    """uint8 [n, 3, h, w] -> float [n, 6]: mean and standard deviation of red, green and blue."""
    pixels = images.astype(np.float32) / 255
    return np.concatenate([pixels.mean((2, 3)), pixels.std((2, 3))], 1)


def missing_answers(columns: Mapping[str, Sequence[str]]) -> np.ndarray:
    """Columns of a table -> float [n, columns]: 1 where there is no value."""
    return np.stack([[float(value.strip() == "") for value in values] for values in columns.values()], 1)


def shortcut_probabilities(
    features: np.ndarray, labels: np.ndarray, queries: np.ndarray, classes: int
) -> np.ndarray:
    """Class probabilities of `queries` [m, d], float [m, classes].

    A logistic regression with balanced classes is fitted on features [n, d] and labels [n] of the training
    split.
    """
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000, class_weight="balanced"))
    model.fit(features, labels)
    out = np.zeros((len(queries), classes))
    out[:, model.classes_] = model.predict_proba(queries)
    return out


def measure_shortcut(
    name: str,
    probabilities: np.ndarray,
    labels: np.ndarray,
    groups: Sequence[str],
    resamples: int = bootstrap.RESAMPLES,
    seed: int = 1,
) -> dict:
    """{name, count, metrics: {accuracy, balancedAccuracy, auc: interval}}, with intervals over groups."""

    def measure(index: np.ndarray) -> dict[str, float]:
        found = metrics.headline(labels[index], probabilities[index])
        return {figure: found[figure] for figure in ("accuracy", "balancedAccuracy", "auc")}

    return {
        "name": name,
        "count": len(labels),
        "metrics": bootstrap.intervals(measure, groups, resamples, seed),
    }
