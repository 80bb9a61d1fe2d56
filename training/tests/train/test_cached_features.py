"""A fusion head learns from what a frozen encoder said once, and that is what the whole network says."""

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from lentigo.data.batches import Feed
from lentigo.data.dataset import Material
from lentigo.evaluation.predict import trained_network
from lentigo.evaluation.predictor import Answering, predictions, ready
from lentigo.networks.registry import build
from lentigo.recipe import Recipe, read_recipe
from lentigo.train.cached_features import Head, encoded
from lentigo.train.loop import train
from lentigo.train.run import Run

RECIPE = """
system: B
task: fusion
domain: dermoscopy
network: {{name: fusion_efficientnet_b0, options: {{metadata: {metadata}, shared: {shared}, variant: tf}}}}
data: {{sets: [derm], classes: {{nv: [nv], mel: [mel], bkl: [bkl]}}, metadata: derm, unknown: 0.2}}
augment: {{rotate: 20, zoom: [0.9, 1.1], hue: 0.0, blur: 0.0}}
average: 0.5
stages:
  - {{size: 64, epochs: 4, rate: 0.003, batch: 16, freeze: [image_encoder.], views: 2}}
"""


@pytest.fixture
def recipe_of(tmp_path: Path):
    def write(name: str, metadata: int = 20, shared: str = "true") -> Recipe:
        path = tmp_path / f"{name}.yaml"
        path.write_text(RECIPE.format(metadata=metadata, shared=shared))
        return read_recipe(path)

    return write


def _train(recipe: Recipe, data: Path, tmp_path: Path) -> tuple[Run, list[str]]:
    told: list[str] = []
    train(recipe, data, tmp_path / "runs", tmp_path, device="cpu", report=told.append)
    return Run(recipe, tmp_path / "runs"), told


def test_only_the_head_learns_and_ablations_share_the_views(recipe_of, made_up, made_up_splits, tmp_path):
    first, told = _train(recipe_of("whole"), made_up, tmp_path)
    curves = first.curves()
    assert len(curves) == 4 and curves[-1]["loss"] < curves[0]["loss"]
    assert any("encoded" in line for line in told)
    torch.manual_seed(first.recipe.seed)
    start = build(first.recipe.network.name, 3, **first.recipe.network.options).state_dict()
    for name, tensor in first.best().items():
        unchanged = torch.allclose(tensor.float(), start[name].float(), rtol=1e-3, atol=1e-5)
        if name.startswith("image_encoder."):
            assert unchanged, f"{name} is frozen, and changed"
    _, told = _train(recipe_of("ablation", metadata=0), made_up, tmp_path)
    assert not any("encoded" in line for line in told), "the same encoder was run again"


def test_the_head_on_kept_tokens_answers_as_the_whole_network(recipe_of, made_up, made_up_splits, tmp_path):
    recipe = recipe_of("whole")
    network = build(recipe.network.name, 3, **recipe.network.options).eval()
    feed = Feed(Material(recipe, made_up), "validation", 64, torch.device("cpu"))
    kept = encoded(network, feed, 0, tmp_path, nullcontext, lambda _: None)
    with torch.no_grad():
        for batch, tokens in zip(feed.plain(8), kept.plain(8), strict=True):
            whole = network(*batch.inputs("fusion"))["logits"]
            head = Head(network)(*tokens.inputs("fusion"))["logits"]
            assert torch.equal(batch.labels, tokens.labels)
            assert torch.allclose(whole, head, atol=5e-3)


def test_two_encoders_are_refused(recipe_of, made_up, made_up_splits, tmp_path):
    with pytest.raises(ValueError, match="shared by image and mask"):
        _train(recipe_of("apart", shared="false"), made_up, tmp_path)


def test_an_ablation_is_measured_on_kept_tokens_as_the_whole_network_would_be(
    recipe_of, made_up, made_up_splits, tmp_path
):
    recipe = replace(recipe_of("ablation", metadata=0), prior_correction=0.0)
    torch.manual_seed(1)
    network = build(recipe.network.name, 3, **recipe.network.options).eval()
    material, told = Material(recipe, made_up), []
    asked = ready(recipe, material, network, tmp_path, False, told.append)
    quick = predictions(recipe, material, "test", asked)
    slow = predictions(
        recipe, material, "test", Answering(trained_network(recipe, network), ("logits",), None)
    )
    assert quick.ids == slow.ids and np.allclose(quick.logits, slow.logits, atol=5e-3)
    predictions(recipe, material, "test", asked)
    assert sum("encoded" in line for line in told) == 1, "the same side was encoded again"
