"""Seeds are explicit: the same on every machine, and different for every place."""

import numpy as np
import torch

from lentigo.seeds import derived_seed, numpy_generator, torch_generator


def test_a_seed_without_a_path_is_the_seed_itself() -> None:
    assert derived_seed(7) == 7
    assert torch_generator(7).initial_seed() == 7
    assert numpy_generator(7).random() == np.random.default_rng(7).random()


def test_derived_seeds_are_fixed_and_differ() -> None:
    seeds = {derived_seed(1, stage, epoch) for stage in range(5) for epoch in range(50)}
    assert len(seeds) == 250 and all(0 <= seed < 2**63 for seed in seeds)
    assert derived_seed(1, 0, 3) == 2337072513691244622
    assert derived_seed(2, 0, 3) != derived_seed(1, 0, 3) != derived_seed(1, 3, 0)
    draws = [torch.rand(3, generator=torch_generator(1, 0, 3)) for _ in range(2)]
    assert torch.equal(*draws)
