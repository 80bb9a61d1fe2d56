"""A run's folder: its configuration, its checkpoint, its curves, its best weights. Outside the repository."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import torch
from torch import Tensor

from lentigo.data.splits import split_hash
from lentigo.data.tables import TRAIN_ONLY
from lentigo.recipe import Recipe, as_dict


def default_runs_folder() -> Path:
    """$LENTIGO_RUNS, or `lentigo-runs` in the home folder."""
    return Path(os.environ.get("LENTIGO_RUNS", Path.home() / "lentigo-runs"))


class Run:
    """`<runs>/<recipe id>/`: config.json, curves.jsonl, checkpoint.pt (to resume), best.pt (float16, to export)."""

    def __init__(self, recipe: Recipe, runs: Path | None = None):
        self.recipe = recipe
        self.folder = Path(runs or default_runs_folder()) / recipe.id

    def begin(self) -> None:
        """Writes what the run is made from: recipe, commit, and the hashes of its own split and of all it inherits from."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "config.json").write_text(json.dumps(self.provenance(), indent=1), encoding="utf-8")

    def resume(self) -> None:
        """Where the recipe has changed since the run began: the rest is made from it as it is now. What it was, and at
        which commit, stays under `earlier`."""
        before = self.config()
        if before["recipe"] == json.loads(json.dumps(as_dict(self.recipe))):
            return
        earlier = [*before.get("earlier", []), {name: before[name] for name in ("commit", "recipe")}]
        content = self.provenance() | {"earlier": earlier}
        (self.folder / "config.json").write_text(json.dumps(content, indent=1), encoding="utf-8")

    def provenance(self) -> dict:
        ancestors = {name for name in (self.recipe.initial.run, self.recipe.loss.teacher) if name}
        return {
            "recipe": as_dict(self.recipe),
            "commit": _commit(),
            "split_hashes": {
                name: split_hash(name) for name in self.recipe.data.sets if name not in TRAIN_ONLY
            },
            "parents": {name: self._parent(name) for name in sorted(ancestors)},
        }

    def _parent(self, name: str) -> dict:
        config = json.loads((self.folder.parent / name / "config.json").read_text(encoding="utf-8"))
        return {"split_hashes": config["split_hashes"], "parents": config["parents"]}

    def config(self) -> dict:
        """What `begin` wrote."""
        return json.loads((self.folder / "config.json").read_text(encoding="utf-8"))

    def log(self, line: dict) -> None:
        """One line a finished epoch."""
        with (self.folder / "curves.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def curves(self) -> list[dict]:
        path = self.folder / "curves.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.is_file() else []

    def save_checkpoint(self, content: dict) -> None:
        """Whole or not at all: a run that is cut off while saving keeps the checkpoint before."""
        _save(content, self.folder / "checkpoint.pt")

    def checkpoint(self) -> dict | None:
        path = self.folder / "checkpoint.pt"
        return torch.load(path, map_location="cpu", weights_only=True) if path.is_file() else None

    def save_best(self, state: dict[str, Tensor]) -> None:
        """float16 (whole numbers stay whole)."""
        half = {
            k: v.detach().cpu().half() if v.is_floating_point() else v.detach().cpu()
            for k, v in state.items()
        }
        _save(half, self.folder / "best.pt")

    def best(self) -> dict[str, Tensor]:
        """The best weights, as float32. Raises FileNotFoundError before the first epoch is done."""
        state = torch.load(self.folder / "best.pt", map_location="cpu", weights_only=True)
        return {k: v.float() if v.is_floating_point() else v for k, v in state.items()}

    @property
    def has_best(self) -> bool:
        return (self.folder / "best.pt").is_file()


def _save(content: object, path: Path) -> None:
    draft = path.with_suffix(".draft")
    torch.save(content, draft)
    draft.replace(path)


def _commit() -> str:
    try:
        out = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],
            cwd=Path(__file__).parent,
            check=True,
            capture_output=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return out.stdout.strip()
