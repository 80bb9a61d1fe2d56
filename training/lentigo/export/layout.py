"""Where a PyTorch dimension lies in the graph's tensor.

TensorFlow.js wants images as [n, h, w, c], PyTorch has [n, c, h, w]. Each value therefore carries its `order`:
`order[i]` is the PyTorch dimension that lies at place i. `permute` and `transpose` only change the order and cost
nothing; a Transpose node appears only where an operation needs another order than the value has. Many reshapes
(grid to tokens, pooled grid to vector) can be done in place as well; `reshaped_order` finds out.
"""

from dataclasses import dataclass

import numpy as np

CHANNELS_LAST = (0, 2, 3, 1)


@dataclass(frozen=True)
class Value:
    """A tensor of the network: its shape as PyTorch sees it (BATCH for the batch), where it lies, and in what order.

    A constant has `array` (in PyTorch's order) and takes any order for free; the others have `order`.
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
    """Whether two orders differ only in where dimensions of size one stand, so that a Reshape is enough."""
    return [d for d in order if shape[d] != 1] == [d for d in wanted if shape[d] != 1]


def reshaped_order(
    old: tuple[int, ...], order: tuple[int, ...], new: tuple[int, ...]
) -> tuple[int, ...] | None:
    """The order after a reshape done directly on a tensor that lies in `order`; None where it must be natural first.

    Dimensions fall into groups, each a run of old ones that becomes a run of new ones of the same product. The memory
    may keep the groups in any sequence as long as each group is together and ascending.
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
    """Puts the dimensions of size one back: as an image where it can be one, else naturally, else at the end."""
    image = len(shape) == 4 and [d for d in CHANNELS_LAST if shape[d] != 1] == sequence
    if image and (shape[2:] == (1, 1) or sequence != sorted(sequence)):
        return CHANNELS_LAST
    if sequence == sorted(sequence):
        return natural(len(shape))
    return (*sequence, *(d for d, size in enumerate(shape) if size == 1))


def permuted(order: tuple[int, ...], dims: list[int]) -> tuple[int, ...]:
    """The order after PyTorch's `permute(dims)`: the memory stays, the dimensions get new numbers."""
    return tuple(dims.index(d) for d in order)


def without(order: tuple[int, ...], dropped: set[int]) -> tuple[int, ...]:
    """The order after the dimensions `dropped` are gone; the others close ranks."""
    kept = [d for d in order if d not in dropped]
    ranks = {d: rank for rank, d in enumerate(sorted(kept))}
    return tuple(ranks[d] for d in kept)
