"""PyTorch's predictions with the exported weights for a few photos, which `npm run parity` compares."""

from __future__ import annotations

import base64
import io
import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image

from lentigo.data.batches import BatchLoader
from lentigo.data.dataset import Dataset
from lentigo.data.pixels import letterbox_box, open_rgb
from lentigo.evaluation.predict import Network, predict
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.predictor import CPU, Predictor
from lentigo.evaluation.results import RESULTS_FOLDER
from lentigo.recipe import Recipe

SEGMENTER_IMAGES = 4
LEVELS = 4095  # steps of a probability in a packed map: rounding loses at most 0.00012


def classifier_references(
    recipe: Recipe, dataset: Dataset, split: str, predictor: Predictor, temperature: float
) -> list[dict[str, Any]]:
    """The first image of each class with its calibrated probabilities: [{set, file, mask?, probabilities}].

    A fusion network reads the experts' masks (files of the set's `masks` folder), drawn as the app draws the
    mask of a user.
    """
    labels = dataset.splits[split].labels
    classes = list(recipe.data.classes)
    first = [int((labels == k).int().argmax()) for k in range(len(classes)) if (labels == k).any()]
    few = dataset.subset(split, first)
    rows = few.splits[split].rows
    loader = BatchLoader(few, split, recipe.size, CPU)
    has_mask = recipe.task == "fusion"
    if has_mask:
        masks = [drawn_mask(few.mask_bytes(name, row), recipe.size) for name, row in rows]
        loader.masks = torch.from_numpy(np.stack(masks)[:, None])
    logits = predict(predictor.network, loader, ("logits",))
    probabilities = Predictions.of(few.splits[split], logits).probabilities(temperature)
    return [
        {
            "set": name,
            "file": f"{row.image_id}.jpg",
            **({"mask": f"{row.image_id}.png"} if has_mask else {}),
            "probabilities": {
                class_id: round(float(p), 6) for class_id, p in zip(classes, values, strict=True)
            },
        }
        for (name, row), values in zip(rows, probabilities, strict=True)
    ]


def segmenter_references(recipe: Recipe, dataset: Dataset, network: Network) -> list[dict[str, Any]]:
    """Some test images of all data sets with their probability maps: [{set, file, width, height, map}].

    A map covers the photo's part of the letterboxed square; `packed_map` writes it.
    """
    few = dataset.subsampled("test", SEGMENTER_IMAGES)
    logits = predict(network, BatchLoader(few, "test", recipe.size, CPU), ("lesion",))["lesion"]
    references = []
    for (name, row), square in zip(few.splits["test"].rows, logits.sigmoid()[:, 0].numpy(), strict=True):
        photo = open_rgb(few.image_bytes(name, row)).size
        left, top, width, height = letterbox_box(photo, recipe.size)
        packed = packed_map(square[top : top + height, left : left + width])
        file = f"{row.image_id}.jpg"
        references.append({"set": name, "file": file, "width": width, "height": height, "map": packed})
    return references


def drawn_mask(png: bytes, size: int) -> np.ndarray:
    """A mask on the largest centred square, uint8 [size, size], 0 or 255, sampled at the middles of pixels.

    The steps are the app's own (`maskInSquare` in src), so that every pixel of an edge is the same as there.
    """
    mask = np.asarray(Image.open(io.BytesIO(png)).convert("L")) > 127
    height, width = mask.shape
    side = min(width, height)
    scale = size / side
    middle = np.arange(size) + 0.5

    def positions(length: int) -> np.ndarray:
        start = -((length - side) // 2) * scale
        on_photo = (middle - start) * length / (length * scale)
        return np.floor(on_photo * length / length).astype(int)

    return np.where(mask[np.ix_(positions(height), positions(width))], 255, 0).astype(np.uint8)


def packed_map(probabilities: np.ndarray) -> str:
    """float [h, w] in 0..1 -> base64 of the deflated rows, little-endian uint16 in steps of 1 / 4095."""
    steps = np.round(probabilities * LEVELS).astype("<u2")
    return base64.b64encode(zlib.compress(steps.tobytes(), 9)).decode("ascii")


def write_references(name: str, references: list[dict[str, Any]], folder: Path = RESULTS_FOLDER) -> Path:
    """Writes `<folder>/<name>.parity.json`."""
    path = folder / f"{name}.parity.json"
    path.write_text(json.dumps(references, indent=1) + "\n", encoding="utf-8")
    return path
