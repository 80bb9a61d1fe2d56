"""A fusion head learns from cached features, and gives the logits of the whole network."""

from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest
import torch

from lentigo.data.batches import BatchLoader
from lentigo.data.dataset import Dataset
from lentigo.evaluation.predict import trained_network
from lentigo.evaluation.predictor import Predictor, make_predictor, predict_split
from lentigo.networks.registry import build
from lentigo.recipe import Recipe, read_recipe
from lentigo.train.cached_features import FusionOnFeatures, cached_features
from lentigo.train.loop import train
from lentigo.train.run import Run

RECIPE = """
system: B
task: fusion
domain: dermoscopy
network: {{name: fusion_efficientnet_b0, options: {{metadata: {metadata}, shared: {shared}, variant: tf}}}}
data: {{sets: [derm], classes: {{nv: [nv], mel: [mel], bkl: [bkl]}}, metadata: derm, metadata_dropout: 0.2}}
augment: {{rotate: 20, zoom: [0.9, 1.1], hue: 0.0, blur: 0.0}}
ema_decay: 0.5
stages:
  - {{size: 64, epochs: 4, lr: 0.003, batch: 16, freeze: [image_encoder.], augmented_views: 2}}
"""


@pytest.fixture
def recipe_of(tmp_path: Path):
    def write(name: str, metadata: int = 20, shared: str = "true") -> Recipe:
        path = tmp_path / f"{name}.yaml"
        path.write_text(RECIPE.format(metadata=metadata, shared=shared))
        return read_recipe(path)

    return write


def _train(recipe: Recipe, data: Path, tmp_path: Path) -> tuple[Run, list[str]]:
    reports: list[str] = []
    train(recipe, data, tmp_path / "runs", tmp_path, device="cpu", report=reports.append)
    return Run(recipe, tmp_path / "runs"), reports


def test_only_the_head_learns_and_ablations_share_the_cached_features(
    recipe_of, made_up, made_up_splits, tmp_path
):
    first, reports = _train(recipe_of("whole"), made_up, tmp_path)
    curves = first.curves()
    assert len(curves) == 4 and curves[-1]["loss"] < curves[0]["loss"]
    assert any("encoded" in line for line in reports)
    torch.manual_seed(first.recipe.seed)
    start = build(first.recipe.network.name, 3, **first.recipe.network.options).state_dict()
    for name, tensor in first.best().items():
        unchanged = torch.allclose(tensor.float(), start[name].float(), rtol=1e-3, atol=1e-5)
        if name.startswith("image_encoder."):
            assert unchanged, f"{name} is frozen but changed"
    _, reports = _train(recipe_of("ablation", metadata=0), made_up, tmp_path)
    assert not any("encoded" in line for line in reports), "the same encoder ran again"


def test_the_head_on_cached_features_gives_the_logits_of_the_whole_network(
    recipe_of, made_up, made_up_splits, tmp_path
):
    recipe = recipe_of("whole")
    network = build(recipe.network.name, 3, **recipe.network.options).eval()
    loader = BatchLoader(Dataset(recipe, made_up), "validation", 64, torch.device("cpu"))
    cached = cached_features(network, loader, 0, tmp_path, nullcontext, lambda _: None)
    with torch.no_grad():
        for batch, tokens in zip(loader.plain(8), cached.plain(8), strict=True):
            whole = network(*batch.inputs("fusion"))["logits"]
            head = FusionOnFeatures(network)(*tokens.inputs("fusion"))["logits"]
            assert torch.equal(batch.labels, tokens.labels)
            assert torch.allclose(whole, head, atol=5e-3)


def test_two_encoders_are_refused(recipe_of, made_up, made_up_splits, tmp_path):
    with pytest.raises(ValueError, match="shared by image and mask"):
        _train(recipe_of("apart", shared="false"), made_up, tmp_path)


def test_an_ablation_has_the_same_predictions_on_cached_features(
    recipe_of, made_up, made_up_splits, tmp_path
):
    recipe = recipe_of("ablation", metadata=0)
    torch.manual_seed(1)
    network = build(recipe.network.name, 3, **recipe.network.options).eval()
    dataset, reports = Dataset(recipe, made_up), []
    predictor = make_predictor(recipe, dataset, network, tmp_path, False, reports.append)
    cached = predict_split(recipe, dataset, "test", predictor)
    whole = Predictor(trained_network(recipe, network), ("logits",))
    direct = predict_split(recipe, dataset, "test", whole)
    assert cached.ids == direct.ids and np.allclose(cached.logits, direct.logits, atol=5e-3)
    predict_split(recipe, dataset, "test", predictor)
    assert sum("encoded" in line for line in reports) == 1, "the same split was encoded again"
