"""The page shows how far the app is from PyTorch, and marks a measurement of an earlier export."""

import json
from pathlib import Path

from lentigo.report.agreement import agreement_section, package_hash
from lentigo.report.results_page import MODELS


def test_each_package_with_both_back_ends(tmp_path: Path) -> None:
    assert agreement_section(tmp_path, MODELS) == ""
    package = "mobilenetv2-nevus-melanoma"
    now = {
        "adapter": "WASM, 1 thread",
        "photos": 2,
        "difference": 3.9e-7,
        "packageHash": package_hash(MODELS / package),
    }
    before = now | {"adapter": "a GPU", "photos": 1, "dice": 0.9998, "packageHash": "of last week"}
    measured = {
        "tolerance": 0.002,
        "packages": {package: {"wasm": now, "webgpu": before}, "gone": {"wasm": now}},
    }
    (tmp_path / "parity.json").write_text(json.dumps(measured))
    text = agreement_section(tmp_path, MODELS)
    assert "| `gone` | 3.9e-07 on 2 photos (an earlier export) | not run |" in text
    row = f"| `{package}` | 3.9e-07 on 2 photos | 3.9e-07, Dice 0.9998 on 1 photos (an earlier export) |"
    assert row in text
    assert "The goal is under 0.002" in text and "WASM, 1 thread; a GPU" in text
