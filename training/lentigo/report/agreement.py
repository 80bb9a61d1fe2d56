"""The part of docs/results.md that `npm run parity -- --record` measures: PyTorch and the app's back ends on real photos."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lentigo.report.markdown import table

BACKENDS = {"wasm": "WASM", "webgpu": "WebGPU"}


def agreement_section(results_folder: Path, models: Path) -> str:
    """Each package's largest difference; empty where nothing was measured. A package exported anew since then is marked."""
    path = results_folder / "parity.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if not found.get("packages"):
        return ""
    words = (
        "The largest difference between what PyTorch says with the exported weights and what the built app says of the same "
        "real photos: over all calibrated probabilities, for a segmenter over the probability of lesion at every pixel "
        "(kept to 0.00012), with the worst photo's Dice index between the two outlines. "
        f"Under {found['tolerance']:g} is wanted."
    )
    rows = [
        [f"`{package}`", *[_cell(package, by_backend.get(name), models) for name in BACKENDS]]
        for package, by_backend in sorted(found["packages"].items())
    ]
    adapters = sorted({one["adapter"] for by in found["packages"].values() for one in by.values()})
    head = ["package", *BACKENDS.values()]
    return "\n".join(
        [
            "## The same numbers everywhere\n",
            f"{words} Measured on: {'; '.join(adapters)}.\n",
            table(head, rows),
        ]
    )


def _cell(package: str, measured: Mapping[str, Any] | None, models: Path) -> str:
    if measured is None:
        return "not run"
    dice = f", Dice {measured['dice']:.4f}" if "dice" in measured else ""
    stale = "" if measured["packageHash"] == package_hash(models / package) else " (an earlier export)"
    return f"{measured['difference']:.1e}{dice} on {measured['photos']} photos{stale}"


def package_hash(folder: Path) -> str | None:
    """The app's one hash for all files of a package (src/engine/package/hash.ts); None where there is none."""
    card = folder / "card.json"
    if not card.is_file():
        return None
    files = json.loads(card.read_text(encoding="utf-8"))["files"]
    lines = "".join(f"{one['sha256']}  {one['path']}\n" for one in files)
    return hashlib.sha256(lines.encode()).hexdigest()
