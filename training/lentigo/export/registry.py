"""The lowerings by the name of their ATen operation. The files in `operations` register theirs."""

from collections.abc import Callable
from typing import Any

LOWERINGS: dict[str, Callable[..., Any]] = {}


def lowers(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a lowering for the ATen operations `names` (without "aten." and overload).

    A lowering is called as `lowering(build, shape, **arguments)`: with the shape of the result in PyTorch (a
    list of shapes for several results) and all arguments by the names of ATen's schema, `self` as `input`. It
    gives the result as a `Value`, and raises UnsupportedOperation for what it cannot do.
    """

    def register(lowering: Callable[..., Any]) -> Callable[..., Any]:
        for name in names:
            LOWERINGS[name] = lowering
        return lowering

    return register
