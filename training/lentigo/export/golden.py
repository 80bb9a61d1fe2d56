"""The golden input and the exported network's outputs for it (docs/model-package.md, "The golden input")."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from lentigo.export.graph import Graph
from lentigo.export.interpret import ExportedNetwork


def integer_ramp(height: int, width: int, channels: int = 3) -> np.ndarray:
    """uint8 [height, width, channels]: (7 x + 13 y + 31 c + floor(x y / 8)) mod 256."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(channels), indexing="ij")
    return ((7 * x + 13 * y + 31 * c + x * y // 8) % 256).astype(np.uint8)


def golden_inputs(card: Mapping[str, Any], names: list[str]) -> dict[str, Tensor]:
    """The golden image (normalised), mask and metadata (all "unknown"), for the named inputs.

    Images are [1, c, h, w], as ExportedNetwork takes them. Raises KeyError for an input without a golden
    sample.
    """
    image = card["input"]
    height, width, channels = image["height"], image["width"], image["channels"]
    makers = {
        image["name"]: lambda: _normalised(
            integer_ramp(height, width, channels), image["mean"], image["std"]
        ),
        "mask": lambda: _disc(height, width),
        "metadata": lambda: _unknown(card["metadata"]),
    }
    return {name: makers[name]() for name in names}


def golden_sample(card: Mapping[str, Any], graph: Graph, tolerance: float = 0.02) -> dict[str, Any]:
    """The card's `golden`: `logits` of the graph's own weights in PyTorch.

    Of a segmenter `lesion`: {mean, minimum, maximum} of the logit over the whole image.
    """
    network = ExportedNetwork(graph)
    outputs = network(**golden_inputs(card, list(graph.inputs)))
    if card["task"] == "segmentation":
        lesion = outputs[card["outputs"]["lesion"]].double()
        values = {"mean": lesion.mean(), "minimum": lesion.min(), "maximum": lesion.max()}
        expected: dict[str, Any] = {"lesion": {name: round(float(x), 6) for name, x in values.items()}}
    else:
        logits = outputs[card["outputs"]["logits"]].double()[0]
        expected = {"logits": [round(float(x), 6) for x in logits]}
    return {"formula": "integer-ramp", **expected, "tolerance": tolerance}


def _normalised(image: np.ndarray, mean: list[float], std: list[float]) -> Tensor:
    scaled = (image / 255.0 - np.array(mean)) / np.array(std)
    return torch.from_numpy(scaled.transpose(2, 0, 1)[None].astype(np.float32))


def _disc(height: int, width: int) -> Tensor:
    y, x = np.mgrid[:height, :width]
    inside = (x - width / 2) ** 2 + (y - height / 2) ** 2 < (width / 4) ** 2
    return torch.from_numpy(inside[None, None].astype(np.float32))


def _unknown(metadata: Mapping[str, Any]) -> Tensor:
    vector = torch.zeros(1, metadata["width"])
    for field in metadata["fields"]:
        vector[0, field["offset"] + field["size"] - 1] = 1
    return vector
