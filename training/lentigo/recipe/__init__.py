"""Recipes: what a recipe holds (`fields`), and how its YAML file is read (`read`)."""

from lentigo.recipe.fields import (
    Augmentation,
    DataChoice,
    Domain,
    Fit,
    Initial,
    Kind,
    Loss,
    NetworkChoice,
    Recipe,
    Sampling,
    Stage,
    Task,
)
from lentigo.recipe.read import RECIPES_FOLDER, read_recipe, recipe_names

__all__ = [
    "RECIPES_FOLDER",
    "Augmentation",
    "DataChoice",
    "Domain",
    "Fit",
    "Initial",
    "Kind",
    "Loss",
    "NetworkChoice",
    "Recipe",
    "Sampling",
    "Stage",
    "Task",
    "read_recipe",
    "recipe_names",
]
