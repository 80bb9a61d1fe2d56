"""The section of docs/results.md on parity: PyTorch and the app's back ends on the same real photos.

`npm run parity -- --record` measures it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lentigo.report.markdown import table

BACKENDS = {"wasm": "WASM", "webgpu": "WebGPU"}


def agreement_section(results_folder: Path, models: Path) -> str:
    """The largest difference of each package, or an empty text where nothing was measured.

    It marks a package that was exported again after the measurement.
    """
    path = results_folder / "parity.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if not found.get("packages"):
        return ""
    words = (
        "The largest difference between PyTorch with the exported weights and the built app, on the same "
        "real photos: of all calibrated probabilities, and of a segmenter's probability of lesion at every "
        "pixel (stored to 0.00012), with the Dice index between the two outlines of the worst photo. "
        f"The goal is under {found['tolerance']:g}."
    )
    rows = [
        [f"`{package}`", *[_cell(package, by_backend.get(name), models) for name in BACKENDS]]
        for package, by_backend in sorted(found["packages"].items())
    ]
    adapters = sorted(
        {row["adapter"] for by_backend in found["packages"].values() for row in by_backend.values()}
    )
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
    """The app's hash of all files of a package (src/engine/package/hash.ts), or None without a package."""
    card = folder / "card.json"
    if not card.is_file():
        return None
    files = json.loads(card.read_text(encoding="utf-8"))["files"]
    lines = "".join(f"{file['sha256']}  {file['path']}\n" for file in files)
    return hashlib.sha256(lines.encode()).hexdigest()
