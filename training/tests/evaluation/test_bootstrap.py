"""Intervals are of groups, seeded, and cover the truth as often as promised."""

import numpy as np
from drawn import width

from lentigo.evaluation import bootstrap


def test_interval_over_groups_is_wider_than_over_images() -> None:
    random = np.random.default_rng(1)
    right = np.repeat(random.random(60) < 0.7, 8)  # all 8 photos of a lesion are right or wrong together

    def share(index: np.ndarray) -> dict[str, float]:
        return {"share": right[index].mean()}

    groups = [f"lesion {i // 8}" for i in range(len(right))]
    grouped = bootstrap.intervals(share, groups)["share"]
    single = bootstrap.intervals(share, [str(i) for i in range(len(right))])["share"]
    assert width(grouped) > 2 * width(single)
    assert grouped["low"] < right.mean() < grouped["high"]
    assert bootstrap.intervals(share, groups) == {"share": grouped}  # seeded
    assert bootstrap.intervals(share, groups, seed=2) != {"share": grouped}


def test_a_draw_keeps_groups_whole() -> None:
    groups = ["a", "b", "a", "c", "c", "c"]
    for index in bootstrap.resampled(groups, 50, seed=1):
        counts = np.bincount(index, minlength=6)
        assert counts[0] == counts[2] and counts[3] == counts[4] == counts[5]
        assert counts[0] + counts[1] + counts[3] == 3


def test_interval_covers_the_truth_about_as_often_as_promised() -> None:
    random = np.random.default_rng(2)
    hits = 0
    for _ in range(100):
        values = random.normal(0, 1, 80)
        found = bootstrap.intervals(
            lambda i, v=values: {"mean": v[i].mean()}, [str(i) for i in range(80)], 300
        )["mean"]
        hits += found["low"] <= 0 <= found["high"]
    assert 86 <= hits <= 100


def test_an_undefined_figure_is_left_out() -> None:
    found = bootstrap.intervals(lambda i: {"good": 1.0, "never": float("nan")}, ["a", "b"], 10)
    assert set(found) == {"good"}


def test_a_share_of_all_or_none_has_wilsons_interval_of_the_groups() -> None:
    groups = ["a", "a", "b", "c", "d", "d"]
    positive = np.array([True, True, True, False, False, False])
    counted = {"found": positive, "spared": ~positive}

    def measure(index: np.ndarray) -> dict[str, float]:
        return {"found": 1.0, "spared": 0.0, "mean": 1.0}

    found = bootstrap.intervals(measure, groups, 20, counted=counted)
    # Two groups each: z^2 = 3.8415, so 2 / (2 + z^2) = 0.34238 and z^2 / (2 + z^2) = 0.65762.
    assert found["found"] == {"value": 1, "low": 0.34238, "high": 1}
    assert found["spared"] == {"value": 0, "low": 0, "high": 0.65762}
    assert found["mean"] == {"value": 1, "low": 1, "high": 1}  # no share of images: nothing is known of it
    half = {"found": np.ones(6, bool)}
    drawn = bootstrap.intervals(lambda i: {"found": float(positive[i].mean())}, groups, 50, counted=half)
    assert drawn == bootstrap.intervals(lambda i: {"found": float(positive[i].mean())}, groups, 50)
