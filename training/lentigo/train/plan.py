"""The order of `lentigo train --all`: teachers and parents before the recipes that need them."""

from __future__ import annotations

import yaml

from lentigo.recipe import read
from lentigo.recipe.read import PLAN, read_recipe


def planned() -> list[str]:
    """The recipe ids of recipes/plan.yaml. Raises ValueError where a recipe comes before what it needs."""
    names: list[str] = yaml.safe_load((read.RECIPES_FOLDER / f"{PLAN}.yaml").read_text(encoding="utf-8"))
    for position, name in enumerate(names):
        recipe = read_recipe(name)
        for needed in (recipe.initial.run, *recipe.loss.teachers):
            if needed and needed not in names[:position]:
                raise ValueError(f"{PLAN}.yaml: {name} needs {needed}, which must come before it")
    return names
