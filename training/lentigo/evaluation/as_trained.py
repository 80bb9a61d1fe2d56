"""The recipe that a package was made from, where the recipe's file has changed since."""

from __future__ import annotations

from typing import Any

from lentigo.recipe import Recipe
from lentigo.recipe.old_names import with_current_names


def as_trained(recipe: Recipe, result: dict[str, Any]) -> Recipe:
    """The recipe with the data, scale and size that the result's run had, where it has changed since."""
    made_from = with_current_names(result["recipe"]["config"])
    kept = {name: value for name, value in made_from.items() if name in Recipe.model_fields}
    return Recipe.model_validate(recipe.model_dump(mode="json") | kept)
