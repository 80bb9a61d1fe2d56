"""The whole measurement of a classifier and of a segmenter, from predictions to a result file."""

import json

import numpy as np
import pytest

from lentigo.evaluation import subgroups
from lentigo.evaluation.classifier import measure_classifier
from lentigo.evaluation.metrics import auc
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.results import read_result, write_result
from lentigo.evaluation.segmentation import Overlaps, count_overlaps, dice, jaccard, measure_segmenter

CLASSES = ["nv_ham", "nv_isic", "mel"]


def side(seed: int, n: int = 240, ood: bool = True) -> Predictions:
    random = np.random.default_rng(seed)
    labels = random.choice(3, n, p=[0.5, 0.3, 0.2])
    logits = 2 * (random.normal(0, 1, (n, 3)) + 1.5 * np.eye(3)[labels])
    columns = {
        "age": [str(age) if age >= 5 else "" for age in random.integers(0, 95, n)],
        "sex": ["female" if i % 10 else "" for i in range(n)],
        "site": ["back", "face", "foot"] * (n // 3),
    }
    strangeness = random.chisquare(64, n) if ood else None
    groups = [f"{seed}-{i // 2}" for i in range(n)]
    return Predictions([f"{seed}-{i}" for i in range(n)], labels, groups, logits, None, strangeness, columns)


@pytest.fixture(scope="module")
def measured() -> dict:
    return measure_classifier(
        side(1),
        side(2),
        CLASSES,
        group="lesion_id",
        positive=["mel"],
        also_positive=[["mel", "nv_isic"]],
        merge={"nevus": ["nv_ham", "nv_isic"], "mel": ["mel"]},
        outside={"noise": np.full(50, 500.0)},
        fields=subgroups.FIELDS["derm"],
        train=side(3),
        by_group=True,
        resamples=30,
    )


def test_every_figure_is_there_with_its_interval(measured: dict) -> None:
    figures = measured["test"]["metrics"]
    wanted = "accuracy balancedAccuracy macroPrecision macroF1 auc logLoss ece brier malignantAuc sensitivity specificity"
    wanted += " sensitivityAt90Specificity specificityAt90Sensitivity mergedAccuracy mergedAuc groupAccuracy"
    assert set(wanted.split()) <= set(figures)
    for name, figure in figures.items():
        # A bootstrap of the calibration error is biased upwards, so its interval need not hold the value.
        assert name == "ece" or figure["low"] <= figure["value"] <= figure["high"], name
    assert figures["mergedAccuracy"]["value"] > figures["accuracy"]["value"]


def test_figures_are_those_of_the_calibrated_test_side(measured: dict) -> None:
    test, temperature = side(2), measured["calibration"]["temperature"]
    p = test.probabilities(temperature)
    figures = measured["test"]["metrics"]
    assert figures["accuracy"]["value"] == pytest.approx((p.argmax(1) == test.labels).mean(), abs=1e-5)
    assert figures["malignantAuc"]["value"] == pytest.approx(auc(p[:, 2], test.labels == 2), abs=1e-5)
    said, truth = p[:, 2] >= measured["decision"]["threshold"], test.labels == 2
    assert measured["decision"]["sensitivity"] == pytest.approx(said[truth].mean(), abs=1e-5)
    assert figures["specificity"]["value"] == measured["decision"]["specificity"]
    assert np.sum(measured["test"]["confusion"]["matrix"]) == len(test)
    assert np.sum(measured["test"]["mergedConfusion"]["matrix"]) == len(test)
    by_group = np.array([right.mean() for right in (p.argmax(1) == test.labels).reshape(-1, 2)]).mean()
    assert figures["groupAccuracy"]["value"] == pytest.approx(by_group, abs=1e-5)


def test_nothing_is_fitted_on_the_test_side(measured: dict) -> None:
    """Another test side leaves temperature, quantile and thresholds as they are."""
    again = measure_classifier(side(1), side(9), CLASSES, group="lesion_id", positive=["mel"], resamples=5)
    assert again["calibration"]["temperature"] == measured["calibration"]["temperature"]
    assert again["calibration"]["conformal"]["quantile"] == measured["calibration"]["conformal"]["quantile"]
    assert again["decision"]["threshold"] == measured["decision"]["threshold"]
    assert again["ood"]["threshold"] == measured["ood"]["threshold"]
    assert again["test"]["metrics"]["accuracy"] != measured["test"]["metrics"]["accuracy"]


def test_strangeness_and_sets(measured: dict) -> None:
    assert measured["ood"]["auroc"] == {"noise": 1.0}
    assert measured["ood"]["accepted"] == {"noise": 0.0}
    assert measured["calibration"]["conformal"]["test"]["coverage"]["value"] == pytest.approx(0.9, abs=0.07)
    plain = measure_classifier(side(1, ood=False), side(2), CLASSES, group="g", resamples=5)
    assert plain["ood"] is None and plain["decision"] is None


def test_small_subgroups_are_listed_and_not_scored(measured: dict) -> None:
    rows = measured["test"]["subgroups"]
    sexes = {row["value"]: row for row in rows if row["field"] == "sex"}
    assert sexes["female"]["count"] + sexes["unknown"]["count"] == 240
    assert "malignantAuc" in sexes["female"]["metrics"]
    sites = {row["value"] for row in rows if row["field"] == "site"}
    assert sites == {"upper-body", "head-neck", "lower-body"}
    for row in rows:
        assert bool(row["metrics"]) == (row["count"] >= subgroups.LEAST)
    assert any(not row["metrics"] for row in rows)
    assert sum(row["count"] for row in rows if row["field"] == "age") == 240


@pytest.mark.parametrize(
    ("word", "band"), [("0", "0-29"), ("29.5", "0-29"), ("30", "30-49"), ("70.0", "70+"), ("", "unknown")]
)
def test_age_bands(word: str, band: str) -> None:
    assert subgroups.age_band(word) == band


def test_a_result_file_comes_back_as_it_was(measured: dict, tmp_path) -> None:
    result = {"id": "made-up", "note": "brackets [stay] {as\n they} are", **measured}
    path = write_result(result, tmp_path)
    assert read_result("made-up", tmp_path) == json.loads(json.dumps(result))
    assert read_result("never-run", tmp_path) is None
    assert path.stat().st_size < 60_000
    with pytest.raises(ValueError, match="JSON"):
        write_result({"id": "broken", "figure": float("nan")}, tmp_path)


def test_overlaps_by_hand() -> None:
    truth = np.zeros((3, 1, 4, 4), np.uint8)
    truth[0, :, :2] = 255
    truth[1, :, :2] = 255
    logits = np.full((3, 1, 4, 4), -1.0)
    logits[0, :, :2] = 1.0  # right
    logits[1, :, 1:3] = 1.0  # half of it
    counts = count_overlaps(logits, truth)  # the third: nothing, and nothing there
    overlaps = Overlaps(["a", "b", "c"], ["a", "b", "c"], ["derm"] * 3, *counts)
    np.testing.assert_allclose(dice(overlaps), [1, 0.5, 1])
    np.testing.assert_allclose(jaccard(overlaps), [1, 1 / 3, 1])
    as_floats = count_overlaps(logits, truth / 255)
    np.testing.assert_array_equal(as_floats[0], counts[0])
    figures = measure_segmenter(overlaps, overlaps, group="lesion_id", resamples=20)["test"]["metrics"]
    assert figures["thresholdedJaccard"]["value"] == pytest.approx(2 / 3, abs=1e-5)
    assert figures["failed"]["value"] == pytest.approx(1 / 3, abs=1e-5)
    with pytest.raises(ValueError, match="shape"):
        count_overlaps(logits[:2], truth)


def test_segmenter_is_measured_on_each_data_set() -> None:
    random = np.random.default_rng(1)
    both = random.integers(50, 100, 60)
    overlaps = Overlaps(
        [str(i) for i in range(60)],
        [str(i) for i in range(60)],
        ["derm"] * 35 + ["phone"] * 25,
        both,
        both + 5,
        both + 10,
    )
    rows = measure_segmenter(overlaps, overlaps, group="lesion_id", resamples=20)["test"]["subgroups"]
    assert [(row["value"], row["count"]) for row in rows] == [("derm", 35), ("phone", 25)]
    assert all(0.8 < row["metrics"]["dice"]["value"] < 1 for row in rows)
