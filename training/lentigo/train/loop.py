"""The training loop: unchanged on one CPU, one GPU or several processes, through Accelerate."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from accelerate import Accelerator
from torch import Tensor, nn

from lentigo.data.batches import Batch, Feed, normalise
from lentigo.data.dataset import Material
from lentigo.data.sampler import epoch_order
from lentigo.networks.registry import build
from lentigo.recipe import Recipe, Stage
from lentigo.train.cached_features import Head, TokenFeed, encoded
from lentigo.train.ema import MovingAverage
from lentigo.train.init_weights import freeze_for, load_teacher, start_network
from lentigo.train.losses import classification_loss, distillation_loss, lesion_loss, mixup
from lentigo.train.run import Run
from lentigo.train.schedule import parameter_groups, set_rate
from lentigo.train.validate import score

MARGIN = 1.15  # random crops are cut from pictures this much larger than the network's input
Report = Callable[[str], None]


@dataclass
class Progress:
    """Where a run stands. `finished` means that every stage is done; False: time ran out, and it can be resumed."""

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
) -> Progress:
    """Trains a recipe to its end or to `deadline` (time.monotonic seconds), resuming where an earlier call stopped.

    Raises FileNotFoundError for missing data or weights, with what to do.
    """
    accelerator = _accelerator(device)
    say = report if accelerator.is_main_process else (lambda _: None)
    run = Run(recipe, runs)
    trainer = _Trainer(recipe, Material(recipe, data), run, weights, accelerator, say)
    progress = trainer.train(deadline)
    accelerator.free_memory()
    return progress


def _accelerator(device: str) -> Accelerator:
    cpu = device == "cpu" or (device == "auto" and not torch.cuda.is_available())
    bf16 = cpu or torch.cuda.is_bf16_supported()
    return Accelerator(cpu=cpu, mixed_precision="bf16" if bf16 else "no")


class _Trainer:
    def __init__(
        self,
        recipe: Recipe,
        material: Material,
        run: Run,
        weights: Path,
        accelerator: Accelerator,
        say: Report,
    ):
        self.recipe, self.material, self.run, self.say = recipe, material, run, say
        self.accelerator, self.device = accelerator, accelerator.device
        torch.manual_seed(recipe.seed)
        self.saved = run.checkpoint()
        network = build(recipe.network.name, len(recipe.data.classes) or 1, **recipe.network.options)
        if self.saved is None:
            if accelerator.is_main_process:
                run.begin()
            start_network(network, recipe, material, run, weights, say)
        elif accelerator.is_main_process:
            run.resume()
        self.network = network.to(self.device, memory_format=torch.channels_last)
        self.average = MovingAverage(self.network, recipe.average)
        self.teacher = load_teacher(recipe, run, self.device)
        self.best_score, self.spent = -math.inf, 0.0
        self.first = (0, 0)  # stage and epoch to begin with
        if self.saved is not None:
            self.network.load_state_dict(self.saved["network"])
            self.average.network.load_state_dict(self.saved["average"])
            self.average.step = self.saved["average_step"]
            self.best_score, self.spent = self.saved["best_score"], self.saved["seconds"]
            self.first = (self.saved["stage"], self.saved["epoch"])
        counts = torch.bincount(material.sides["train"].labels.clamp(min=0)).float()
        power = recipe.loss.class_weights
        self.class_weights = (counts**-power / (counts**-power).mean()).to(self.device) if power else None

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
        feed = Feed(self.material, "train", self.recipe.loss.teacher_size or stage.size, self.device, MARGIN)
        has_validation = len(self.material.sides["validation"]) > 0
        checks = Feed(self.material, "validation", stage.size, self.device) if has_validation else None
        freeze_for(stage, self.network)
        trained: nn.Module = self.network
        self.scored: nn.Module = self.average.network
        if stage.views:
            feed, checks = (self._encoded(one, views) for one, views in ((feed, stage.views), (checks, 0)))
            trained, self.scored = Head(self.network), Head(self.average.network)
        optimizer = torch.optim.AdamW(
            parameter_groups(self.network, self.recipe.weight_decay), lr=stage.rate, fused=True
        )
        if (
            first_epoch > 0 and self.saved["optimizer"]
        ):  # a finished run that goes on for longer begins a new one
            optimizer.load_state_dict(self.saved["optimizer"])
        if first_epoch == 0:
            self.average.warm_up()
        network, optimizer = self.accelerator.prepare(trained, optimizer)
        side = self.material.sides["train"]
        features = self._features(feed) if self.recipe.sampling.keep == "centres" else None
        for epoch in range(first_epoch, stage.epochs):
            generator = torch.Generator().manual_seed(hash((self.recipe.seed, number, epoch)) % 2**31)
            order = epoch_order(self.recipe, stage, side, generator, features)
            self.network.train()
            loss = self._epoch(network, optimizer, feed, order, stage, epoch, generator, deadline)
            if loss is None:
                return False  # the epoch that was cut off is done again from its checkpoint
            self._after_epoch(number, epoch, stage, loss, checks, optimizer, began)
            if time.monotonic() > deadline:
                return epoch + 1 == stage.epochs and number + 1 == len(self.recipe.stages)
        return True

    def _encoded(self, feed: Feed | None, views: int) -> TokenFeed | None:
        folder = self.run.folder.parent / "tokens"
        autocast = self.accelerator.autocast
        return feed and encoded(self.network, feed, views, folder, autocast, self.say)

    def _epoch(
        self,
        network: nn.Module,
        optimizer: torch.optim.Optimizer,
        feed: Feed | TokenFeed,
        order: Tensor,
        stage: Stage,
        epoch: int,
        generator: torch.Generator,
        deadline: float,
    ) -> float | None:
        """One pass over `order`; the mean loss, or None when time ran out."""
        rank, world = self.accelerator.process_index, self.accelerator.num_processes
        whole = stage.batch * world
        steps = max(1, len(order) // whole)
        total, told = torch.zeros((), device=self.device), time.monotonic()
        for step in range(steps):
            if time.monotonic() > deadline:
                return None
            set_rate(optimizer, stage, (epoch * steps + step) / (stage.epochs * steps))
            mine = order[step * whole + rank : (step + 1) * whole : world]
            loss = self._loss(network, feed.augmented(mine, generator), stage.size, generator)
            optimizer.zero_grad()
            self.accelerator.backward(loss)
            self.accelerator.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            self.average.update(self.network)
            total += loss.detach()
            if time.monotonic() - told > 30:
                told = time.monotonic()
                self.say(
                    f"  {self.recipe.id} epoch {epoch + 1}/{stage.epochs} step {step + 1}/{steps} "
                    f"loss {float(total) / (step + 1):.4f}"
                )
        return float(total) / steps

    def _loss(self, network: nn.Module, batch: Batch, size: int, generator: torch.Generator) -> Tensor:
        loss = self.recipe.loss
        if self.recipe.task == "segmentation":
            return lesion_loss(network(batch.image), batch.mask)
        targets = F.one_hot(batch.labels, len(self.recipe.data.classes)).float()
        if loss.mixup and self.recipe.task == "classification":
            batch.image, targets = mixup(batch.image, targets, loss.mixup, generator)
        seen_by_teacher = batch.image
        if self.teacher is not None and loss.teacher_size:
            batch.image = F.interpolate(batch.image, size, mode="bilinear", antialias=True)
        output = network(*batch.inputs(self.recipe.task))
        logits = output["logits"] if isinstance(output, dict) else output
        value = classification_loss(
            logits, targets, focal=loss.focal, smoothing=loss.smoothing, class_weights=self.class_weights
        )
        if self.teacher is not None:
            with torch.no_grad(), self.accelerator.autocast():
                wanted = self.teacher(seen_by_teacher)
            value = (1 - loss.distill) * value + loss.distill * distillation_loss(
                logits, wanted, loss.temperature
            )
        return value

    def _after_epoch(
        self,
        number: int,
        epoch: int,
        stage: Stage,
        loss: float,
        checks: Feed | TokenFeed | None,
        optimizer: torch.optim.Optimizer,
        began: float,
    ) -> None:
        last_stage = number + 1 == len(self.recipe.stages)
        measured = score(self.recipe, self.scored, checks, self.accelerator.autocast) if checks else {}
        value = measured.get("score", 0.0)
        # Scores at another size than the final one do not compare with it: a stage of a new size begins anew.
        if epoch == 0 and number > 0 and stage.size != self.recipe.stages[number - 1].size:
            self.best_score = -math.inf
        if self.accelerator.is_main_process and (checks is None or value > self.best_score):
            self.run.save_best(self.average.network.state_dict())
        self.best_score = max(self.best_score, value)
        seconds = self.spent + time.monotonic() - began
        line = {
            "stage": number,
            "epoch": epoch + 1,
            "size": stage.size,
            "loss": round(loss, 5),
            "seconds": round(seconds),
        }
        line |= {name: round(number, 5) for name, number in measured.items()}
        self.say(f"{self.recipe.id} {line}")
        if not self.accelerator.is_main_process:
            return
        self.run.log(line)
        done = epoch + 1 == stage.epochs
        self.run.save_checkpoint(
            {
                "network": self.network.state_dict(),
                "average": self.average.network.state_dict(),
                "average_step": self.average.step,
                "optimizer": {} if done else optimizer.state_dict(),
                "stage": number + 1 if done and not last_stage else number,
                "epoch": 0 if done and not last_stage else epoch + 1,
                "best_score": self.best_score,
                "seconds": seconds,
            }
        )

    @torch.no_grad()
    def _features(self, feed: Feed) -> Tensor:
        """Pooled features [n, C] of the training images under the starting weights, for K-means."""
        network = self.average.network
        return torch.cat(
            [
                network.vector(network.grid(normalise(piece.float() / 255, self.recipe))).float().cpu()
                for piece in feed.images.split(64)
            ]
        )
