"""Measures how many images a second a recipe trains on: forward, backward and optimiser step."""

from __future__ import annotations

import time

import torch

from lentigo.networks.classifier import channels_last
from lentigo.recipe import Recipe
from lentigo.train.init_weights import build_network
from lentigo.train.schedule import parameter_groups

WARM_UP_STEPS = 2


def images_per_second(
    recipe: Recipe, size: int, batch: int = 32, *, precision: str = "bf16", seconds: float = 20
) -> float:
    """Images a second of a classifier on made-up images of `size` pixels, on the CPU.

    precision: "bf16" (matrix products in bfloat16) or "float32". seconds: to measure for, after two
    steps of warm-up. Raises ValueError for a recipe that does not classify images alone.
    """
    if recipe.task != "classification" or recipe.data.metadata:
        raise ValueError(f"{recipe.id}: only the speed of image classifiers is measured")
    network = channels_last(build_network(recipe), torch.device("cpu")).train()
    optimizer = torch.optim.AdamW(parameter_groups(network, recipe.weight_decay), lr=1e-5, fused=True)
    images = torch.rand(batch, len(recipe.mean), size, size).contiguous(memory_format=torch.channels_last)
    labels = torch.arange(batch) % len(recipe.data.classes)
    steps, began = 0, 0.0
    while steps <= WARM_UP_STEPS or time.monotonic() - began < seconds:
        if steps == WARM_UP_STEPS:
            began = time.monotonic()
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bf16"):
            logits = network(images)
        loss = torch.nn.functional.cross_entropy(logits.float(), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        steps += 1
    return (steps - WARM_UP_STEPS) * batch / (time.monotonic() - began)
