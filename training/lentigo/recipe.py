"""A recipe: one YAML file a model says everything about how it is made. Unknown keys are errors."""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from lentigo.data.augment import Augmentation

RECIPES_FOLDER = Path(__file__).resolve().parents[1] / "recipes"


@dataclass(frozen=True)
class NetworkChoice:
    """What `networks.registry.build` is asked for."""

    name: str
    options: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Initial:
    """Where the weights start: a file of the weights folder, or another run's best weights (optionally grown)."""

    weights: str | None = None
    run: str | None = None
    recalibrate: bool = False  # the file's batch norms are folded: measure them anew before training
    partial: bool = False  # the file lacks layers (they keep their random start)
    drop: tuple[str, ...] = ()  # prefixes of names to leave out of the file
    grow: bool = False  # Net2Net from the smaller network of `run`
    into: tuple[
        str, ...
    ] = ()  # the parts of the network that `run` fills (fusion's encoders); empty: all of it


@dataclass(frozen=True)
class DataChoice:
    """Which images, which classes, which protocol."""

    sets: tuple[str, ...]
    sources: tuple[str, ...] = ()  # empty: all
    train_sources: tuple[
        str, ...
    ] = ()  # more sources, of which only the images on the training side are used
    # class id -> labels of the table, each "label" or "source:label"; in the order of the logits; empty for segmentation
    classes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # grouped: the committed split; images: random by image, with `shares` (what several papers did; it leaks);
    # fold0..fold3: that fold is the test side and the others train; all: every image trains (see `folds`)
    protocol: str = "grouped"
    shares: tuple[float, float, float] = (0.70, 0.15, 0.15)  # of protocol "images"
    one_per_group: bool = False  # validation and test use one copy a group
    metadata: str | None = None  # schema of data/metadata.py
    unknown: float = 0.3  # share of metadata fields set to "unknown" while training
    mask_noise: float = 0.3  # fusion: share of training masks grown, shrunk or emptied, as a segmenter errs
    fit: str = "centre-square"


@dataclass(frozen=True)
class Sampling:
    """How often an epoch sees each class."""

    power: float = 1.0  # class k drawn in proportion to n_k ** power
    per_class: int = 0  # system A's fixed number an epoch; 0: not used
    keep: str = "random"  # random | centres: which images a class that is too large keeps


@dataclass(frozen=True)
class Loss:
    focal: float = 0.0
    smoothing: float = 0.0
    class_weights: float = 0.0  # weight of class k in proportion to n_k ** -class_weights
    mixup: float = 0.0  # alpha; 0: none
    teacher: str | None = None  # run id
    distill: float = 0.0  # share of the loss that follows the teacher
    temperature: float = 2.0
    teacher_size: int = 0  # the teacher sees the same crops at this size; 0: at the student's


@dataclass(frozen=True)
class Stage:
    """A stretch of training at one image size, with its own cosine schedule."""

    size: int
    epochs: int
    rate: float
    batch: int = 64
    freeze: tuple[str, ...] = ()  # prefixes of the names of parts that stay as they are, each with its dot
    last_layers: int = 0  # train only the last n layers; 0: all
    # fusion, encoder frozen: encode so many views of each image once and train on those; 0: each anew
    views: int = 0
    # data set -> how many times as often as its turn an image of it is drawn, whatever its class; empty: by `sampling`
    sets: dict[str, float] = field(default_factory=dict)
    share: float = 1.0  # of the images of an epoch: how many of them this stage's epochs have


@dataclass(frozen=True)
class Recipe:
    id: str
    system: str
    task: str  # classification | segmentation | fusion
    domain: str  # dermoscopy | phone | acne | histopathology
    network: NetworkChoice
    data: DataChoice
    stages: tuple[Stage, ...]
    initial: Initial = Initial()
    sampling: Sampling = Sampling()
    loss: Loss = Loss()
    augment: Augmentation = field(default_factory=Augmentation)
    weak_classes: dict[str, float] = field(
        default_factory=dict
    )  # class id -> how many times as often as its turn
    mean: tuple[float, ...] = (0.485, 0.456, 0.406)
    std: tuple[float, ...] = (0.229, 0.224, 0.225)
    weight_decay: float = 0.02
    average: float = 0.998  # decay of the moving average of weights
    measure_train: bool = False  # also the accuracy on the training side, as system D's paper gives it
    folds: tuple[
        str, ...
    ] = ()  # runs whose test sides together are this one's: what ships learns from every image
    compare: tuple[str, ...] = ()  # runs on the same test images, set beside this one
    segmenter: str | None = None  # of a fusion network: the run that draws its masks in use
    # 1: the answer is shifted from the drawn to the natural class frequencies; none: as far as serves validation best
    prior_correction: float | None = 0.0
    seed: int = 1

    @property
    def size(self) -> int:
        """Side of the input that is exported and measured."""
        return self.stages[-1].size

    def with_effort(self, share: float, stages: int | None = None) -> Recipe:
        """The recipe with every stage's epochs (and views) times `share` (above 0; rounded): what a slow machine can do
        of a long recipe. Each stage keeps its size and its whole learning-rate schedule. A stage that comes to less
        than half an epoch is left out where one before it has the same size, and else trains one. `stages`: no more than
        so many of them, from the first."""
        if not 0 < share < math.inf:
            raise ValueError(f"effort must be above 0, got {share}")
        if stages is not None and stages < 1:
            raise ValueError(f"at least one stage has to be trained, got {stages}")
        kept, sizes = [], set()
        for stage in self.stages:
            epochs = round(stage.epochs * share)
            if epochs or stage.size not in sizes:
                views = max(1, round(stage.views * share)) if stage.views else 0
                kept.append(dataclasses.replace(stage, epochs=max(1, epochs), views=views))
            sizes.add(stage.size)
        return dataclasses.replace(self, stages=tuple(kept[:stages]))


def read_recipe(name: str | Path) -> Recipe:
    """Reads a recipe by id from training/recipes, or from a path.

    Raises FileNotFoundError with the known ids, ValueError naming the key that is unknown or missing.
    """
    path = Path(name)
    if path.suffix != ".yaml":
        path = RECIPES_FOLDER / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in RECIPES_FOLDER.glob("*.yaml")))
        raise FileNotFoundError(f"no recipe {path}; known: {known}")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    while "base" in content:  # a variant says only what differs
        base = yaml.safe_load((path.parent / f"{content.pop('base')}.yaml").read_text(encoding="utf-8"))
        content = _merge(base, content)
    return _build(Recipe, content | {"id": path.stem}, path.name)


def as_dict(recipe: Recipe) -> dict:
    """Plain values, for config files."""
    return dataclasses.asdict(recipe)


WHOLE = ("classes", "options")  # a variant that names one of these names all of it


def _merge(base: dict, change: dict) -> dict:
    out = dict(base)
    for key, value in change.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        out[key] = _merge(out[key], value) if both and key not in WHOLE else value
    return out


def _build(kind: type, content: object, where: str) -> object:
    """Builds a dataclass from plain values, with every key checked."""
    if not isinstance(content, dict):
        raise ValueError(f"{where}: expected keys and values, got {content!r}")
    hints = typing.get_type_hints(kind)
    unknown = set(content) - set(hints)
    if unknown:
        raise ValueError(f"{where}: unknown key {sorted(unknown)[0]!r}; known: {', '.join(sorted(hints))}")
    missing = [
        f.name
        for f in dataclasses.fields(kind)
        if f.name not in content
        and f.default is dataclasses.MISSING
        and f.default_factory is dataclasses.MISSING
    ]
    if missing:
        raise ValueError(f"{where}: {missing[0]!r} is missing")
    return kind(**{key: _value(hints[key], value, f"{where}: {key}") for key, value in content.items()})


def _value(hint: object, value: object, where: str) -> object:
    if dataclasses.is_dataclass(hint):
        return _build(hint, value, where)
    origin = typing.get_origin(hint)
    if origin is tuple:
        inner = typing.get_args(hint)[0]
        return tuple(
            _value(inner, item, where) for item in (value if isinstance(value, list | tuple) else [value])
        )
    if origin is dict:
        inner = typing.get_args(hint)[1]
        return {str(key): _value(inner, item, where) for key, item in value.items()}
    if origin is types.UnionType:
        return value
    if hint is float:
        return float(value)
    return value
