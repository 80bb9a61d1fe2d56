"""A search space: fields of a recipe and the values that a sweep tries. Each trial is a recipe of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import Field, RootModel, ValidationError, model_validator

from lentigo.recipe.fields import Fields, Recipe
from lentigo.recipe.read import recipe_problems
from lentigo.seeds import numpy_generator

Overrides = dict[str, Any]


class Choice(Fields):
    """One of some values."""

    choice: Annotated[tuple[Any, ...], Field(min_length=1)]


class Range(Fields):
    """A number from `low` to `high`, both included."""

    low: float
    high: float
    log: bool = False  # evenly over the logarithm, as for learning rates
    whole: bool = False

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if not self.low < self.high:
            raise ValueError("low must be below high")
        if self.log and self.low <= 0:
            raise ValueError("low must be above 0 where log is true")
        return self


class _SpaceFile(RootModel[dict[str, Choice | Range]]):
    """Place of a field ("stages.0.lr") -> its values."""


@dataclass(frozen=True)
class Space:
    """Place of a field -> its values, in the order of the file."""

    parameters: Mapping[str, Choice | Range]

    def sample(self, trials: int, seed: int) -> list[Overrides]:
        """Random overrides, one for each trial. With more trials the first ones stay the same."""
        generator = numpy_generator(seed)
        return [
            {place: _draw(values, float(generator.random())) for place, values in self.parameters.items()}
            for _ in range(trials)
        ]


def read_space(path: Path, recipe: Recipe) -> Space:
    """Reads a space and holds every value of a choice, and both ends of a range, against the recipe.

    Raises FileNotFoundError, or ValueError with the file and each key that is wrong.
    """
    if not path.is_file():
        raise FileNotFoundError(f"no search space {path}")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        space = Space(_SpaceFile.model_validate(content).root)
    except ValidationError as error:
        places = {".".join(map(str, problem["loc"][:1])) for problem in error.errors()}
        wanted = "{choice: [...]} or {low: ..., high: ..., log: true, whole: true}"
        details = "; ".join(str(p["ctx"]["error"]) for p in error.errors() if p["type"] == "value_error")
        raise ValueError(
            f"{path.name}: {', '.join(sorted(places)) or 'the file'}: give {wanted}"
            + (f" ({details})" if details else "")
        ) from None
    if not space.parameters:
        raise ValueError(f"{path.name}: names no field of the recipe")
    for place, values in space.parameters.items():
        for value in values.choice if isinstance(values, Choice) else (_at(values, 0.0), _at(values, 1.0)):
            with_overrides(recipe, {place: value}, recipe.id, source=path.name)
    return space


def with_overrides(recipe: Recipe, overrides: Overrides, id: str, source: str = "overrides") -> Recipe:
    """The recipe with other values at places such as "stages.0.lr", checked as a recipe file is, called `id`.

    Raises ValueError, naming `source` and the key, for a field that is not there and a value that is not
    allowed.
    """
    content = recipe.model_dump(mode="json")
    for place, value in overrides.items():
        _put(content, place, value, source)
    try:
        return Recipe.model_validate(content | {"id": id})
    except ValidationError as error:
        raise ValueError(recipe_problems(source, error)) from None


def _put(content: Any, place: str, value: Any, source: str) -> None:
    *path, last = place.split(".")
    part = content
    for key in path:
        if isinstance(part, list) and key.isdigit() and int(key) < len(part):
            part = part[int(key)]
        elif isinstance(part, dict) and isinstance(part.get(key), dict | list):
            part = part[key]
        else:
            raise ValueError(f"{source}: {place}: the recipe has no part {key!r} there")
    if place == "id" or not isinstance(part, dict):
        raise ValueError(f"{source}: {place}: is no field that a trial can change")
    part[last] = value  # a key that the recipe does not know is refused when it is read again


def _draw(values: Choice | Range, share: float) -> Any:
    if isinstance(values, Choice):
        return values.choice[min(int(share * len(values.choice)), len(values.choice) - 1)]
    return _at(values, share)


def _at(values: Range, share: float) -> float | int:
    """The number that lies at a share, 0 to 1, of the range."""
    low, high = values.low, values.high
    if values.log:
        low, high = math.log(low), math.log(high)
    if values.whole and not values.log:
        return min(int(low + share * (high - low + 1)), int(high))
    number = low + share * (high - low)
    number = min(max(math.exp(number), values.low), values.high) if values.log else number
    return round(number) if values.whole else float(f"{number:.6g}")
