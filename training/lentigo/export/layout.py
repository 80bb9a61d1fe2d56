"""The position of each PyTorch dimension in the graph's tensor.

TensorFlow.js reads images as [n, h, w, c], PyTorch as [n, c, h, w]. Each value therefore has an `order`:
`order[i]` is the PyTorch dimension at position i. `permute` and `transpose` only change the order and cost
nothing. A Transpose node appears only where an operation needs another order. Many reshapes (feature map to
tokens, pooled map to vector) need no node either; `reshaped_order` finds them.
"""

from dataclasses import dataclass

import numpy as np

CHANNELS_LAST = (0, 2, 3, 1)


@dataclass(frozen=True)
class Value:
    """A tensor: its name in the graph, its shape in PyTorch (BATCH for the batch), and its order.

    A constant has `array` (in PyTorch's order) and takes any order for free.
    """

    name: str
    shape: tuple[int, ...]
    order: tuple[int, ...]
    array: np.ndarray | None = None

    @property
    def rank(self) -> int:
        return len(self.shape)


def natural(rank: int) -> tuple[int, ...]:
    """PyTorch's own order."""
    return tuple(range(rank))


def same_in_memory(shape: tuple[int, ...], order: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Whether two orders differ only in dimensions of size one, so that a Reshape is enough."""
    return [d for d in order if shape[d] != 1] == [d for d in wanted if shape[d] != 1]


def reshaped_order(
    old: tuple[int, ...], order: tuple[int, ...], new: tuple[int, ...]
) -> tuple[int, ...] | None:
    """The order after a direct reshape of a tensor in `order`; None where that needs the natural order first.

    Dimensions form groups: a run of old dimensions becomes a run of new dimensions of the same product. The
    groups may be in any sequence in memory, if each group is together and ascending.
    """
    groups = _groups(old, new)
    if groups is None:
        return None
    memory = [d for d in order if old[d] != 1]
    sequence: list[int] = []
    while memory:
        group = next((pair for pair in groups if pair[0] == memory[: len(pair[0])]), None)
        if group is None:
            return None
        memory = memory[len(group[0]) :]
        sequence += group[1]
    return _with_ones(new, sequence)


def _groups(old: tuple[int, ...], new: tuple[int, ...]) -> list[tuple[list[int], list[int]]] | None:
    before = [d for d, size in enumerate(old) if size != 1]
    after = [d for d, size in enumerate(new) if size != 1]
    groups = []
    while before and after:
        left, right = [before.pop(0)], [after.pop(0)]
        a, b = old[left[0]], new[right[0]]
        while a != b:
            rest = before if a < b else after
            if not rest:
                return None
            if a < b:
                left.append(before.pop(0))
                a *= old[left[-1]]
            else:
                right.append(after.pop(0))
                b *= new[right[-1]]
        groups.append((left, right))
    return None if before or after else groups


def _with_ones(shape: tuple[int, ...], sequence: list[int]) -> tuple[int, ...]:
    """Puts the dimensions of size one back: as an image if possible, else in natural order or at the end."""
    image = len(shape) == 4 and [d for d in CHANNELS_LAST if shape[d] != 1] == sequence
    if image and (shape[2:] == (1, 1) or sequence != sorted(sequence)):
        return CHANNELS_LAST
    if sequence == sorted(sequence):
        return natural(len(shape))
    return (*sequence, *(d for d, size in enumerate(shape) if size == 1))


def permuted(order: tuple[int, ...], dims: list[int]) -> tuple[int, ...]:
    """The order after PyTorch's `permute(dims)`. The memory stays; the dimensions get new numbers."""
    return tuple(dims.index(d) for d in order)


def without(order: tuple[int, ...], dropped: set[int]) -> tuple[int, ...]:
    """The order without the dimensions `dropped`. The others are renumbered."""
    remaining = [d for d in order if d not in dropped]
    ranks = {d: rank for rank, d in enumerate(sorted(remaining))}
    return tuple(ranks[d] for d in remaining)
