"""Networks by their published names."""

from collections.abc import Callable
from functools import partial

from torch import nn

from lentigo.networks.efficientnet import SCALES, EfficientNet
from lentigo.networks.mobilenet import MobileNetV2

CONSTRUCTORS: dict[str, Callable[..., nn.Module]] = {
    "mobilenet_v2": MobileNetV2,
    **{f"efficientnet_{size}": partial(EfficientNet, size) for size in SCALES},
}


def build(name: str, classes: int, **options: object) -> nn.Module:
    """A network with random weights. `options` are the constructor's own (dropout, channels, ...).

    Raises ValueError for a name that is not in CONSTRUCTORS, TypeError for an option that the network has not.
    """
    if name not in CONSTRUCTORS:
        raise ValueError(f"no network {name!r}; there are {', '.join(sorted(CONSTRUCTORS))}")
    return CONSTRUCTORS[name](classes, **options)
