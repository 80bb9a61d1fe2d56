"""The overlap of outlines, by hand and by data set."""

import numpy as np
import pytest

from lentigo.evaluation.segmentation import Overlaps, count_overlaps, dice, jaccard, measure_segmenter


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
