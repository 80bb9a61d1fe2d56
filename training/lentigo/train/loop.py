"""The training loop: the same on a CPU, a GPU or several processes, through Accelerate.

Several processes share each batch of the recipe, so that they train what one process trains. Batch norms see
the process's own part of a batch, and each process draws augmentations of its own.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor, nn

from lentigo.data.batches import BatchLoader, normalise
from lentigo.data.dataset import Dataset
from lentigo.data.sampler import sample_epoch
from lentigo.networks.classifier import ImageClassifier, channels_last
from lentigo.recipe import Recipe, Stage
from lentigo.seeds import torch_generator
from lentigo.train.cached_features import FusionOnFeatures, cached_features
from lentigo.train.ema import ModelEma
from lentigo.train.init_weights import build_network, freeze_for, init_weights, load_teachers
from lentigo.train.objective import Objective
from lentigo.train.run import Run
from lentigo.train.schedule import parameter_groups, set_lr
from lentigo.train.validate import Loader, validate

MARGIN = 1.15  # random crops are cut from images this much larger than the network's input
MAX_GRADIENT_NORM = 5.0
SECONDS_BETWEEN_REPORTS = 30
Report = Callable[[str], None]
# Gets the line of the curves of each epoch, when the epoch and its checkpoint are written.
OnEpoch = Callable[[dict[str, Any]], None]


@dataclass
class Progress:
    """The state of a run. `finished`: every stage is done; otherwise the run can be resumed."""

    finished: bool
    best_score: float
    seconds: float


def train(
    recipe: Recipe,
    data: Path,
    runs: Path,
    weights: Path,
    *,
    device: str = "auto",
    deadline: float = math.inf,
    report: Report = print,
    on_epoch: OnEpoch | None = None,
) -> Progress:
    """Trains a recipe to its end or to `deadline` (seconds of time.monotonic).

    It continues where an earlier call stopped. Raises FileNotFoundError for missing data or weights, with
    what to do.
    """
    accelerator = _accelerator(device)
    if not accelerator.is_main_process:
        report = _silent
    trainer = _Trainer(recipe, Dataset(recipe, data), Run(recipe, runs), weights, accelerator, report)
    trainer.on_epoch = on_epoch
    progress = trainer.train(deadline)
    accelerator.free_memory()
    return progress


def _silent(_: str) -> None:
    """Reports nothing."""


def _accelerator(device: str) -> Accelerator:
    cpu = device == "cpu" or (device == "auto" and not torch.cuda.is_available())
    bf16 = has_fast_bfloat16() if cpu else torch.cuda.is_bf16_supported()
    return Accelerator(cpu=cpu, mixed_precision="bf16" if bf16 else "no")


def has_fast_bfloat16() -> bool:
    """Whether this processor computes in bfloat16. One that does not emulates it, at a tenth of the speed."""
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


class _Trainer:
    def __init__(
        self,
        recipe: Recipe,
        dataset: Dataset,
        run: Run,
        weights: Path,
        accelerator: Accelerator,
        report: Report,
    ) -> None:
        for stage in recipe.stages:
            if stage.batch % accelerator.num_processes:
                raise ValueError(
                    f"{recipe.id}: a batch of {stage.batch} cannot be shared by {accelerator.num_processes} "
                    "processes. Choose a number of processes that divides it, or --batch-scale."
                )
        self.recipe, self.dataset, self.run, self.report = recipe, dataset, run, report
        self.accelerator, self.device = accelerator, accelerator.device
        torch.manual_seed(recipe.seed)
        self.saved = run.checkpoint()
        network = build_network(recipe)
        if self.saved is None:
            if accelerator.is_main_process:
                run.begin()
            init_weights(network, recipe, dataset, run, weights, report)
        elif accelerator.is_main_process:
            run.resume()
        self.network = channels_last(network, self.device)
        self.ema = ModelEma(self.network, recipe.ema_decay)
        teacher = load_teachers(recipe, run, self.device)
        self.objective = Objective(recipe, dataset.splits["train"].labels, teacher, accelerator.autocast)
        self.best_score, self.spent = -math.inf, 0.0
        self.on_epoch: OnEpoch | None = None
        self.first = (0, 0)  # stage and epoch to begin with
        if self.saved is not None:
            self.network.load_state_dict(self.saved["network"])
            self.ema.network.load_state_dict(self.saved["ema"])
            self.ema.updates = self.saved["ema_updates"]
            self.best_score, self.spent = self.saved["best_score"], self.saved["seconds"]
            self.first = (self.saved["stage"], self.saved["epoch"])

    def train(self, deadline: float) -> Progress:
        began = time.monotonic()
        for number, stage in enumerate(self.recipe.stages):
            if number < self.first[0] or (number == self.first[0] and self.first[1] >= stage.epochs):
                continue
            first_epoch = self.first[1] if number == self.first[0] else 0
            if not self._stage(number, stage, first_epoch, began, deadline):
                return Progress(False, self.best_score, self.spent + time.monotonic() - began)
        return Progress(True, self.best_score, self.spent + time.monotonic() - began)

    def _stage(self, number: int, stage: Stage, first_epoch: int, began: float, deadline: float) -> bool:
        """Trains a stage from `first_epoch`; whether it came to its end before the deadline."""
        training, validation = self._loaders(stage)
        freeze_for(stage, self.network)
        trained, validated = self.network, self.ema.network
        features = self._features(training) if self.recipe.sampling.keep == "centres" else None
        source: Loader = training
        checks: Loader | None = validation
        if stage.augmented_views:
            source = self._cached(training, stage.augmented_views)
            checks = self._cached(validation, 0) if validation else None
            trained, validated = FusionOnFeatures(trained), FusionOnFeatures(validated)
        optimizer: torch.optim.Optimizer = torch.optim.AdamW(
            parameter_groups(self.network, self.recipe.weight_decay), lr=stage.lr, fused=True
        )
        # A finished run that goes on with more epochs has no optimizer state, and begins with a new one.
        if first_epoch > 0 and self.saved and self.saved["optimizer"]:
            optimizer.load_state_dict(self.saved["optimizer"])
        if first_epoch == 0:
            self.ema.restart_warm_up()
        network, optimizer = self.accelerator.prepare(trained, optimizer)
        for epoch in range(first_epoch, stage.epochs):
            generator = torch_generator(self.recipe.seed, number, epoch)
            indices = sample_epoch(self.recipe, stage, source.split, generator, features)
            if rank := self.accelerator.process_index:
                generator = torch_generator(self.recipe.seed, number, epoch, rank)
            self.network.train()
            loss = self._epoch(network, optimizer, source, indices, stage, epoch, generator, deadline)
            if loss is None:
                return False  # the next call repeats the epoch from the checkpoint
            figures = validate(self.recipe, validated, checks, self.accelerator.autocast) if checks else {}
            self._save(number, epoch, stage, loss, figures, optimizer, self.spent + time.monotonic() - began)
            if self._is_late(deadline):
                return epoch + 1 == stage.epochs and number + 1 == len(self.recipe.stages)
        return True

    def _loaders(self, stage: Stage) -> tuple[BatchLoader, BatchLoader | None]:
        size = self.recipe.loss.teacher_size or stage.size
        training = BatchLoader(self.dataset, "train", size, self.device, MARGIN)
        if not len(self.dataset.splits["validation"]):
            return training, None
        return training, BatchLoader(self.dataset, "validation", stage.size, self.device)

    def _cached(self, loader: BatchLoader, augmented_views: int) -> Loader:
        folder, autocast = self.run.folder.parent / "tokens", self.accelerator.autocast
        with self.accelerator.main_process_first():  # it writes the file that the others read
            return cached_features(self.network, loader, augmented_views, folder, autocast, self.report)

    def _epoch(
        self,
        network: nn.Module,
        optimizer: torch.optim.Optimizer,
        loader: Loader,
        indices: Tensor,
        stage: Stage,
        epoch: int,
        generator: torch.Generator,
        deadline: float,
    ) -> float | None:
        """Trains on the images at `indices`; the mean loss, or None where time ran out."""
        rank, world = self.accelerator.process_index, self.accelerator.num_processes
        steps = max(1, len(indices) // stage.batch)
        total, reported = torch.zeros((), device=self.device), time.monotonic()
        for step in range(steps):
            if self._is_late(deadline):
                return None
            set_lr(optimizer, stage, (epoch * steps + step) / (stage.epochs * steps))
            own = indices[step * stage.batch + rank : (step + 1) * stage.batch : world]
            loss = self.objective(network, loader.augmented(own, generator), stage.size, generator)
            optimizer.zero_grad()
            self.accelerator.backward(loss)
            self.accelerator.clip_grad_norm_(network.parameters(), MAX_GRADIENT_NORM)
            optimizer.step()
            self.ema.update(self.network)
            total += loss.detach()
            if time.monotonic() - reported > SECONDS_BETWEEN_REPORTS:
                reported = time.monotonic()
                self.report(
                    f"  {self.recipe.id} epoch {epoch + 1}/{stage.epochs} step {step + 1}/{steps} "
                    f"loss {float(total) / (step + 1):.4f}"
                )
        mean: Tensor = self.accelerator.reduce(total / steps, "mean")
        return float(mean)

    def _is_late(self, deadline: float) -> bool:
        """Whether the time is up for any process. A process that went on alone would wait for ever."""
        late = time.monotonic() > deadline
        if self.accelerator.num_processes == 1:
            return late
        votes = torch.tensor(float(late), device=self.device)
        return bool(self.accelerator.reduce(votes, "sum") > 0)

    def _save(
        self,
        number: int,
        epoch: int,
        stage: Stage,
        loss: float,
        figures: dict[str, float],
        optimizer: torch.optim.Optimizer,
        seconds: float,
    ) -> None:
        """Writes the curves, the checkpoint and, where the score is the best so far, the best weights."""
        # Scores at another size than the final size do not compare with it: a stage of a new size starts
        # afresh.
        if epoch == 0 and number > 0 and stage.size != self.recipe.stages[number - 1].size:
            self.best_score = -math.inf
        score = figures.get("score", 0.0)
        is_best = not figures or score > self.best_score
        self.best_score = max(self.best_score, score)
        line = {"stage": number, "epoch": epoch + 1, "size": stage.size, "loss": round(loss, 5)}
        line |= {"seconds": round(seconds)} | {name: round(value, 5) for name, value in figures.items()}
        self.report(f"{self.recipe.id} {line}")
        if not self.accelerator.is_main_process:
            return
        if is_best:
            self.run.save_best(self.ema.network.state_dict())
        self.run.log(line)
        stage_done = epoch + 1 == stage.epochs
        next_stage = stage_done and number + 1 < len(self.recipe.stages)
        self.run.save_checkpoint(
            {
                "network": self.network.state_dict(),
                "ema": self.ema.network.state_dict(),
                "ema_updates": self.ema.updates,
                "optimizer": {} if stage_done else optimizer.state_dict(),
                "stage": number + 1 if next_stage else number,
                "epoch": 0 if next_stage else epoch + 1,
                "best_score": self.best_score,
                "seconds": seconds,
            }
        )
        if self.on_epoch:
            self.on_epoch(line)

    @torch.no_grad()
    def _features(self, loader: BatchLoader) -> Tensor:
        """Pooled features [n, C] of the training images under the initial weights, for K-means."""
        network = self.ema.network
        if not isinstance(network, ImageClassifier):
            raise ValueError(f"{self.recipe.id}: sampling.keep: centres needs an image classifier")
        pieces = (normalise(piece.float() / 255, self.recipe) for piece in loader.images.split(64))
        return torch.cat([network.pooled(network.feature_map(piece)).float().cpu() for piece in pieces])
