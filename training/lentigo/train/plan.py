"""The order in which `train --all` works recipes off: teachers and parents before those that need them."""

from __future__ import annotations

import yaml

from lentigo.recipe import RECIPES_FOLDER, read_recipe


def planned() -> list[str]:
    """Recipe ids of recipes/plan.yaml. Raises ValueError when one stands before what it starts or learns from."""
    names = yaml.safe_load((RECIPES_FOLDER / "plan.yaml").read_text(encoding="utf-8"))
    for place, name in enumerate(names):
        recipe = read_recipe(name)
        for needed in (recipe.initial.run, recipe.loss.teacher):
            if needed and needed not in names[:place]:
                raise ValueError(f"plan.yaml: {name} needs {needed}, which must stand before it")
    return names
