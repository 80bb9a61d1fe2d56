"""Results as `lentigo evaluate` would write them, measured on made-up predictions of real recipes."""

from collections.abc import Callable

import numpy as np
import pytest

from lentigo.data.splits import split_hash
from lentigo.evaluation import subgroups
from lentigo.evaluation.classifier import measure_classifier
from lentigo.evaluation.compare import compare
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.results import assemble
from lentigo.recipe import Recipe, as_dict, read_recipe
from lentigo.report.card_texts import malignant_classes


def _side(classes: int, seed: int, n: int = 120) -> Predictions:
    random = np.random.default_rng(seed)
    labels = np.arange(n) % classes
    logits = random.normal(0, 1, (n, classes)) + 2 * np.eye(classes)[labels]
    columns = {"sex": ["female", "male", ""] * (n // 3), "gender": ["FEMALE", ""] * (n // 2)}
    groups = [f"{seed}-{i // 2}" for i in range(n)]
    ids = [f"{seed}-{i}" for i in range(n)]
    return Predictions(ids, labels, groups, logits, None, random.chisquare(9, n), columns)


def _result(recipe: Recipe) -> dict:
    classes = list(recipe.data.classes)
    validation, test, other = (_side(len(classes), seed) for seed in (1, 2, 2))
    other.logits = np.roll(other.logits, 1, axis=0)
    positive = malignant_classes(recipe.domain, classes)
    measured = measure_classifier(
        validation,
        test,
        classes,
        group="lesion_id",
        positive=positive,
        outside={"noise": np.full(30, 90.0)},
        fields=subgroups.FIELDS[recipe.data.sets[0]],
        resamples=20,
    )
    provenance = {
        "recipe": as_dict(recipe),
        "commit": "abcdef0",
        "split_hashes": {name: split_hash(name) for name in recipe.data.sets},
        "parents": {},
    }
    return assemble(
        recipe,
        provenance,
        measured,
        parameters=2226434,
        counts={"train": 500, "validation": len(validation), "test": len(test)},
        weights="exported",
        positive=positive,
        curves=[{"epoch": 1, "size": 96, "score": 0.8}, {"epoch": 2, "size": 96, "score": 0.85}],
        comparisons=[compare("other | way", test, other, resamples=20)],
    )


@pytest.fixture(scope="session")
def made_up_result() -> Callable[[Recipe], dict]:
    """Recipe -> a whole result."""
    return _result


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    return read_recipe("mobilenetv2-nevus-melanoma")


@pytest.fixture(scope="session")
def result(recipe: Recipe) -> dict:
    return _result(recipe)
