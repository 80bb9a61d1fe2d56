"""A shortcut that is there is found, and none is found in data without one."""

import numpy as np

from lentigo.evaluation.shortcuts import (
    colour_numbers,
    measure_shortcut,
    missing_answers,
    shortcut_probabilities,
)


def test_a_stain_that_goes_with_the_diagnosis_is_found_by_colour_alone() -> None:
    random = np.random.default_rng(0)
    labels = np.repeat([0, 1], 60)
    images = random.integers(80, 180, (120, 3, 16, 16)).astype(np.uint8)
    images[labels == 1, 0] += 40
    numbers = colour_numbers(images)
    assert numbers.shape == (120, 6) and numbers.min() >= 0 and numbers.max() <= 1
    train, test = slice(0, 120, 2), slice(1, 120, 2)
    said = shortcut_probabilities(numbers[train], labels[train], numbers[test], 2)
    found = measure_shortcut("colour", said, labels[test], [f"p{i // 3}" for i in range(60)], resamples=100)
    assert found["metrics"]["auc"]["value"] > 0.95 and found["count"] == 60
    blind = shortcut_probabilities(random.normal(size=(60, 6)), labels[train], random.normal(size=(60, 6)), 2)
    chance = measure_shortcut("colour", blind, labels[test], [str(i) for i in range(60)], resamples=100)
    assert chance["metrics"]["auc"]["low"] < 0.5 < chance["metrics"]["auc"]["high"] + 0.15


def test_missing_answers_are_ones() -> None:
    assert missing_answers({"itch": ["True", "", " "], "age": ["40", "50", ""]}).tolist() == [
        [0, 0],
        [1, 0],
        [1, 1],
    ]


def test_a_class_that_training_lacks_gets_no_probability() -> None:
    said = shortcut_probabilities(
        np.array([[0.0], [1.0], [0.1], [0.9]]), np.array([0, 2, 0, 2]), np.array([[0.0]]), 3
    )
    assert said[0, 1] == 0 and said[0].sum() == 1
