"""Reads a recipe's YAML file. Every error names the file and the key."""

from __future__ import annotations

import typing
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from lentigo.recipe.fields import Recipe

RECIPES_FOLDER = Path(__file__).resolve().parents[2] / "recipes"
PLAN = "plan"  # recipes/plan.yaml is the order of `lentigo train --all`, not a recipe

# A variant (a file with `base`) that names one of these replaces all of it; other keys merge key by key.
REPLACED_WHOLE = ("classes", "options", "kinds", "merge")
NOT_INHERITED = ("ships",)


def read_recipe(name: str | Path) -> Recipe:
    """Reads a recipe by its id in training/recipes, or by a path.

    Raises FileNotFoundError with the known ids, ValueError with the file and each key that is wrong.
    """
    path = Path(name)
    if path.suffix != ".yaml":
        path = RECIPES_FOLDER / f"{name}.yaml"
    if not path.is_file():
        raise FileNotFoundError(f"no recipe {path}; known: {', '.join(recipe_names())}")
    content = _read_yaml(path)
    while "base" in content:  # a variant names only what differs
        base = _read_yaml(path.parent / f"{content.pop('base')}.yaml")
        inherited = {key: value for key, value in base.items() if key not in NOT_INHERITED}
        content = _merged(inherited, content)
    try:
        return Recipe.model_validate(content | {"id": path.stem})
    except ValidationError as error:
        raise ValueError(recipe_problems(path.name, error)) from None


def recipe_names() -> list[str]:
    """The ids of all recipes, sorted."""
    return sorted(path.stem for path in RECIPES_FOLDER.glob("*.yaml") if path.stem != PLAN)


def _read_yaml(path: Path) -> dict[str, Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"{path.name}: expected keys and values, got {content!r}")
    return content


def _merged(base: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in change.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both and key not in REPLACED_WHOLE else value
    return merged


def recipe_problems(file: str, error: ValidationError) -> str:
    """What is wrong with a recipe, a line for each key, with the name of its file."""
    problems = error.errors()
    places = [problem["loc"] for problem in problems]
    # A list with a broken item is also called too short: only the item's own problem is worth a line.
    own = [p for p in problems if not any(q[: len(p["loc"])] == p["loc"] != q for q in places if p["loc"])]
    return "\n".join(_problem(file, problem) for problem in own)


def _problem(file: str, problem: Any) -> str:
    place = ".".join(str(part) for part in problem["loc"])
    match problem["type"]:
        case "extra_forbidden":
            known = ", ".join(_model_at(problem["loc"][:-1]).model_fields)
            return f"{file}: {place}: unknown key; known: {known}"
        case "missing":
            return f"{file}: {place}: is missing"
        case "value_error":  # of the recipe as a whole: the message names the key
            return f"{file}: {problem['ctx']['error']}"
    return f"{file}: {place}: {problem['msg']}, got {problem['input']!r}"


def _model_at(place: tuple[int | str, ...]) -> type[BaseModel]:
    """The part of a recipe at a place such as ("stages", 0)."""
    model: type[BaseModel] = Recipe
    for key in place:
        if isinstance(key, str):
            kind = model.model_fields[key].annotation
            model = next(k for k in (kind, *typing.get_args(kind)) if hasattr(k, "model_fields"))
    return model
