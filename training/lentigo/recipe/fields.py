"""What a recipe holds. One YAML file per model says how it is made and what its classes mean."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Task = Literal["classification", "segmentation", "fusion"]
Domain = Literal["dermoscopy", "phone", "acne", "histopathology"]
Fit = Literal["centre-square", "letterbox"]
# What a class is. `positive` of a recipe says which classes the decision adds up: kind and decision differ.
Kind = Literal["benign", "premalignant", "malignant"]

Fraction = Annotated[float, Field(ge=0, le=1)]
NonNegative = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]
Count = Annotated[int, Field(ge=0)]
Size = Annotated[int, Field(gt=0)]


class Fields(BaseModel):
    """A part of a recipe. Unknown keys are errors, and values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NetworkChoice(Fields):
    """What `networks.registry.build` gets."""

    name: str
    options: dict[str, Any] = {}


class Initial(Fields):
    """Where the weights start: a file of the weights folder, or the best weights of another run."""

    weights: str | None = None
    run: str | None = None
    recalibrate: bool = False  # the file's batch norms are folded: measure their statistics before training
    partial: bool = False  # the file lacks layers, which keep their random start
    drop: tuple[str, ...] = ()  # prefixes of names to leave out of the file
    net2net: bool = False  # widen and deepen the smaller network of `run`, or of `weights` (Net2Net)
    network: str | None = None  # with net2net: the network that the file `weights` is of
    into: tuple[str, ...] = ()  # parts of the network to fill (encoders); empty: all of it


class DataChoice(Fields):
    """Which images, which classes, which protocol."""

    sets: Annotated[tuple[str, ...], Field(min_length=1)]
    sources: tuple[str, ...] = ()  # empty: all
    train_sources: tuple[str, ...] = ()  # more sources, used in the training split only
    # Class id -> labels of the table, each "label" or "source:label", in the order of the logits. Empty for
    # segmentation.
    classes: dict[str, tuple[str, ...]] = {}
    # grouped: the committed split. images: random by image, with `fractions`; several papers do this, and it
    # leaks. fold0 to fold3: that fold is the test split and the others train. all: every image trains (see
    # `folds` of the recipe).
    protocol: Annotated[str, Field(pattern=r"^(grouped|images|all|fold\d+)$")] = "grouped"
    fractions: tuple[float, float, float] = (0.70, 0.15, 0.15)  # of protocol "images"
    one_per_group: bool = False  # validation and test use one copy per group
    metadata: str | None = None  # schema of data/metadata.py
    metadata_dropout: Fraction = 0.3  # fraction of fields set to "unknown" in training
    mask_noise: Fraction = 0.3  # fusion: fraction of training masks that are perturbed
    fit: Fit = "centre-square"


class Sampling(Fields):
    """How often an epoch sees each class."""

    power: float = 1.0  # class k is drawn in proportion to n_k ** power
    per_class: Count = 0  # a fixed number of images per class and epoch; 0: not used
    keep: Literal["random", "centres"] = "random"  # which images a class that is too large keeps


class Loss(Fields):
    """The loss of a classifier. A segmenter always has Dice plus cross-entropy."""

    focal: NonNegative = 0.0  # exponent of the focal loss
    smoothing: Fraction = 0.0  # of the labels
    class_weights: float = 0.0  # class k weighs in proportion to n_k ** -class_weights
    mixup: NonNegative = 0.0  # alpha; 0: none
    teachers: tuple[str, ...] = ()  # run ids; the mean of their logits is what is learned
    distill: Fraction = 0.0  # weight of the teachers' part of the loss
    temperature: Positive = 2.0  # of the distillation
    teacher_size: Count = 0  # the teachers see the same crops at this size; 0: at the student's


class Augmentation(Fields):
    """How strongly training images change (data/augment.py). Ranges are half-widths around "unchanged"."""

    flip: bool = True  # mirror and quarter turns: the 8 symmetries of the square
    rotate: float = 180.0  # degrees
    zoom: tuple[float, float] = (0.7, 1.1)  # from and to: side of the crop over the side of the image
    aspect: float = 0.1  # log range of width over height
    shift: float = 0.1  # of the side
    brightness: float = 0.2
    contrast: float = 0.2
    saturation: float = 0.2
    hue: float = 0.03  # turns of the colour circle
    stain: float = 0.0  # histology: how far the amounts of haematoxylin and eosin vary (data/stain.py)
    blur: Fraction = 0.1  # fraction of images that are blurred
    erase: Fraction = 0.0  # fraction of images with an erased rectangle
    black: bool = False  # outside the image: black instead of its mirror image


class Stage(Fields):
    """A stretch of training at one image size, with its own cosine schedule."""

    size: Size
    epochs: Size
    lr: Positive
    batch: Size = 64
    freeze: tuple[str, ...] = ()  # prefixes of the names of frozen parts, each with its dot
    last_layers: Count = 0  # train only the last n layers; 0: all
    # Fusion with a frozen encoder: encode this many augmented views of each image once, and train on those.
    # 0: encode in every step.
    augmented_views: Count = 0
    # Data set -> how many times as often its images are drawn, whatever their class. Empty: by `sampling`.
    set_weights: dict[str, float] = {}
    fraction: Fraction = 1.0  # of an epoch's images that this stage draws


class Recipe(Fields):
    """A whole recipe. `id` is the name of its file and of its run."""

    id: str
    system: str  # key of the paper's section in docs/results.md
    task: Task
    domain: Domain
    network: NetworkChoice
    data: DataChoice
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    kinds: dict[str, Kind] = {}  # class id -> what the class is
    positive: tuple[str, ...] = ()  # classes whose probabilities are added up for the decision
    merge: dict[str, tuple[str, ...]] = {}  # coarse class id -> class ids; empty: no coarse classes
    ships: bool = False  # whether the app has a package of it; variants do not inherit this
    initial: Initial = Initial()
    sampling: Sampling = Sampling()
    loss: Loss = Loss()
    augment: Augmentation = Augmentation()
    weak_classes: dict[str, float] = {}  # class id -> how many times as often it is drawn
    mean: tuple[float, ...] = (0.485, 0.456, 0.406)
    std: tuple[float, ...] = (0.229, 0.224, 0.225)
    weight_decay: NonNegative = 0.02
    ema_decay: Fraction = 0.998  # of the moving average of weights
    measure_train: bool = False  # also measure the accuracy on the training split
    # Runs whose test splits together are this recipe's, so that the shipped model learns from every image.
    folds: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()  # runs on the same test images to compare with
    segmenter: str | None = None  # of a fusion network: the run that draws its masks in use
    # How far the logits move from the drawn to the natural class frequencies: 0 not at all, 1 all the way.
    # null: as far as is best on the validation split.
    logit_adjustment: float | None = 0.0
    seed: Count = 1

    @property
    def size(self) -> int:
        """Side of the input that is exported and measured, in pixels."""
        return self.stages[-1].size

    def scaled(self, epoch_scale: float, stages: int | None = None) -> Recipe:
        """The recipe with every stage's epochs and augmented views times `epoch_scale` (above 0; rounded).

        A slow machine can do this much of a long recipe. Each stage keeps its size and its whole schedule. A
        stage of less than half an epoch is left out where an earlier stage has the same size; otherwise it
        trains one epoch. `stages`: only the first so many stages. Raises ValueError for values out of range.
        """
        if not 0 < epoch_scale < math.inf:
            raise ValueError(f"epoch scale must be above 0, got {epoch_scale}")
        if stages is not None and stages < 1:
            raise ValueError(f"at least one stage has to be trained, got {stages}")
        scaled, sizes = [], set()
        for stage in self.stages:
            epochs = round(stage.epochs * epoch_scale)
            if epochs or stage.size not in sizes:
                views = max(1, round(stage.augmented_views * epoch_scale)) if stage.augmented_views else 0
                scaled.append(stage.model_copy(update={"epochs": max(1, epochs), "augmented_views": views}))
            sizes.add(stage.size)
        return self.model_copy(update={"stages": tuple(scaled[:stages])})

    def with_batches_times(self, factor: int) -> Recipe:
        """The recipe with batches `factor` times as large, for more GPUs than its own batches keep busy.

        The learning rate grows by the square root of `factor`, the rule for Adam (Malladi et al. 2022,
        "On the SDEs and Scaling Rules for Adaptive Gradient Algorithms"). Raises ValueError below 1.
        """
        if factor < 1:
            raise ValueError(f"batch scale must be at least 1, got {factor}")
        larger = [
            stage.model_copy(update={"batch": stage.batch * factor, "lr": stage.lr * math.sqrt(factor)})
            for stage in self.stages
        ]
        return self.model_copy(update={"stages": tuple(larger)})

    @model_validator(mode="after")
    def _classes_agree(self) -> Self:
        """Every field that names classes names those of `data.classes`."""
        classes = set(self.data.classes)
        if bool(classes) == (self.task == "segmentation"):
            raise ValueError("data.classes: a classifier needs classes, and a segmenter has none")
        if self.kinds and set(self.kinds) != classes:
            raise ValueError(f"kinds: must name each class once ({', '.join(self.data.classes)})")
        for key in ("positive", "weak_classes"):
            if unknown := [name for name in getattr(self, key) if name not in classes]:
                raise ValueError(f"{key}: {unknown[0]!r} is no class of this recipe")
        if benign := [name for name in self.positive if self.kinds.get(name) == "benign"]:
            raise ValueError(f"positive: {benign[0]!r} is benign, so the decision cannot add it up")
        merged = [name for members in self.merge.values() for name in members]
        if self.merge and sorted(merged) != sorted(classes):
            raise ValueError(f"merge: must hold each class once ({', '.join(self.data.classes)})")
        if self.ships and classes and not self.kinds:
            raise ValueError("kinds: a recipe that ships must say of each class what it is")
        return self
