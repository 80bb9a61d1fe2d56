"""The validation split chooses how far logits move to the natural class frequencies."""

import math

import pytest
import torch
from torch import nn

from lentigo.evaluation.logit_adjustment import adjust_logits, choose_logit_adjustment, log_frequency_ratio
from lentigo.recipe import Recipe, Sampling, read_recipe

# 900 images of a class and 100 of the other, which the power 0 draws evenly.
TRAIN = torch.tensor([0] * 900 + [1] * 100)
LABELS = torch.tensor([0] * 90 + [1] * 10)


def recipe() -> Recipe:
    base = read_recipe("mobilenetv2-nevus-melanoma")
    return base.model_copy(update={"sampling": Sampling(power=0.0), "weak_classes": {}})


def test_the_ratio_is_of_natural_to_drawn_frequencies() -> None:
    ratio = log_frequency_ratio(recipe(), TRAIN)
    assert ratio.tolist() == pytest.approx([math.log(0.9 / 0.5), math.log(0.1 / 0.5)])


def test_right_predictions_stay_as_they_are() -> None:
    logits = nn.functional.one_hot(LABELS, 2) * 9.0
    assert choose_logit_adjustment(logits, LABELS, log_frequency_ratio(recipe(), TRAIN)) == 0


def test_predictions_that_lean_to_the_rare_class_are_moved_back() -> None:
    logits = torch.tensor([[0.0, 1.5]] * 90 + [[0.0, 4.0]] * 10)
    # log(0.9 / 0.5) - log(0.1 / 0.5) is 2.2 for a whole step: 0.75 moves past 1.5 and not past 4.
    assert choose_logit_adjustment(logits, LABELS, log_frequency_ratio(recipe(), TRAIN)) == 0.75


def test_without_a_validation_split_the_recipe_must_name_it() -> None:
    empty = torch.zeros(0, dtype=torch.long)
    with pytest.raises(ValueError, match="no validation split"):
        choose_logit_adjustment(torch.zeros(0, 2), empty, log_frequency_ratio(recipe(), TRAIN))


def test_the_adjustment_is_added_to_the_logits() -> None:
    head = nn.Linear(3, 2)
    features, ratio = torch.randn(4, 3), torch.tensor([0.5, -1.0], dtype=torch.float64)
    before = head(features)
    adjust_logits(head, 0.5, ratio)
    torch.testing.assert_close(head(features), before + torch.tensor([0.25, -0.5]))
