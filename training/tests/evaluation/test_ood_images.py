"""Drawn images are seeded and differ from each other."""

import numpy as np
import pytest

from lentigo.evaluation.ood_images import noise_images, synthetic_images


@pytest.mark.parametrize("make", [noise_images, synthetic_images])
def test_drawn_images_are_seeded_and_differ(make) -> None:
    images = make(12, 48)
    assert images.shape == (12, 3, 48, 48) and images.dtype == np.uint8
    np.testing.assert_array_equal(images, make(12, 48))
    assert len({image.tobytes() for image in images}) == 12
    assert (make(12, 48, seed=2) != images).any()
