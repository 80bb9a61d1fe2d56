"""A run's folder: its configuration, its checkpoint, its curves, its best weights. Outside the repository."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from pydantic import ValidationError
from torch import Tensor

from lentigo.data.splits import split_hash
from lentigo.data.tables import TRAIN_ONLY
from lentigo.recipe import Recipe
from lentigo.recipe.old_names import with_current_names

# Fields that say what classes mean and what ships. They do not change the weights that a run trains.
DESCRIPTIVE = ("kinds", "positive", "merge", "ships")
# Names in checkpoints that were saved before version 0.2. This can go with the last of them.
OLD_CHECKPOINT_NAMES = {"average": "ema", "average_step": "ema_updates"}


def default_runs_folder() -> Path:
    """$LENTIGO_RUNS, or `lentigo-runs` in the home folder."""
    return Path(os.environ.get("LENTIGO_RUNS", Path.home() / "lentigo-runs"))


class Run:
    """`<runs>/<recipe id>/`: config.json, curves.jsonl, checkpoint.pt (to resume), best.pt (to export)."""

    def __init__(self, recipe: Recipe, runs: Path | None = None) -> None:
        self.recipe = recipe
        self.folder = Path(runs or default_runs_folder()) / recipe.id

    def begin(self) -> None:
        """Writes config.json: the recipe, the commit, and the hashes of its and its parents' split files."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write_config(self.provenance())

    def resume(self) -> None:
        """Records a recipe that has changed since the run began.

        The rest of the run is made from the new recipe. The earlier recipes and their commits stay under
        `earlier`.
        """
        before = self.config()
        if self._is_same_training(before["recipe"]):
            return
        earlier = [*before.get("earlier", []), {name: before[name] for name in ("commit", "recipe")}]
        self._write_config(self.provenance() | {"earlier": earlier})

    def provenance(self) -> dict[str, Any]:
        """What config.json holds."""
        parents = {name for name in (self.recipe.initial.run, *self.recipe.loss.teachers) if name}
        return {
            "recipe": self.recipe.model_dump(mode="json"),
            "commit": current_commit(),
            "split_hashes": {
                name: split_hash(name) for name in self.recipe.data.sets if name not in TRAIN_ONLY
            },
            "parents": {name: self._parent(name) for name in sorted(parents)},
        }

    def config(self) -> dict[str, Any]:
        """What config.json holds, under today's field names."""
        config = self._read_config()
        config["recipe"] = with_current_names(config["recipe"])
        for earlier in config.get("earlier", []):
            earlier["recipe"] = with_current_names(earlier["recipe"])
        return config

    def log(self, line: dict[str, Any]) -> None:
        """Appends a line to the curves, for a finished epoch."""
        with (self.folder / "curves.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def curves(self) -> list[dict[str, Any]]:
        """The lines of all epochs so far."""
        path = self.folder / "curves.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.is_file() else []

    def restored(self, state: dict[str, Tensor], result: Mapping[str, Any]) -> None:
        """Writes the folder of a finished run from its weights and its result file (evaluation/results.py).

        The score of its best epoch is that of its curves.
        """
        recipe, data, curves = result["recipe"], result["data"], result["curves"]
        config = {"recipe": recipe["config"], "commit": recipe["commit"], "split_hashes": data["splitHashes"]}
        earlier = {"earlier": recipe["earlier"]} if "earlier" in recipe else {}
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write_config(config | {"parents": data["ancestors"]} | earlier)
        (self.folder / "curves.jsonl").unlink(missing_ok=True)
        for line in curves:
            self.log(line)
        last = curves[-1]
        scores = [line.get("score", 0.0) for line in curves if line["size"] == last["size"]]
        self.save_best(state)
        self.save_checkpoint(
            {
                "network": state,
                "ema": state,
                "ema_updates": 0,
                "optimizer": {},
                "stage": last["stage"],
                "epoch": last["epoch"],
                "best_score": max(scores),
                "seconds": last["seconds"],
            }
        )

    def save_checkpoint(self, content: dict[str, Any]) -> None:
        """Saves all or nothing: a run that is cut off while saving keeps its earlier checkpoint."""
        _save(content, self.folder / "checkpoint.pt")

    def checkpoint(self) -> dict[str, Any] | None:
        """What `save_checkpoint` saved last, or None."""
        path = self.folder / "checkpoint.pt"
        if not path.is_file():
            return None
        content: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        return {OLD_CHECKPOINT_NAMES.get(name, name): value for name, value in content.items()}

    def save_best(self, state: dict[str, Tensor]) -> None:
        """Saves weights in float16 (whole numbers as they are)."""
        half = {
            name: tensor.detach().cpu().half() if tensor.is_floating_point() else tensor.detach().cpu()
            for name, tensor in state.items()
        }
        _save(half, self.folder / "best.pt")

    def best(self) -> dict[str, Tensor]:
        """The best weights, as float32. Raises FileNotFoundError before the first epoch is done."""
        state = torch.load(self.folder / "best.pt", map_location="cpu", weights_only=True)
        return {
            name: tensor.float() if tensor.is_floating_point() else tensor for name, tensor in state.items()
        }

    @property
    def has_best(self) -> bool:
        return (self.folder / "best.pt").is_file()

    def _is_same_training(self, before: dict[str, Any]) -> bool:
        """Whether an earlier recipe trains the same weights. A field that it lacks has its default."""
        described = self.recipe.model_dump(include=set(DESCRIPTIVE))
        try:
            return Recipe.model_validate(before | described) == self.recipe
        except ValidationError:
            return False

    def _parent(self, name: str) -> dict[str, Any]:
        config = json.loads((self.folder.parent / name / "config.json").read_text(encoding="utf-8"))
        return {"split_hashes": config["split_hashes"], "parents": config["parents"]}

    def _read_config(self) -> dict[str, Any]:
        config: dict[str, Any] = json.loads((self.folder / "config.json").read_text(encoding="utf-8"))
        return config

    def _write_config(self, content: dict[str, Any]) -> None:
        (self.folder / "config.json").write_text(json.dumps(content, indent=1), encoding="utf-8")


def _save(content: object, path: Path) -> None:
    draft = path.with_suffix(".draft")
    torch.save(content, draft)
    draft.replace(path)


def current_commit() -> str:
    """The short hash of the checkout's commit, or "unknown"."""
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
