"""Intervals, calibration, prediction sets, strangeness: each against data whose answer is known."""

import numpy as np
import pytest
import torch

from lentigo.evaluation import bootstrap, metrics, ood
from lentigo.evaluation.calibration import fit_temperature
from lentigo.evaluation.compare import compare, mcnemar
from lentigo.evaluation.conformal import fit_quantile, judge_sets, prediction_sets
from lentigo.evaluation.predictions import Predictions, softmax
from lentigo.export.outputs import OodScore


def answers(random: np.random.Generator, n: int, k: int = 5, strength: float = 2.0):
    """Labels drawn from the very probabilities that the logits say, so that temperature 1 is right."""
    logits = random.normal(0, strength, (n, k))
    raised = softmax(logits).cumsum(1)
    return (raised < random.random((n, 1))).sum(1).clip(0, k - 1), logits


def width(interval: dict) -> float:
    return interval["high"] - interval["low"]


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


def test_figure_that_is_undefined_is_left_out() -> None:
    found = bootstrap.intervals(lambda i: {"good": 1.0, "never": float("nan")}, ["a", "b"], 10)
    assert set(found) == {"good"}


def test_temperature_is_found_again() -> None:
    labels, logits = answers(np.random.default_rng(3), 4000)
    for true in (0.5, 1.0, 2.5):
        assert fit_temperature(labels, logits * true) == pytest.approx(true, rel=0.06)
    hot = softmax(logits * 2.5)
    mended = softmax(logits * 2.5 / fit_temperature(labels, logits * 2.5))
    assert metrics.calibration_error(labels, mended) < 0.3 * metrics.calibration_error(labels, hot)


def test_prediction_sets_hold_the_truth_nine_times_in_ten() -> None:
    random, found = np.random.default_rng(4), []
    for _ in range(40):
        labels, logits = answers(random, 1400)
        p = softmax(logits * 1.7)  # badly calibrated: the promise holds all the same
        quantile = fit_quantile(labels[:400], p[:400])
        found.append(judge_sets(labels[400:], prediction_sets(p[400:], quantile))["coverage"])
    assert np.mean(found) == pytest.approx(0.9, abs=0.01)


def test_quantile_by_hand() -> None:
    p = np.array([[1 - s, s] for s in np.arange(1, 10) / 10])  # 1 - p(true) is 0.1 .. 0.9
    labels = np.zeros(9, int)
    assert fit_quantile(labels, p, 0.9) == pytest.approx(0.9)  # the 9th of 9: ceil(10 * 0.9)
    assert fit_quantile(labels, p, 0.5) == pytest.approx(0.5)
    assert fit_quantile(labels[:5], p[:5], 0.9) == 1.0  # too few images: every class
    assert prediction_sets(np.array([[0.7, 0.3]]), 0.6).tolist() == [[True, False]]


def clouds(random: np.random.Generator, n: int, c: int = 150, shift: float = 0.0):
    """Three classes in c dimensions with correlated features of very different spread."""
    mixing = np.random.default_rng(0).normal(0, 1, (c, c)) * np.geomspace(3, 0.05, c)
    centres = np.random.default_rng(1).normal(0, 2, (3, c))
    labels = random.integers(0, 3, n)
    return centres[labels] + random.normal(0, 1, (n, c)) @ mixing.T / np.sqrt(c) + shift, labels


def test_strange_pictures_are_told_from_familiar_ones() -> None:
    random = np.random.default_rng(5)
    features, labels = clouds(random, 1500)
    detector = ood.fit_detector(features, labels)
    assert detector.projection.shape == (128, 150) and detector.means.shape == (3, 128)
    validation, test = (detector.scores(clouds(random, 600)[0]) for _ in range(2))
    between = clouds(random, 400)[0] * 0.2 + 3.0
    outside = {
        "shifted": detector.scores(clouds(random, 400, shift=1.0)[0]),
        "between": detector.scores(between),
    }
    found = ood.judge(validation, test, outside | {"same": test})
    assert found["auroc"]["shifted"] > 0.95 and found["auroc"]["between"] > 0.95
    assert found["auroc"]["same"] == pytest.approx(0.5)
    assert found["testAcceptance"] == pytest.approx(0.95, abs=0.03)
    assert found["accepted"]["shifted"] < 0.3
    # Real images are refused as seldom as by any other check of the gate.
    refusal = found["refusal"]
    assert refusal["threshold"] > found["threshold"]
    assert refusal["testAcceptance"] == pytest.approx(0.99, abs=0.01)
    assert refusal["accepted"]["shifted"] < 0.5
    assert ood.may_refuse(found)
    assert not ood.may_refuse(found | {"refusal": refusal | {"testAcceptance": 0.98}})
    assert not ood.may_refuse({"threshold": 1.0})


def test_a_refusal_that_takes_too_many_real_images_is_tried_at_a_larger_share() -> None:
    validation = np.arange(1000.0)
    for over, share in ((992.0, 0.995), (998.0, 0.995), (985.0, 0.99)):
        test = np.r_[np.zeros(97), [over] * 3]
        found = ood.judge(validation, test, {})
        assert found["refusal"]["acceptance"] == share
        assert ood.may_refuse(found) == (over != 998)


def test_a_trifle_in_the_features_leaves_the_detector_what_it_was() -> None:
    random = np.random.default_rng(7)
    features, labels = clouds(random, 1500)
    features[:, -40:] = 0  # dead features, which no direction is better for than another
    strange = features[:50] + random.normal(0, 1, (50, features.shape[1]))
    trifling = features + random.normal(0, 1e-7, features.shape)
    first, second = (ood.fit_detector(one, labels) for one in (features, trifling))
    np.testing.assert_allclose(first.scores(strange), second.scores(strange), rtol=1e-3)


def test_within_a_class_the_score_is_chi_square_and_equals_the_graphs() -> None:
    random = np.random.default_rng(6)
    features, labels = random.normal(0, 1, (20000, 30)) * np.geomspace(1, 4, 30), np.zeros(20000, int)
    detector = ood.fit_detector(features + 7, labels, 10)
    scores = detector.scores(features + 7)
    assert scores.mean() == pytest.approx(10, rel=0.02) and scores.var() == pytest.approx(20, rel=0.1)
    in_graph = OodScore(torch.from_numpy(detector.projection), torch.from_numpy(detector.means))
    given = in_graph(torch.from_numpy(features[:50] + 7).float())[:, 0]
    np.testing.assert_allclose(given.numpy(), scores[:50], rtol=1e-3)


def test_dead_and_few_features_do_not_break_the_score() -> None:
    random = np.random.default_rng(7)
    features, labels = random.normal(0, 1, (40, 300)), random.integers(0, 2, 40)
    features[:, 100:] = 0
    detector = ood.fit_detector(features, labels)
    assert np.isfinite(detector.scores(features)).all()
    small = ood.fit_detector(features[:, :5], labels)
    assert small.projection.shape == (5, 5)


@pytest.mark.parametrize("make", [ood.noise_images, ood.synthetic_images])
def test_made_up_pictures_are_seeded_and_differ(make) -> None:
    pictures = make(12, 48)
    assert pictures.shape == (12, 3, 48, 48) and pictures.dtype == np.uint8
    np.testing.assert_array_equal(pictures, make(12, 48))
    assert len({picture.tobytes() for picture in pictures}) == 12
    assert (make(12, 48, seed=2) != pictures).any()


def test_mcnemar_by_hand() -> None:
    first = np.array([True] * 10 + [False] * 2 + [True] * 20)
    second = np.array([False] * 10 + [True] * 2 + [True] * 20)
    # two-sided exact binomial: 2 * P(X <= 2), X ~ B(12, 1/2)
    assert mcnemar(first, second) == {
        "onlyFirst": 10,
        "onlySecond": 2,
        "p": pytest.approx(2 * 79 / 4096, rel=1e-2),
    }
    assert mcnemar(first, first)["p"] == 1.0
    many = mcnemar(np.arange(300) < 180, np.arange(300) >= 180)
    assert many["p"] == pytest.approx(0.000661, rel=0.01)  # (60 - 1)^2 / 300 = 11.6


def predictions(labels: np.ndarray, logits: np.ndarray, order=None) -> Predictions:
    ids = [f"image {i}" for i in range(len(labels))]
    whole = Predictions(ids, labels, [f"group {i // 2}" for i in range(len(ids))], logits)
    if order is None:
        return whole
    return Predictions(
        [ids[i] for i in order], labels[order], [whole.groups[i] for i in order], logits[order]
    )


def test_comparison_is_paired_and_matched_by_image() -> None:
    random = np.random.default_rng(8)
    labels, logits = answers(random, 600)
    base = predictions(labels, logits)
    order = random.permutation(600)
    same = compare("shuffled", base, predictions(labels, logits, order), positive=(1, 2), resamples=100)
    assert all(d == {"value": 0.0, "low": 0.0, "high": 0.0} for d in same["difference"].values())
    worse = compare(
        "noise", base, predictions(labels, logits + random.normal(0, 3, logits.shape)), resamples=200
    )
    assert worse["difference"]["auc"]["high"] < 0
    # Paired: narrower than the interval of either model alone.
    near = compare(
        "near", base, predictions(labels, logits + random.normal(0, 0.2, logits.shape)), resamples=200
    )
    assert width(near["difference"]["accuracy"]) < width(near["metrics"]["accuracy"])
    with pytest.raises(ValueError, match="same images"):
        compare("part", base, predictions(labels[:500], logits[:500]))


def test_predictions_come_back_from_a_file_and_refuse_what_is_broken(tmp_path) -> None:
    labels, logits = answers(np.random.default_rng(9), 20)
    predictions(labels, logits).save(tmp_path / "kept.npz")
    again = Predictions.load(tmp_path / "kept.npz")
    assert again.ids[3] == "image 3" and again.groups[3] == "group 1"
    np.testing.assert_allclose(again.logits, logits, rtol=1e-6)
    with pytest.raises(ValueError, match="lengths"):
        Predictions(["a"], labels, ["g"], logits)
    with pytest.raises(ValueError, match="finite"):
        predictions(labels, logits * np.nan)
