"""What the exported weights say of a few photos, run by PyTorch: the app has to say the same (`npm run parity`)."""

from __future__ import annotations

import base64
import io
import json
import zlib
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from lentigo.data.batches import Feed
from lentigo.data.dataset import Material
from lentigo.data.pixels import letterbox_place, open_rgb
from lentigo.evaluation.predict import Network, answers
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.predictor import CPU, Answering
from lentigo.evaluation.results import RESULTS_FOLDER
from lentigo.recipe import Recipe

OUTLINED = 4
LEVELS = 4095  # steps of a probability in a kept map: an eighth of a thousandth at most is lost


def classifier_references(
    recipe: Recipe, material: Material, side: str, answering: Answering, temperature: float
) -> list[dict]:
    """The first image of each class with its calibrated probabilities: [{set, file, mask?, probabilities}]. A fusion is
    shown the experts' masks (files of the set's `masks` folder) as the app shows it a mask that a user drew."""
    labels = material.sides[side].labels
    classes = range(len(recipe.data.classes))
    few = material.picked(side, [int((labels == k).int().argmax()) for k in classes if (labels == k).any()])
    feed = Feed(few, side, recipe.size, CPU)
    fusion = recipe.task == "fusion"
    if fusion:
        drawn = [drawn_mask(few.mask_bytes(*one), recipe.size) for one in few.sides[side].rows]
        feed.masks = torch.from_numpy(np.stack(drawn)[:, None])
    said = Predictions.of(few.sides[side], answers(answering.run, feed, ("logits",)).outputs)
    return [
        {
            "set": name,
            "file": f"{row.image_id}.jpg",
            **({"mask": f"{row.image_id}.png"} if fusion else {}),
            "probabilities": {
                one: round(float(p), 6) for one, p in zip(recipe.data.classes, shown, strict=True)
            },
        }
        for (name, row), shown in zip(few.sides[side].rows, said.probabilities(temperature), strict=True)
    ]


def segmenter_references(recipe: Recipe, material: Material, network: Network) -> list[dict]:
    """Some images of the test side, from all its sets, with the map of probabilities over the photo's part of the
    letterboxed square: [{set, file, width, height, map}]; `map` as `kept_map` writes it."""
    few = material.thinned("test", OUTLINED)
    logits = answers(network, Feed(few, "test", recipe.size, CPU), ("lesion",))["lesion"]
    kept = []
    for (name, row), whole in zip(few.sides["test"].rows, logits.sigmoid()[:, 0].numpy(), strict=True):
        photo = open_rgb(few.image_bytes(name, row)).size
        left, top, width, height = letterbox_place(photo, recipe.size)
        shown = kept_map(whole[top : top + height, left : left + width])
        file = f"{row.image_id}.jpg"
        kept.append({"set": name, "file": file, "width": width, "height": height, "map": shown})
    return kept


def drawn_mask(png: bytes, size: int) -> np.ndarray:
    """A mask on the largest centred square, uint8 [size, size], 0 or 255: at each pixel's middle, in the app's own steps
    (`maskInSquare`, src/core/lesion/mask.ts), so that no pixel of a rim falls otherwise than there."""
    mask = np.asarray(Image.open(io.BytesIO(png)).convert("L")) > 127
    height, width = mask.shape
    side = min(width, height)
    scale = size / side
    middle = np.arange(size) + 0.5

    def places(length: int) -> np.ndarray:
        start = -((length - side) // 2) * scale
        on_photo = (middle - start) * length / (length * scale)
        return np.floor(on_photo * length / length).astype(int)

    return np.where(mask[np.ix_(places(height), places(width))], 255, 0).astype(np.uint8)


def kept_map(probabilities: np.ndarray) -> str:
    """float [h, w] of 0..1 -> base64 of the deflated rows, little-endian uint16 in steps of 1 / 4095."""
    steps = np.round(probabilities * LEVELS).astype("<u2")
    return base64.b64encode(zlib.compress(steps.tobytes(), 9)).decode("ascii")


def write_references(name: str, references: list[dict], folder: Path = RESULTS_FOLDER) -> Path:
    """Writes `<folder>/<name>.parity.json`."""
    path = folder / f"{name}.parity.json"
    path.write_text(json.dumps(references, indent=1) + "\n", encoding="utf-8")
    return path
