"""The worked example of docs/model-package.md writes exactly the package that the app's tests run."""

import importlib.util
import json
from pathlib import Path

import pytest
import torch

EXAMPLES = Path(__file__).parents[2] / "examples"
COMMITTED = Path(__file__).parents[3] / "src/engine/testing/fixtures/red-or-blue"


def example():
    spec = importlib.util.spec_from_file_location("own_model", EXAMPLES / "own_model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_example_writes_the_package_that_the_app_is_tested_with(tmp_path: Path) -> None:
    example().main(tmp_path)
    written = tmp_path / "red-or-blue"
    assert sorted(path.name for path in written.iterdir()) == sorted(
        path.name for path in COMMITTED.iterdir()
    )
    card, committed = (json.loads((folder / "card.json").read_text()) for folder in (written, COMMITTED))
    assert card.pop("golden")["logits"] == pytest.approx(committed.pop("golden")["logits"], abs=1e-4)
    assert card == committed  # including the hashes of all files


def test_the_example_network_does_what_its_card_says() -> None:
    network = example().RedOrBlue().eval()
    red = torch.tensor([1.0, -1.0, -1.0]).view(1, 3, 1, 1).expand(1, 3, 32, 32)
    assert network(image=red)["logits"].argmax().item() == 0
    assert network(image=red.flip(1))["logits"].argmax().item() == 1
