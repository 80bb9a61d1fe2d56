"""Recipes of run folders that were made before version 0.2 are read under today's names."""

from lentigo.recipe import Recipe
from lentigo.recipe.old_names import with_current_names

OLD = {
    "id": "old",
    "system": "B",
    "task": "fusion",
    "domain": "dermoscopy",
    "network": {"name": "fusion_efficientnet_b3", "options": {"metadata": 20}},
    "data": {"sets": ["derm"], "classes": {"nv": ["nv"]}, "shares": [0.8, 0.1, 0.1], "unknown": 0.2},
    "stages": [
        {"size": 32, "epochs": 2, "rate": 0.1, "views": 4, "share": 0.5, "sets": {"phone": 8.0}},
        {"size": 32, "epochs": 1, "rate": 0.2},
    ],
    "initial": {"run": "parent", "grow": True},
    "average": 0.9,
    "prior_correction": None,
}


def test_old_names_become_todays() -> None:
    recipe = Recipe.model_validate(with_current_names(OLD))
    first, second = recipe.stages
    assert (first.lr, first.augmented_views, first.fraction, first.set_weights) == (0.1, 4, 0.5, {"phone": 8})
    assert second.lr == 0.2 and second.set_weights == {}
    assert recipe.data.fractions == (0.8, 0.1, 0.1) and recipe.data.metadata_dropout == 0.2
    assert recipe.initial.net2net and recipe.ema_decay == 0.9 and recipe.logit_adjustment is None


def test_todays_names_stay() -> None:
    current = with_current_names(OLD)
    assert with_current_names(current) == current
