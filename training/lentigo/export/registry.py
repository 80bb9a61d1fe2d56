"""The lowerings, by the name of their ATen operation. A file in `operations` adds its own with `@lowers`."""

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

from lentigo.export import operations

LOWERINGS: dict[str, Callable[..., Any]] = {}


def lowers(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a lowering for the ATen operations `names` (without "aten." and overload).

    It is called as `lowering(build, shape, **arguments)`: the shape of the result as PyTorch sees it (a list of shapes where
    there are several results) and the arguments by the names in ATen's schema, `self` as `input`, defaults filled in.
    It gives the result as a `Value`, and raises UnsupportedOperation for what it cannot do.
    """

    def register(lowering: Callable[..., Any]) -> Callable[..., Any]:
        for name in names:
            LOWERINGS[name] = lowering
        return lowering

    return register


def load_operations() -> None:
    """Imports every file in `operations`, once."""
    for module in pkgutil.iter_modules(operations.__path__):
        importlib.import_module(f"{operations.__name__}.{module.name}")
