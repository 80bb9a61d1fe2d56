"""How far the answer is moved to the natural class frequencies: chosen on the validation side, where nothing is reported."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch

from lentigo.evaluation import predictor as answering
from lentigo.recipe import Recipe, read_recipe

# 900 of one class and 100 of the other; drawn evenly by the power 0.
TRAIN = torch.tensor([0] * 900 + [1] * 100)


def recipe() -> Recipe:
    base = read_recipe("mobilenetv2-nevus-melanoma")
    return replace(base, prior_correction=None, sampling=replace(base.sampling, power=0.0), weak_classes={})


def chosen(monkeypatch: pytest.MonkeyPatch, logits: torch.Tensor, labels: torch.Tensor) -> float:
    """The correction chosen for a network that gives these logits on the validation side."""
    side = SimpleNamespace(labels=labels)
    monkeypatch.setattr(answering, "Feed", lambda *_: SimpleNamespace(side=side))
    monkeypatch.setattr(answering, "answers", lambda *_: {"logits": logits})
    sides = {"train": SimpleNamespace(labels=TRAIN), "validation": labels}
    asked = answering.Answering(None, ("logits",), None)
    return answering.chosen_correction(recipe(), asked, SimpleNamespace(sides=sides))


def test_an_answer_that_is_right_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = torch.tensor([0] * 90 + [1] * 10)
    assert chosen(monkeypatch, torch.nn.functional.one_hot(labels, 2) * 9.0, labels) == 0


def test_an_answer_that_leans_to_the_rare_class_is_moved_back(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = torch.tensor([0] * 90 + [1] * 10)
    logits = torch.tensor([[0.0, 1.5]] * 90 + [[0.0, 4.0]] * 10)
    # log(0.9 / 0.5) - log(0.1 / 0.5) is 2.2 a whole step: 0.75 moves past 1.5 and not past 4.
    assert chosen(monkeypatch, logits, labels) == 0.75


def test_without_a_validation_side_it_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="no validation side"):
        chosen(monkeypatch, torch.zeros(0, 2), torch.zeros(0, dtype=torch.long))
