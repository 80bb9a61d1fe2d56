"""Random generators from explicit seeds: the one place where a generator of this package is made."""

from __future__ import annotations

import numpy as np
import torch


def derived_seed(seed: int, *path: int) -> int:
    """The seed itself, or, with a path (stage 2, epoch 7), a seed of its own for that place, 0 to 2**63 - 1.

    Derived by numpy's SeedSequence, whose output is the same on every machine and in every version. Numbers
    must not be negative.
    """
    if not path:
        return seed
    state = np.random.SeedSequence([seed, *path]).generate_state(1, np.uint64)
    return int(state[0] >> np.uint64(1))


def torch_generator(seed: int, *path: int) -> torch.Generator:
    """A generator on the CPU, seeded by `derived_seed`."""
    return torch.Generator().manual_seed(derived_seed(seed, *path))


def numpy_generator(seed: int, *path: int) -> np.random.Generator:
    """As `torch_generator`, numpy's."""
    return np.random.default_rng(derived_seed(seed, *path))
