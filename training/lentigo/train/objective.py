"""What a step of training minimises: the recipe's loss of a batch, with its teacher and class weights."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from lentigo.data.batches import Batch
from lentigo.recipe import Recipe
from lentigo.train.cached_features import Autocast
from lentigo.train.losses import classification_loss, distillation_loss, lesion_loss, mixup


class Objective:
    """The loss of a recipe. teacher: the frozen network or ensemble that it learns from."""

    def __init__(self, recipe: Recipe, labels: Tensor, teacher: nn.Module | None, autocast: Autocast) -> None:
        """labels: int64 [n] of the training split, for the class weights."""
        self.recipe, self.teacher, self.autocast = recipe, teacher, autocast
        power = recipe.loss.class_weights
        weights = torch.bincount(labels.clamp(min=0)).float() ** -power
        self.class_weights = weights / weights.mean() if power else None

    def __call__(self, network: nn.Module, batch: Batch, size: int, generator: torch.Generator) -> Tensor:
        """The mean loss of a batch, for a network that sees it at `size` pixels. Mixup changes the batch."""
        loss = self.recipe.loss
        if self.recipe.task == "segmentation":
            if batch.mask is None:
                raise ValueError("a segmenter learns from masks")
            return lesion_loss(network(batch.image), batch.mask)
        targets = F.one_hot(batch.labels, len(self.recipe.data.classes)).float()
        if loss.mixup and self.recipe.task == "classification":
            batch.image, targets = mixup(batch.image, targets, loss.mixup, generator)
        taught = batch.inputs(self.recipe.task)
        if self.teacher is not None and loss.teacher_size:
            batch.image = F.interpolate(batch.image, size, mode="bilinear", antialias=True)
        output = network(*batch.inputs(self.recipe.task))
        logits: Tensor = output["logits"] if isinstance(output, dict) else output
        value = classification_loss(
            logits,
            targets,
            focal=loss.focal,
            smoothing=loss.smoothing,
            class_weights=self.class_weights,
        )
        if self.teacher is None:
            return value
        with torch.no_grad(), self.autocast():
            wanted = self.teacher(*taught)
        distilled = distillation_loss(logits, wanted, loss.temperature)
        return (1 - loss.distill) * value + loss.distill * distilled
