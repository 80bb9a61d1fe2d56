"""Loading published weights by name, with a report; a file that does not fit is refused."""

from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier


@dataclass
class LoadReport:
    """What became of a weights file. Each list holds names in the network's own spelling."""

    loaded: list[str] = field(default_factory=list)
    #: names that the file lacks; they keep their initial values
    left: list[str] = field(default_factory=list)
    #: in the file but not taken: a classifier head of another size, or what the caller asked to drop
    dropped: list[str] = field(default_factory=list)
    #: first convolutions whose three colour channels were added up for a one-channel network
    summed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [f"{len(self.loaded)} tensors loaded"]
        for word, names in (
            ("left as they were", self.left),
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
    """Load a `state_dict` file into the network by name, and say what happened.

    The names may be any published set that the network's `translate_keys` knows. A final layer of another number
    of classes is dropped and said. With `partial` the file may lack names (they are reported in `left`); without it,
    only the final layer may be lacking. `drop` lists prefixes of names to leave out of the file.

    Raises ValueError, naming the keys and leaving the network untouched, when the file has names that the network
    has not, shapes that do not fit, or (without `partial`) lacks names.
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
    if hasattr(network, "translate_keys"):
        state = network.translate_keys(state)
    own, head = network.state_dict(), final_prefix(network)
    report, taken = LoadReport(), {}
    unknown, misfits = [], []
    for name, tensor in state.items():
        if drop and name.startswith(drop):
            report.dropped.append(name)
        elif name not in own:
            unknown.append(name)
        elif tensor.shape == own[name].shape:
            taken[name] = tensor
        elif head and name.startswith(head):
            report.dropped.append(name)
        elif is_colour_kernel_for_one_channel(tensor, own[name]):
            taken[name] = tensor.sum(1, keepdim=True)
            report.summed.append(name)
        else:
            misfits.append(
                f"{name} {tuple(tensor.shape)} in the file, {tuple(own[name].shape)} in the network"
            )
    report.loaded = list(taken)
    report.left = [name for name in own if name not in taken and not name.endswith("num_batches_tracked")]
    lacking = [] if partial else [name for name in report.left if not (head and name.startswith(head))]
    complaints = [("unknown to the network", unknown), ("of another shape", misfits), ("lacking", lacking)]
    complaints = [f"{len(names)} {word}: {', '.join(names[:8])}" for word, names in complaints if names]
    if not taken:
        complaints.append("no tensor fits")
    if complaints:
        raise ValueError(f"{source} does not fit {type(network).__name__}: " + "; ".join(complaints))
    network.load_state_dict(taken, strict=False)
    return report


def final_prefix(network: nn.Module) -> str | None:
    """The name of a classifier's last layer with a dot behind it, or None for other networks."""
    if not isinstance(network, ImageClassifier):
        return None
    return next(name for name, module in network.named_modules() if module is network.final) + "."


def is_colour_kernel_for_one_channel(theirs: Tensor, ours: Tensor) -> bool:
    """Whether `theirs` is a first convolution on RGB, and `ours` the same one on a single channel."""
    return (
        theirs.dim() == ours.dim() == 4
        and (theirs.shape[1], ours.shape[1]) == (3, 1)
        and theirs.shape[0] == ours.shape[0]
        and theirs.shape[2:] == ours.shape[2:]
    )
