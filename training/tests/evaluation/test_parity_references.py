"""The references for the app are exactly the network's predictions for the same photos."""

import base64
import io
import zlib
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from lentigo.data.dataset import Dataset
from lentigo.data.pixels import letterbox, open_rgb
from lentigo.evaluation.parity_references import (
    LEVELS,
    classifier_references,
    drawn_mask,
    packed_map,
    segmenter_references,
    write_references,
)
from lentigo.evaluation.predict import exported_network
from lentigo.evaluation.predictor import Predictor
from lentigo.recipe import Recipe, read_recipe

RECIPE = """
system: B
task: {task}
domain: dermoscopy
network: {{name: {network}}}
data: {{sets: [derm], {data}}}
mean: [0.5, 0.5, 0.5]
std: [0.5, 0.5, 0.5]
stages: [{{size: 32, epochs: 1, lr: 0.001}}]
"""
CLASSES = "classes: {nv: [nv], mel: [mel], bkl: [bkl]}"


def read(folder: Path, task: str, network: str, data: str) -> Recipe:
    path = folder / f"{task}.yaml"
    path.write_text(RECIPE.format(task=task, network=network, data=data))
    return read_recipe(path)


def redness(recipe: Recipe):
    """A network whose logits are the mean colours of the image, plus the fraction of its mask if any."""

    def run(image: torch.Tensor, mask: torch.Tensor | None = None) -> dict[str, torch.Tensor]:
        colours = image.mean((2, 3))
        return {"logits": colours if mask is None else colours + 5 * mask.mean((2, 3))}

    return Predictor(exported_network(recipe, run), ("logits",))


@pytest.mark.usefixtures("made_up_splits")
def test_one_photo_of_each_class_as_the_network_sees_it(made_up: Path, tmp_path: Path) -> None:
    recipe = read(tmp_path, "classification", "acne_cnn", CLASSES)
    dataset = Dataset(recipe, made_up)
    references = classifier_references(recipe, dataset, "test", redness(recipe), temperature=0.5)
    rows = {row.image_id: row for _, row in dataset.splits["test"].rows}
    assert sorted(rows[reference["file"][:-4]].label for reference in references) == ["bkl", "mel", "nv"]
    for reference in references:
        assert reference["set"] == "derm" and "mask" not in reference
        photo = open_rgb(made_up / "derm" / "images" / reference["file"])
        photo = photo.resize((32, 32), Image.Resampling.BILINEAR)
        logits = (np.asarray(photo).mean((0, 1)) / 255 - 0.5) / 0.5
        wanted = np.exp(logits / 0.5) / np.exp(logits / 0.5).sum()
        assert list(reference["probabilities"].values()) == pytest.approx(wanted, abs=2e-5)


@pytest.mark.usefixtures("made_up_splits")
def test_a_fusion_network_reads_the_mask_as_the_app_draws_it(made_up: Path, tmp_path: Path) -> None:
    recipe = read(tmp_path, "fusion", "acne_cnn", CLASSES)
    dataset = Dataset(recipe, made_up)

    def mask_fraction(image: torch.Tensor, mask: torch.Tensor) -> dict[str, torch.Tensor]:
        assert set(mask.unique().tolist()) == {0.0, 1.0}
        return {"logits": mask.mean((2, 3)) * torch.tensor([0.0, 1.0, 2.0])}

    predictor = Predictor(exported_network(recipe, mask_fraction), ("logits",))
    for reference in classifier_references(recipe, dataset, "test", predictor, temperature=1):
        png = (made_up / "derm" / "masks" / reference["mask"]).read_bytes()
        logits = drawn_mask(png, 32).mean() / 255 * np.arange(3)
        wanted = np.exp(logits) / np.exp(logits).sum()
        assert list(reference["probabilities"].values()) == pytest.approx(wanted, abs=1e-6)


def test_a_drawn_mask_is_sampled_at_the_middle_of_each_pixel() -> None:
    mask = np.zeros((4, 9), bool)
    mask[1, 3] = mask[:, 0] = True  # the centred square begins at column 2
    data = io.BytesIO()
    Image.fromarray(mask).save(data, "PNG")
    wanted = np.zeros((8, 8), np.uint8)
    wanted[2:4, 2:4] = 255
    assert np.array_equal(drawn_mask(data.getvalue(), 8), wanted)


@pytest.mark.usefixtures("made_up_splits")
def test_a_map_covers_the_photo_without_the_letterbox_bars(made_up: Path, tmp_path: Path) -> None:
    recipe = read(tmp_path, "segmentation", "unet_resnet34", "fit: letterbox")
    dataset = Dataset(recipe, made_up)
    row = dataset.splits["test"].rows[0][1]
    wide = Image.open(made_up / "derm" / "images" / f"{row.image_id}.jpg").resize((64, 48))
    read_file = dataset._readers["derm"]
    data = io.BytesIO()
    wide.save(data, "PNG")
    dataset._readers["derm"] = (
        lambda image_id: data.getvalue() if image_id == row.image_id else read_file[0](image_id),
        read_file[1],
    )
    references = segmenter_references(recipe, dataset, lambda batch: {"lesion": 3 * batch.image[:, :1]})
    first = references[0]
    assert first["file"] == f"{row.image_id}.jpg" and len(references) >= 4
    assert (first["width"], first["height"]) == (32, 24)
    red = np.asarray(letterbox(wide, 32))[4:28, :, 0]
    wanted = 1 / (1 + np.exp(-3 * (red / 255 - 0.5) / 0.5))
    assert np.abs(unpacked(first) - wanted).max() < 2e-4
    path = write_references("made-up", references, tmp_path)
    assert path.name == "made-up.parity.json" and path.stat().st_size < 20_000


def test_packing_a_map_loses_at_most_half_a_level() -> None:
    probabilities = np.random.default_rng(1).random((5, 7))
    back = unpacked({"width": 7, "height": 5, "map": packed_map(probabilities)})
    assert np.abs(back - probabilities).max() <= 0.5 / LEVELS


def unpacked(reference: dict) -> np.ndarray:
    steps = np.frombuffer(zlib.decompress(base64.b64decode(reference["map"])), "<u2")
    return steps.reshape(reference["height"], reference["width"]) / LEVELS
