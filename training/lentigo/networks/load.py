"""Loads published weights by name and reports what it did. A file that does not fit is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier


@dataclass
class LoadReport:
    """What was done with a weights file. Each list holds the network's own names."""

    loaded: list[str] = field(default_factory=list)
    #: names that the file lacks; they keep their initial values
    missing: list[str] = field(default_factory=list)
    #: in the file but not loaded: a head of another size, or names that the caller drops
    dropped: list[str] = field(default_factory=list)
    #: first convolutions whose three colour channels were added up for a one-channel network
    summed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [f"{len(self.loaded)} tensors loaded"]
        for word, names in (
            ("not in the file", self.missing),
            ("dropped", self.dropped),
            ("summed", self.summed),
        ):
            if names:
                parts.append(
                    f"{len(names)} {word} ({', '.join(names[:4])}{', ...' if len(names) > 4 else ''})"
                )
        return "; ".join(parts)


def load_pretrained(
    network: nn.Module, path: str | Path, *, partial: bool = False, drop: tuple[str, ...] = ()
) -> LoadReport:
    """Loads a `state_dict` file into the network by name, and reports what it did.

    The names may be any published set that the network's `translate_keys` knows. A head of another number of
    classes is dropped and reported. With `partial` the file may lack any names (`missing` of the report);
    without it, only the head's. `drop`: prefixes of names to leave out of the file.

    Raises ValueError with the names, and leaves the network untouched, where the file has unknown names,
    shapes that do not fit, or (without `partial`) lacks names.
    """
    return load_state(network, read_state(path), partial=partial, drop=drop, source=str(path))


def read_state(path: str | Path) -> dict[str, Tensor]:
    """The tensors of a file: a plain `state_dict`, or one under the key "state_dict" or "model"."""
    content = torch.load(path, map_location="cpu", weights_only=True)
    for key in ("state_dict", "model"):
        if isinstance(content, dict) and isinstance(content.get(key), dict):
            content = content[key]
    if not isinstance(content, dict) or not all(isinstance(value, Tensor) for value in content.values()):
        raise ValueError(f"{path}: not a state_dict (a mapping from names to tensors)")
    return dict(content)


def load_state(
    network: nn.Module,
    state: dict[str, Tensor],
    *,
    partial: bool = False,
    drop: tuple[str, ...] = (),
    source: str = "the given weights",
) -> LoadReport:
    """As `load_pretrained`, from tensors in memory."""
    translate: Callable[[dict[str, Tensor]], dict[str, Tensor]] | None = getattr(
        network, "translate_keys", None
    )
    if translate is not None:
        state = translate(state)
    own, head = network.state_dict(), head_prefix(network)
    report, fitting = LoadReport(), {}
    unknown, misfits = [], []
    for name, tensor in state.items():
        if drop and name.startswith(drop):
            report.dropped.append(name)
        elif name not in own:
            unknown.append(name)
        elif tensor.shape == own[name].shape:
            fitting[name] = tensor
        elif head and name.startswith(head):
            report.dropped.append(name)
        elif is_colour_kernel_for_one_channel(tensor, own[name]):
            fitting[name] = tensor.sum(1, keepdim=True)
            report.summed.append(name)
        else:
            misfits.append(
                f"{name} {tuple(tensor.shape)} in the file, {tuple(own[name].shape)} in the network"
            )
    report.loaded = list(fitting)
    report.missing = [
        name for name in own if name not in fitting and not name.endswith("num_batches_tracked")
    ]
    lacking = [] if partial else [name for name in report.missing if not (head and name.startswith(head))]
    found = [("unknown to the network", unknown), ("of another shape", misfits), ("missing", lacking)]
    problems = [f"{len(names)} {word}: {', '.join(names[:8])}" for word, names in found if names]
    if not fitting:
        problems.append("no tensor fits")
    if problems:
        raise ValueError(f"{source} does not fit {type(network).__name__}: " + "; ".join(problems))
    network.load_state_dict(fitting, strict=False)
    return report


def head_prefix(network: nn.Module) -> str | None:
    """The name of a classifier's head with a dot after it, or None for other networks."""
    if not isinstance(network, ImageClassifier):
        return None
    return next(name for name, module in network.named_modules() if module is network.head) + "."


def is_colour_kernel_for_one_channel(theirs: Tensor, ours: Tensor) -> bool:
    """Whether `theirs` is a first convolution on RGB, and `ours` the same convolution on a single channel."""
    return (
        theirs.dim() == ours.dim() == 4
        and (theirs.shape[1], ours.shape[1]) == (3, 1)
        and theirs.shape[0] == ours.shape[0]
        and theirs.shape[2:] == ours.shape[2:]
    )
