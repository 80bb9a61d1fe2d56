"""The maps that are checked are those that the app shows."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from lentigo.data.dataset import Dataset
from lentigo.evaluation import map_checks
from lentigo.evaluation.map_checks import Decision, measure_class_maps, measure_explanations, untrained
from lentigo.evaluation.results import RESULTS_FOLDER, read_results
from lentigo.recipe import read_recipe

RECIPE = """
system: A
task: classification
domain: dermoscopy
network: {name: mobilenet_v2}
data: {sets: [derm], classes: {nv: [nv], mel: [mel], bkl: [bkl]}}
kinds: {nv: benign, mel: malignant, bkl: benign}
positive: [mel]
stages: [{size: 64, epochs: 1, lr: 0.001}]
"""
DECISION = Decision(temperature=1.0, positive=(1,), threshold=0.3)


def test_of_a_flagged_photo_the_class_that_the_flag_adds_up() -> None:
    logits = torch.log(torch.tensor([[0.6, 0.35, 0.05], [0.6, 0.1, 0.3], [0.1, 0.8, 0.1]]))
    explained, flagged = DECISION.explained(logits)
    assert explained.tolist() == [1, 0, 1] and flagged.tolist() == [True, False, True]
    # At another temperature the same logits are flagged otherwise, as in the app.
    assert Decision(0.2, (1,), 0.3).explained(logits)[1].tolist() == [False, False, True]
    assert Decision(1.0, (), None).explained(logits)[0].tolist() == [0, 0, 1]
    two = Decision(1.0, (0, 1), 0.5).explained(torch.log(torch.tensor([[0.28, 0.27, 0.45]])))
    assert two[0].tolist() == [0]  # flagged by the sum: the larger of the two, not the most probable class


def test_the_decision_of_a_result() -> None:
    figures = {"classes": ["nv", "mel"], "calibration": {"temperature": 0.7}}
    decision = {"positive": ["mel"], "threshold": 0.2}
    assert Decision.of({**figures, "decision": decision}) == Decision(0.7, (1,), 0.2)
    assert Decision.of({**figures, "decision": {}}) == Decision(0.7, (), None)


def test_flagged_photos_have_figures_of_their_own(made_up, made_up_splits, tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(RECIPE)
    recipe = read_recipe(path)
    few = map_checks.with_masks(Dataset(recipe, made_up))
    count = len(few.splits["test"])
    lesions = map_checks._lesions(few)
    # mel's map lies on the lesion, nv's beside it; the first half of the photos is flagged.
    small = torch.nn.functional.adaptive_avg_pool2d(lesions, 8)[:, 0]
    cam = torch.stack([1 - small, small, torch.zeros_like(small)], -1)
    logits = torch.zeros(count, 3)
    logits[: count // 2, 1], logits[count // 2 :, 0] = 5, 5
    noise = torch.rand(cam.shape, generator=torch.Generator().manual_seed(1))
    found = measure_class_maps({"logits": logits, "cam": cam}, noise, DECISION, few)
    assert found["count"] == count and found["flagged"]["count"] == count // 2
    assert found["flagged"]["insideLesion"]["value"] > 0.6 > found["insideLesion"]["value"]
    nothing = measure_class_maps({"logits": -logits, "cam": cam}, noise, Decision(1, (1,), 1.1), few)
    assert "flagged" not in nothing


def test_random_weights_are_as_like_as_random_weights(made_up, made_up_splits, tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(RECIPE)
    recipe = read_recipe(path)
    dataset = Dataset(recipe, made_up)
    found = measure_explanations(recipe, dataset, untrained(recipe), ("logits", "cam"), DECISION)
    assert found is not None and found["randomised"]["value"] == pytest.approx(1)
    assert measure_explanations(recipe, dataset, untrained(recipe), ("logits",), DECISION) is None


def test_members_maps_are_added_up_on_the_finest_grid() -> None:
    coarse, fine = torch.ones(2, 4, 4, 3), torch.full((2, 8, 8, 3), 2.0)
    assert map_checks._together([coarse, fine]).shape == (2, 8, 8, 3)
    np.testing.assert_allclose(map_checks._together([coarse, fine]).numpy(), 3)


def test_attention_is_the_mean_over_heads_on_its_grid() -> None:
    weights = torch.arange(2 * 2 * 49, dtype=torch.float32).view(2, 2, 1, 49)
    maps = map_checks._attention(weights)
    assert maps.shape == (2, 7, 7) and maps[0, 0, 1] == pytest.approx((1 + 50) / 2)


def with_class_maps() -> list[str]:
    """Ids of packages whose committed results have figures of the maps of flagged photos."""
    return [
        name for name, result in read_results().items() if "flagged" in result["test"].get("explanations", {})
    ]


@pytest.mark.parametrize("name", with_class_maps())
def test_committed_maps_are_of_as_many_flagged_photos_as_the_committed_answers(name: str) -> None:
    """Maps that were measured on images seen otherwise than in the package would give other answers."""
    path, result = RESULTS_FOLDER / f"{name}.predictions.json", read_results()[name]
    found = result["test"]["explanations"]
    logits = torch.tensor(json.loads(path.read_text())["logits"], dtype=torch.float64)
    _, flagged = Decision.of(result).explained(logits)
    step = max(1, len(flagged) // map_checks.MAP_IMAGES)
    # Not every photo of the phone set has a mask, and a map may be zero everywhere.
    most = int(flagged[::step].sum())
    assert found["flagged"]["count"] <= most
    if result["domain"] == "dermoscopy":
        assert found["flagged"]["count"] >= most - 3


def test_without_masks_a_map_is_only_held_against_random_weights(
    made_up, made_up_splits, tmp_path: Path, monkeypatch
) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(RECIPE)
    recipe = read_recipe(path)
    dataset = Dataset(recipe, made_up)
    monkeypatch.setattr(map_checks, "WITH_MASKS", ())
    found = measure_explanations(recipe, dataset, untrained(recipe), ("logits", "cam"), DECISION)
    assert found is not None and found["randomised"]["value"] == pytest.approx(1)
    assert found["count"] == len(dataset.splits["test"]) and "insideLesion" not in found
    nobody = dataset.subset("test", [])
    assert measure_explanations(recipe, nobody, untrained(recipe), ("logits", "cam"), DECISION) is None
