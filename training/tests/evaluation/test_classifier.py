"""The whole measurement of a classifier, from predictions to its part of a result file."""

import numpy as np
import pytest

from lentigo.evaluation import subgroups
from lentigo.evaluation.classifier import measure_classifier
from lentigo.evaluation.predictions import Predictions
from lentigo.metrics import auc

CLASSES = ["nv_ham", "nv_isic", "mel"]


def predictions(seed: int, n: int = 240, ood: bool = True) -> Predictions:
    random = np.random.default_rng(seed)
    labels = random.choice(3, n, p=[0.5, 0.3, 0.2])
    logits = 2 * (random.normal(0, 1, (n, 3)) + 1.5 * np.eye(3)[labels])
    columns = {
        "age": [str(age) if age >= 5 else "" for age in random.integers(0, 95, n)],
        "sex": ["female" if i % 10 else "" for i in range(n)],
        "site": ["back", "face", "foot"] * (n // 3),
    }
    scores = random.chisquare(64, n) if ood else None
    groups = [f"{seed}-{i // 2}" for i in range(n)]
    return Predictions([f"{seed}-{i}" for i in range(n)], labels, groups, logits, None, scores, columns)


@pytest.fixture(scope="module")
def measured() -> dict:
    return measure_classifier(
        predictions(1),
        predictions(2),
        CLASSES,
        group="lesion_id",
        kinds={"nv_ham": "benign", "nv_isic": "benign", "mel": "malignant"},
        positive=["mel", "nv_isic"],
        merge={"nevus": ["nv_ham", "nv_isic"], "mel": ["mel"]},
        ood_scores={"noise": np.full(50, 500.0)},
        fields=subgroups.FIELDS["derm"],
        train=predictions(3),
        by_group=True,
        resamples=30,
    )


def test_every_figure_has_its_interval(measured: dict) -> None:
    figures = measured["test"]["metrics"]
    wanted = "accuracy balancedAccuracy macroPrecision macroF1 auc logLoss ece brier"
    wanted += " malignantAuc sensitivity specificity sensitivityAt90Specificity specificityAt90Sensitivity"
    wanted += " mergedAccuracy mergedAuc groupAccuracy"
    assert set(wanted.split()) <= set(figures)
    for name, figure in figures.items():
        # A bootstrap of the calibration error is biased upwards, so its interval need not hold the value.
        assert name == "ece" or figure["low"] <= figure["value"] <= figure["high"], name
    assert figures["mergedAccuracy"]["value"] > figures["accuracy"]["value"]


def test_figures_are_those_of_the_calibrated_test_split(measured: dict) -> None:
    test, temperature = predictions(2), measured["calibration"]["temperature"]
    p = test.probabilities(temperature)
    figures = measured["test"]["metrics"]
    assert figures["accuracy"]["value"] == pytest.approx((p.argmax(1) == test.labels).mean(), abs=1e-5)
    score, truth = p[:, 1:].sum(1), test.labels >= 1
    assert figures["malignantAuc"]["value"] == pytest.approx(auc(score, truth), abs=1e-5)
    predicted = score >= measured["decision"]["threshold"]
    assert measured["decision"]["sensitivity"] == pytest.approx(predicted[truth].mean(), abs=1e-5)
    assert figures["specificity"]["value"] == measured["decision"]["specificity"]
    assert np.sum(measured["test"]["confusion"]["matrix"]) == len(test)
    assert np.sum(measured["test"]["mergedConfusion"]["matrix"]) == len(test)
    by_group = np.array([right.mean() for right in (p.argmax(1) == test.labels).reshape(-1, 2)]).mean()
    assert figures["groupAccuracy"]["value"] == pytest.approx(by_group, abs=1e-5)


def test_nothing_is_fitted_on_the_test_split(measured: dict) -> None:
    """Another test split does not change temperature, quantile and thresholds."""
    again = measure_classifier(
        predictions(1),
        predictions(9),
        CLASSES,
        group="lesion_id",
        kinds={"nv_ham": "benign", "nv_isic": "benign", "mel": "malignant"},
        positive=["mel", "nv_isic"],
        resamples=5,
    )
    assert again["calibration"]["temperature"] == measured["calibration"]["temperature"]
    assert again["calibration"]["conformal"]["classes"] == measured["calibration"]["conformal"]["classes"]
    assert again["decision"]["threshold"] == measured["decision"]["threshold"]
    assert again["ood"]["threshold"] == measured["ood"]["threshold"]
    assert again["test"]["metrics"]["accuracy"] != measured["test"]["metrics"]["accuracy"]


def test_ood_scores_and_prediction_sets(measured: dict) -> None:
    assert measured["ood"]["auroc"] == {"noise": 1.0}
    assert measured["ood"]["accepted"] == {"noise": 0.0}
    conformal = measured["calibration"]["conformal"]
    assert conformal["method"] == "class-conditional"
    assert conformal["test"]["coverage"]["value"] == pytest.approx(0.9, abs=0.07)
    for row in conformal["test"]["perClass"]:
        assert row["coverage"]["value"] == pytest.approx(0.9, abs=0.12), row["class"]
    assert sum(row["count"] for row in conformal["test"]["perClass"]) == 240
    plain = measure_classifier(predictions(1, ood=False), predictions(2), CLASSES, group="g", resamples=5)
    assert plain["ood"] is None and plain["decision"] is None


def test_melanoma_alone_has_a_threshold_of_its_own(measured: dict) -> None:
    (alone,) = measured["operating"]
    assert alone["positive"] == ["mel"] and measured["decision"]["positive"] == ["mel", "nv_isic"]
    assert alone["targetSensitivity"] == 0.9 and alone["threshold"] != measured["decision"]["threshold"]


def test_small_subgroups_are_listed_without_figures(measured: dict) -> None:
    rows = measured["test"]["subgroups"]
    sexes = {row["value"]: row for row in rows if row["field"] == "sex"}
    assert sexes["female"]["count"] + sexes["unknown"]["count"] == 240
    assert "malignantAuc" in sexes["female"]["metrics"]
    sites = {row["value"] for row in rows if row["field"] == "site"}
    assert sites == {"upper-body", "head-neck", "lower-body"}
    for row in rows:
        assert bool(row["metrics"]) == (row["count"] >= subgroups.MIN_IMAGES)
    assert any(not row["metrics"] for row in rows)
    assert sum(row["count"] for row in rows if row["field"] == "age") == 240


def test_other_sensitivities_are_chosen_on_validation_and_measured_on_test(measured: dict) -> None:
    rows = measured["decision"]["thresholds"]
    assert [row["targetSensitivity"] for row in rows] == [0.8, 0.85, 0.9, 0.95, 0.98]
    own = rows[2]
    assert own["threshold"] == measured["decision"]["threshold"]
    assert own["sensitivity"] == measured["decision"]["intervals"]["sensitivity"]
    falling = [row["threshold"] for row in rows]
    assert falling == sorted(falling, reverse=True)
    groups = {"group": "lesion_id", "positive": ["mel", "nv_isic"], "resamples": 30}
    other = measure_classifier(predictions(1, ood=False), predictions(9, ood=False), CLASSES, **groups)
    assert [row["threshold"] for row in other["decision"]["thresholds"]] == falling
    same = measure_classifier(
        predictions(2, ood=False), predictions(2, ood=False), CLASSES, fitted_on="test", **groups
    )
    assert "thresholds" not in same["decision"]


def test_no_share_of_images_is_certain() -> None:
    labels = np.repeat([0, 1], 40)
    logits = np.where(labels[:, None] == np.arange(2), 6.0, -6.0)
    half = Predictions([str(i) for i in range(80)], labels, [f"g{i // 2}" for i in range(80)], logits)
    half.columns["sex"] = ["female", "male"] * 40
    fields = {"sex": ("sex", str)}
    result = measure_classifier(
        half, half, ["nv", "mel"], group="lesion_id", positive=["mel"], fields=fields, resamples=20
    )
    rows = [
        result["test"]["subgroups"][0]["metrics"],
        result["test"]["metrics"],
        result["decision"]["intervals"],
    ]
    shares = [row[name] for row in rows for name in ("accuracy", "sensitivity", "specificity") if name in row]
    shares += [
        row[name] for row in result["decision"]["thresholds"] for name in ("sensitivity", "specificity")
    ]
    sets = result["calibration"]["conformal"]["test"]
    shares += [sets[name] for name in ("coverage", "empty", "single")]
    shares += [row["coverage"] for row in sets["perClass"]]
    assert any(share["value"] == 1 for share in shares)
    assert all(share["low"] < share["high"] for share in shares)
