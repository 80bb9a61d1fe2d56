"""Stain augmentation moves the stains and nothing else."""

import torch

from lentigo.data.stain import separation, vary_stains


def test_strength_zero_changes_nothing() -> None:
    pixels = torch.rand(4, 3, 8, 8) * 0.9 + 0.05
    torch.testing.assert_close(vary_stains(pixels, 0.0, torch.Generator()), pixels)


def test_stains_are_scaled_and_shifted_each_by_itself() -> None:
    generator = torch.Generator().manual_seed(0)
    pixels = torch.rand(1, 3, 16, 16, generator=generator) * 0.5 + 0.3
    changed = vary_stains(pixels, 0.2, generator)
    _, unmixing = separation()

    def stains(image: torch.Tensor) -> torch.Tensor:
        return (-image.log()).permute(0, 2, 3, 1).reshape(-1, 3) @ unmixing

    before, after = stains(pixels), stains(changed)
    for stain in range(3):  # a straight line through the amounts of each stain
        design = torch.stack([before[:, stain], torch.ones(len(before))], 1)
        fit = torch.linalg.lstsq(design, after[:, stain : stain + 1])
        assert (design @ fit.solution - after[:, stain : stain + 1]).abs().max() < 1e-3
        assert 0.8 <= fit.solution[0, 0] <= 1.2 and abs(fit.solution[1, 0]) <= 0.2


def test_pictures_of_a_batch_differ_and_stay_in_range() -> None:
    pixels = torch.full((6, 3, 4, 4), 0.6)
    changed = vary_stains(pixels, 0.3, torch.Generator().manual_seed(1))
    assert changed.min() >= 0 and changed.max() <= 1
    assert changed[:, :, 0, 0].unique(dim=0).shape[0] == 6
