"""A panel: several packages that predict together. It has no network of its own and is not trained."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, ValidationError

from lentigo.recipe.fields import Domain, Fields

PANELS_FOLDER = Path(__file__).resolve().parents[2] / "panels"


class Panel(Fields):
    """What training/panels/<id>.yaml holds. Its classes, kinds and positive classes are its members'."""

    id: str
    system: str  # key of the paper's section in docs/results.md
    domain: Domain
    members: Annotated[tuple[str, ...], Field(min_length=2)]  # recipe ids of packages


def panel_names() -> list[str]:
    """The ids of all panels, sorted."""
    return sorted(path.stem for path in PANELS_FOLDER.glob("*.yaml"))


def read_panel(name: str) -> Panel:
    """Reads a panel by its id. FileNotFoundError with the known ids, ValueError for a file that is wrong."""
    path = PANELS_FOLDER / f"{name}.yaml"
    if not path.is_file():
        raise FileNotFoundError(f"no panel {name}; known: {', '.join(panel_names())}")
    try:
        return Panel.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) | {"id": name})
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(map(str, problem["loc"]))
        raise ValueError(f"{path.name}: {place}: {problem['msg']}") from None
