"""What is kept for the app to be held against is what the network says of those very photos."""

import base64
import io
import zlib
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from lentigo.data.dataset import Material
from lentigo.data.pixels import letterbox, open_rgb
from lentigo.evaluation.parity_references import (
    LEVELS,
    classifier_references,
    drawn_mask,
    kept_map,
    segmenter_references,
    write_references,
)
from lentigo.evaluation.predict import exported_network
from lentigo.evaluation.predictor import Answering
from lentigo.recipe import Recipe, read_recipe

RECIPE = """
system: B
task: {task}
domain: dermoscopy
network: {{name: {network}}}
data: {{sets: [derm], {data}}}
mean: [0.5, 0.5, 0.5]
std: [0.5, 0.5, 0.5]
stages: [{{size: 32, epochs: 1, rate: 0.001}}]
"""
CLASSES = "classes: {nv: [nv], mel: [mel], bkl: [bkl]}"


def read(folder: Path, task: str, network: str, data: str) -> Recipe:
    path = folder / f"{task}.yaml"
    path.write_text(RECIPE.format(task=task, network=network, data=data))
    return read_recipe(path)


def redness(recipe: Recipe):
    """A network whose logits are the mean colours of the image, plus the share of the mask where there is one."""

    def run(image: torch.Tensor, mask: torch.Tensor | None = None) -> dict[str, torch.Tensor]:
        colours = image.mean((2, 3))
        return {"logits": colours if mask is None else colours + 5 * mask.mean((2, 3))}

    return Answering(exported_network(recipe, run), ("logits",), None)


@pytest.mark.usefixtures("made_up_splits")
def test_one_photo_of_each_class_as_the_network_sees_it(made_up: Path, tmp_path: Path) -> None:
    recipe = read(tmp_path, "classification", "acne_cnn", CLASSES)
    material = Material(recipe, made_up)
    kept = classifier_references(recipe, material, "test", redness(recipe), temperature=0.5)
    rows = {row.image_id: row for _, row in material.sides["test"].rows}
    assert sorted(rows[one["file"][:-4]].label for one in kept) == ["bkl", "mel", "nv"]
    for one in kept:
        assert one["set"] == "derm" and "mask" not in one
        photo = open_rgb(made_up / "derm" / "images" / one["file"]).resize(
            (32, 32), Image.Resampling.BILINEAR
        )
        logits = (np.asarray(photo).mean((0, 1)) / 255 - 0.5) / 0.5
        wanted = np.exp(logits / 0.5) / np.exp(logits / 0.5).sum()
        assert list(one["probabilities"].values()) == pytest.approx(wanted, abs=2e-5)


@pytest.mark.usefixtures("made_up_splits")
def test_a_fusion_is_shown_the_mask_that_the_app_can_show_it(made_up: Path, tmp_path: Path) -> None:
    recipe = read(tmp_path, "fusion", "acne_cnn", CLASSES)
    material = Material(recipe, made_up)

    def share_of_mask(image: torch.Tensor, mask: torch.Tensor) -> dict[str, torch.Tensor]:
        assert set(mask.unique().tolist()) == {0.0, 1.0}
        return {"logits": mask.mean((2, 3)) * torch.tensor([0.0, 1.0, 2.0])}

    answering = Answering(exported_network(recipe, share_of_mask), ("logits",), None)
    for one in classifier_references(recipe, material, "test", answering, temperature=1):
        share = drawn_mask((made_up / "derm" / "masks" / one["mask"]).read_bytes(), 32).mean() / 255
        logits = share * np.arange(3)
        wanted = np.exp(logits) / np.exp(logits).sum()
        assert list(one["probabilities"].values()) == pytest.approx(wanted, abs=1e-6)


def test_a_drawn_mask_is_read_at_the_middle_of_each_pixel_of_the_centred_square() -> None:
    mask = np.zeros((4, 9), bool)
    mask[1, 3] = mask[:, 0] = True  # the square begins at column 2, so the first column is not in it
    data = io.BytesIO()
    Image.fromarray(mask).save(data, "PNG")
    wanted = np.zeros((8, 8), np.uint8)
    wanted[2:4, 2:4] = 255
    assert np.array_equal(drawn_mask(data.getvalue(), 8), wanted)


@pytest.mark.usefixtures("made_up_splits")
def test_a_map_covers_the_photo_and_no_rim(made_up: Path, tmp_path: Path) -> None:
    recipe = read(tmp_path, "segmentation", "unet_resnet34", "fit: letterbox")
    material = Material(recipe, made_up)
    row = material.sides["test"].rows[0][1]
    wide = Image.open(made_up / "derm" / "images" / f"{row.image_id}.jpg").resize((64, 48))
    read_own = material._readers["derm"]
    data = io.BytesIO()
    wide.save(data, "PNG")
    material._readers["derm"] = (
        lambda image_id: data.getvalue() if image_id == row.image_id else read_own[0](image_id),
        read_own[1],
    )
    kept = segmenter_references(recipe, material, lambda batch: {"lesion": 3 * batch.image[:, :1]})
    assert kept[0]["file"] == f"{row.image_id}.jpg" and len(kept) >= 4
    assert (kept[0]["width"], kept[0]["height"]) == (32, 24)
    red = np.asarray(letterbox(wide, 32))[4:28, :, 0]
    wanted = 1 / (1 + np.exp(-3 * (red / 255 - 0.5) / 0.5))
    assert np.abs(unpacked(kept[0]) - wanted).max() < 2e-4
    path = write_references("made-up", kept, tmp_path)
    assert path.name == "made-up.parity.json" and path.stat().st_size < 20_000


def test_a_map_loses_next_to_nothing() -> None:
    probabilities = np.random.default_rng(1).random((5, 7))
    back = unpacked({"width": 7, "height": 5, "map": kept_map(probabilities)})
    assert np.abs(back - probabilities).max() <= 0.5 / LEVELS


def unpacked(one: dict) -> np.ndarray:
    steps = np.frombuffer(zlib.decompress(base64.b64decode(one["map"])), "<u2")
    return steps.reshape(one["height"], one["width"]) / LEVELS
